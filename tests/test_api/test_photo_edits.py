"""/api/v1/photos/:uid with PUT: dates, places, gear, long texts; what follows from them."""

from typing import Any

from library.models import DayCount, Details, Photo
from tests.base import TestCase
from tests.make import make_camera, make_lens, make_photo


class PutTest(TestCase):
    def put(self, photo: Photo, status: int = 200, **values: Any) -> Any:
        answer = self.client_of(self.alice).put(f"/api/v1/photos/{photo.uid}", values, content_type="application/json")
        self.assertEqual(answer.status_code, status, answer.content)
        photo.refresh_from_db()
        return answer.json()

    def test_the_wall_clock_and_its_zone(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00:00")
        found = self.put(photo, TakenAtLocal="2015-06-07T08:09:10Z", TimeZone="Asia/Tokyo")
        self.assertEqual((found["TakenAt"], found["TakenSrc"]), ("2015-06-06T23:09:10Z", "manual"))
        self.assertEqual((photo.year, photo.month, photo.day), (2015, 6, 7))

    def test_the_moment_alone_moves_the_wall_clock(self) -> None:
        photo = make_photo(time_zone="Asia/Tokyo")
        self.assertEqual(self.put(photo, TakenAt="2015-06-06T23:09:10Z")["TakenAtLocal"], "2015-06-07T08:09:10Z")

    def test_the_zone_alone_keeps_the_wall_clock(self) -> None:
        found = self.put(make_photo(taken="2024-05-17 12:00:00"), TimeZone="Europe/Berlin")
        self.assertEqual((found["TakenAtLocal"], found["TakenAt"]), ("2024-05-17T12:00:00Z", "2024-05-17T10:00:00Z"))

    def test_the_days_are_counted_anew(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00:00")
        self.put(photo, TakenAtLocal="2015-06-07T08:09:10Z")
        counted = {str(row.day): row.photos for row in DayCount.objects.all()}
        self.assertEqual(counted, {"2024-05-17": 0, "2015-06-07": 1})

    def test_a_position_brings_place_country_and_zone(self) -> None:
        photo = make_photo(taken="2024-05-17 12:00:00", title="", title_src="")
        found = self.put(photo, Lat=41.9, Lng=12.5, Altitude=30)
        self.assertEqual((found["Place"]["City"], found["Country"], found["PlaceSrc"]), ("Rome", "it", "manual"))
        self.assertEqual(
            (found["TimeZone"], found["TakenAt"], found["Altitude"]), ("Europe/Rome", "2024-05-17T10:00:00Z", 30)
        )
        self.assertEqual(found["Title"], "Rome / Italy / 2024")
        self.assertFound("rome", photo)
        self.assertEqual(photo.place.photo_count, 1)

    def test_a_date_by_hand_keeps_its_zone_at_another_place(self) -> None:
        photo = make_photo(taken_src="manual", time_zone="Asia/Tokyo")
        self.assertEqual(self.put(photo, Lat=41.9, Lng=12.5)["TimeZone"], "Asia/Tokyo")

    def test_zeros_take_the_position_away(self) -> None:
        photo = make_photo(lat=41.9, lng=12.5, country="it", place="Rome, Lazio, Italy")
        found = self.put(photo, Lat=0, Lng=0)
        self.assertEqual((found["PlaceID"], found["Country"], photo.lat), ("zz", "zz", None))

    def test_gear(self) -> None:
        photo, camera, lens = make_photo(), make_camera("Nikon F3"), make_lens("Nikkor 35mm")
        found = self.put(
            photo, CameraID=camera.pk, LensID=lens.pk, Iso=400, FNumber=1.4, Exposure="1/8", FocalLength=35, Rating=-1
        )
        self.assertEqual((found["CameraID"], found["LensID"], found["CameraSrc"]), (camera.pk, lens.pk, "manual"))
        self.assertEqual(
            (found["Iso"], found["FNumber"], found["Exposure"], found["FocalLength"]), (400, 1.4, "1/8", 35)
        )
        self.assertEqual(found["Rating"], -1)

    def test_long_texts_are_found_and_named_by_hand(self) -> None:
        photo = make_photo(keywords=["sunrise"])
        found = self.put(photo, Details={"Keywords": "zebra, watering hole", "Artist": "Ada", "Notes": "Seen twice"})
        self.assertEqual((found["Details"]["Artist"], found["Details"]["ArtistSrc"]), ("Ada", "manual"))
        self.assertFound('keywords:"watering hole"', photo)
        self.assertFound("keywords:sunrise")

    def test_a_keyword_can_send_a_photo_into_review_and_an_edit_takes_it_out(self) -> None:
        photo = make_photo(quality=1)
        self.put(photo, Details={"Notes": "Looked at"})
        self.assertEqual((photo.quality, photo.edited_at is not None), (3, True))

    def test_what_is_sent_back_unchanged_is_no_edit(self) -> None:
        photo = make_photo(
            lat=41.9, lng=12.5, country="it", time_zone="Europe/Rome", iso=200, details={"artist": "Ada"}
        )
        known = self.client_of(self.alice).get(f"/api/v1/photos/{photo.uid}").json()
        names = ("Title", "TakenAt", "TakenAtLocal", "TimeZone", "Lat", "Lng", "Altitude", "Country", "Iso", "Details")
        self.put(photo, **{name: known[name] for name in names})
        self.assertEqual((photo.taken_src, photo.place_src, photo.edited_at), ("meta", "", None))
        self.assertEqual(Details.objects.get(photo=photo).artist_src, "")

    def test_what_cannot_be_is_refused(self) -> None:
        wrong = (
            {"TakenAt": "0001-01-01T00:00:00Z"}, {"TakenAtLocal": "9999-12-31T23:59:59Z"}, {"TimeZone": "Moon/Base"},
            {"Lat": 91}, {"Country": "xx"}, {"CameraID": 999_999}, {"Iso": -1}, {"Rating": 6},
            {"Details": {"Artist": "x" * 1025}},
        )  # fmt: skip
        photo = make_photo()
        for values in wrong:
            self.put(photo, 400, **values)
        self.assertIsNone(photo.edited_at)

    def test_a_viewer_may_not(self) -> None:
        photo = make_photo()
        answer = self.client_of(self.bob).put(
            f"/api/v1/photos/{photo.uid}", {"Iso": 5}, content_type="application/json"
        )
        self.assertEqual(answer.status_code, 403)
