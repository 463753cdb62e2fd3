"""Photos put in their place by a person."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.core.exceptions import PermissionDenied

from library.edits import Clock, Edit, edit
from library.models import Photo
from library.placing import MOST, Placement, TooManyPhotos, place, place_by_track
from places.tracks import Track, read_gpx
from tests.base import TestCase
from tests.make import make_photo
from tests.test_places.test_tracks import gpx

ROME = (41.8902, 12.4922)


def track() -> Track:
    return read_gpx(io.BytesIO(gpx((0, 41.89, 12.49), (4, 41.90, 12.50))))


# A title of its own, so that the place does not make another.
NAMED = {"title": "Walk", "title_src": "manual"}


class PlacingTest(TestCase):
    def test_many_photos_move_at_once(self) -> None:
        one, two = make_photo(**NAMED), make_photo(lat=1.0, lng=2.0, place_src="meta", **NAMED)
        placed = place([Placement(photo.uid, *ROME) for photo in (one, two)], self.grant_of(self.alice))
        self.assertFound("city:Rome country:it", one, two)
        before = [replace(placement, clock=None) for placement in placed.before]
        self.assertEqual(before, [Placement(one.uid, 0, 0, ""), Placement(two.uid, 1.0, 2.0, "meta")])

    def test_the_way_back_restores_position_and_source(self) -> None:
        photo = make_photo(lat=1.0, lng=2.0, place_src="meta")
        placed = place([Placement(photo.uid, *ROME)], self.grant_of(self.alice))
        place(placed.before, self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual((photo.lat, photo.lng, photo.place_src), (1.0, 2.0, "meta"))

    def test_the_way_back_restores_the_time_that_followed_the_place(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00", time_zone="UTC")
        clock = Clock.of(photo)
        placed = place([Placement(photo.uid, 35.68, 139.7)], self.grant_of(self.alice))
        place(placed.before, self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual(Clock.of(photo), clock)
        self.assertFalse(photo.has_position)
        self.assertFound("taken:2024-05-17", photo)

    def test_a_date_that_a_person_gave_meanwhile_stays(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00", time_zone="UTC")
        placed = place([Placement(photo.uid, 35.68, 139.7)], self.grant_of(self.alice))
        edit(
            self.photo_of(photo.uid),
            self.grant_of(self.alice),
            Edit(taken_at_local=datetime(2020, 2, 2, 2, tzinfo=UTC)),
        )
        place(placed.before, self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual(photo.taken_at_local.year, 2020)

    def photo_of(self, uid: str) -> Photo:
        return Photo.objects.with_gear().get(uid=uid)

    def test_zero_takes_the_position_away(self) -> None:
        photo = make_photo(lat=1.0, lng=2.0, place_src="meta")
        place([Placement(photo.uid, 0, 0)], self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual((photo.lat, photo.lng, photo.map_code, photo.country), (None, None, None, "zz"))

    def test_local_time_and_zone_follow(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00", time_zone="UTC")
        place([Placement(photo.uid, 35.68, 139.7)], self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual((photo.time_zone, photo.taken_at_local.hour), ("Asia/Tokyo", 21))

    def test_what_may_not_be_seen_or_changed_stays(self) -> None:
        hidden = make_photo(owner=self.bob)
        self.assertEqual(place([Placement(hidden.uid, *ROME)], self.grant_of(self.alice)).before, ())
        with self.assertRaises(PermissionDenied):
            place([Placement(make_photo().uid, *ROME)], self.grant_of(self.bob))
        self.assertFalse(Photo.objects.filter(lat__isnull=False).exists())

    def test_too_many_are_refused(self) -> None:
        with self.assertRaisesRegex(TooManyPhotos, "2000"):
            place([Placement(f"p{n}", 1, 1) for n in range(MOST + 1)], self.grant_of(self.alice))


class PlacingByTrackTest(TestCase):
    def test_photos_of_the_time_get_their_position(self) -> None:
        photo = make_photo(taken="2024-05-17 10:02", time_zone="UTC")
        placed = place_by_track(track(), self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertAlmostEqual(photo.lat or 0, 41.895, places=4)
        self.assertEqual((len(placed.before), photo.place_src), (1, "xmp"))

    def test_measured_and_chosen_positions_stay(self) -> None:
        measured = make_photo(taken="2024-05-17 10:02", time_zone="UTC", lat=1.0, lng=2.0, place_src="meta")
        chosen = make_photo(taken="2024-05-17 10:02", time_zone="UTC", lat=1.0, lng=2.0, place_src="manual")
        removed = make_photo(taken="2024-05-17 10:02", time_zone="UTC", place_src="manual")
        place_by_track(track(), self.grant_of(self.alice))
        for photo, lat in ((measured, 1.0), (chosen, 1.0), (removed, None)):
            photo.refresh_from_db()
            self.assertEqual(photo.lat, lat)

    def test_an_estimate_gives_way(self) -> None:
        photo = make_photo(taken="2024-05-17 10:02", time_zone="UTC", lat=1.0, lng=2.0, place_src="estimate")
        place_by_track(track(), self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertAlmostEqual(photo.lat or 0, 41.895, places=4)

    def test_a_clock_that_was_fast(self) -> None:
        photo = make_photo(taken="2024-05-17 11:02", time_zone="UTC")
        self.assertEqual(place_by_track(track(), self.grant_of(self.alice)).before, ())
        place_by_track(track(), self.grant_of(self.alice), ahead=timedelta(hours=1))
        photo.refresh_from_db()
        self.assertAlmostEqual(photo.lat or 0, 41.895, places=4)

    def test_other_times_and_guessed_dates_are_left(self) -> None:
        make_photo(taken="2024-05-17 12:02", time_zone="UTC")
        make_photo(taken="2024-05-17 10:02", time_zone="UTC", taken_src="")
        make_photo(taken="2024-05-17 10:02", time_zone="UTC", archived=True)
        self.assertEqual(place_by_track(track(), self.grant_of(self.alice)).before, ())
