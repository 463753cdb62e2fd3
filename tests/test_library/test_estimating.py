"""Places estimated from the photos taken before and after."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from library.estimating import estimate_places
from library.models import Photo
from places.locate import cell_for, look_up
from tests.base import TestCase
from tests.make import make_photo

ROME = (41.8902, 12.4922)
NEARBY = (41.9000, 12.5000)
FLORENCE = (43.7696, 11.2558)


class EstimatingTest(TestCase):
    def placed(self, at: str, position: tuple[float, float], **fields: Any) -> Photo:
        location = look_up(*position)
        cell = cell_for(location)
        where = {"cell": cell, "country": location.country, "place_src": "meta", **fields}
        photo = make_photo(taken=at, lat=position[0], lng=position[1], camera="Canon EOS 6D", **where)
        Photo.objects.filter(pk=photo.pk).update(place=cell.place)
        return photo

    def unplaced(self, at: str = "2024-05-17 12:00", **fields: Any) -> Photo:
        return make_photo(taken=at, **{"camera": "Canon EOS 6D", **fields})

    def estimated(self, photo: Photo) -> Photo:
        estimate_places()
        photo.refresh_from_db()
        return photo

    def test_between_two_near_photos_it_is_on_the_way(self) -> None:
        self.placed("2024-05-17 11:50", ROME)
        self.placed("2024-05-17 12:10", NEARBY)
        photo = self.estimated(self.unplaced())
        self.assertAlmostEqual(photo.lat or 0, (ROME[0] + NEARBY[0]) / 2, places=4)
        self.assertAlmostEqual(photo.lng or 0, (ROME[1] + NEARBY[1]) / 2, places=4)
        self.assertEqual((photo.place_src, photo.country, photo.place.city), ("estimate", "it", "Rome"))
        self.assertGreater(photo.cell_accuracy, 0)
        self.assertIsNotNone(photo.estimated_at)

    def test_one_neighbour_lends_its_place_but_no_position(self) -> None:
        self.placed("2024-05-17 20:00", ROME)
        photo = self.estimated(self.unplaced())
        self.assertEqual(
            (photo.lat, photo.place.city, photo.country, photo.place_src), (None, "Rome", "it", "estimate")
        )

    def test_far_apart_neighbours_lend_the_place_of_the_nearer(self) -> None:
        self.placed("2024-05-17 11:00", ROME)
        self.placed("2024-05-17 15:00", FLORENCE)
        photo = self.estimated(self.unplaced())
        self.assertEqual((photo.lat, photo.place.city), (None, "Rome"))

    def test_it_is_found_by_the_words_of_its_place_and_titled_by_it(self) -> None:
        self.placed("2024-05-17 11:50", ROME)
        photo = self.estimated(self.unplaced())
        self.assertFound("city:Rome geo:no", photo)
        self.assertIn("Rome", photo.title)

    def test_more_than_a_day_and_a_half_is_too_far(self) -> None:
        self.placed("2024-05-15 23:00", ROME)
        photo = self.estimated(self.unplaced())
        self.assertEqual((photo.place_id, photo.place_src), ("zz", ""))

    def test_what_is_known_is_never_touched(self) -> None:
        self.placed("2024-05-17 11:50", ROME)
        self.placed("2024-05-17 12:10", NEARBY)
        kept = [
            self.placed("2024-05-17 12:00", FLORENCE),
            self.placed("2024-05-17 12:01", FLORENCE, place_src="manual"),
            self.unplaced(place_src="manual"),
        ]
        before = list(
            Photo.objects.filter(pk__in=[photo.pk for photo in kept]).values("lat", "lng", "place", "place_src")
        )
        estimate_places()
        after = list(
            Photo.objects.filter(pk__in=[photo.pk for photo in kept]).values("lat", "lng", "place", "place_src")
        )
        self.assertEqual(before, after)

    def test_guessed_dates_unknown_cameras_and_screenshots_have_no_place(self) -> None:
        self.placed("2024-05-17 11:50", ROME)
        self.placed("2024-05-17 12:10", NEARBY)
        for fields in (
            {"taken_src": ""},
            {"taken_src": "name"},
            {"camera": ""},
            {"keywords": ["screenshot"]},
            {"archived": True},
        ):
            with self.subTest(fields):
                self.assertEqual(self.estimated(self.unplaced(**fields)).place_id, "zz")

    def test_estimates_and_private_photos_are_no_neighbours(self) -> None:
        self.placed("2024-05-17 11:50", ROME, place_src="estimate", estimated_at=timezone.now())
        self.placed("2024-05-17 12:10", ROME, private=True)
        self.assertEqual(self.estimated(self.unplaced()).place_id, "zz")

    def test_places_of_one_owner_are_not_told_by_photos_of_another(self) -> None:
        self.placed("2024-05-17 11:50", ROME, owner=self.alice)
        self.assertEqual(self.estimated(self.unplaced()).place_id, "zz")
        self.assertEqual(self.estimated(self.unplaced(owner=self.alice)).country, "it")

    def test_it_is_asked_again_after_a_week(self) -> None:
        photo = self.estimated(self.unplaced())
        self.placed("2024-05-17 11:50", ROME)
        self.assertEqual(self.estimated(photo).place_id, "zz")
        Photo.objects.filter(pk=photo.pk).update(estimated_at=timezone.now() - timedelta(days=8))
        self.assertEqual(self.estimated(photo).country, "it")

    def test_a_second_run_changes_nothing(self) -> None:
        self.placed("2024-05-17 11:50", ROME)
        self.unplaced()
        self.assertEqual(estimate_places(), 1)
        Photo.objects.update(estimated_at=timezone.now() - timedelta(days=8))
        self.assertEqual(estimate_places(), 0)
