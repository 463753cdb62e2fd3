"""/api/v1/places and /batch/photos/place: names, positions, and photos put there."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from library.edits import Clock
from tests.base import TestCase
from tests.make import make_photo
from tests.test_places.test_tracks import gpx

# A title of its own, so that the place does not make another.
NAMED = {"title": "Walk", "title_src": "manual", "time_zone": "UTC"}


class PlacesTest(TestCase):
    def get(self, path: str) -> HttpResponse:
        return self.client_of(self.bob).get(f"/api/v1/places/{path}")

    def test_a_name_finds_places(self) -> None:
        found = self.get("search?q=rome&count=2").json()["places"]
        self.assertEqual((len(found), found[0]["label"]), (2, "Rome, Lazio, Italy"))

    def test_a_position_finds_itself(self) -> None:
        for text in ("41.8902, 12.4922", "8FHJVFRR%2B3V"):
            found = self.get(f"search?q={text}").json()["places"]
            self.assertEqual((len(found), found[0]["label"]), (1, "Rome, Lazio, Italy"))

    def test_a_position_has_a_name_and_a_zone(self) -> None:
        found = self.get("reverse?lat=41.8902&lng=12.4922").json()
        self.assertEqual((found["label"], found["time_zone"]), ("Rome, Lazio, Italy", "Europe/Rome"))

    def test_what_is_wrong_is_said(self) -> None:
        for path in ("search", "search?q=", "search?q=rome&count=0", "reverse?lat=91&lng=2", "reverse?lat=x&lng=2"):
            answer = self.get(path)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), path)


class BatchPlaceTest(TestCase):
    def post(self, body: object, user: object = None) -> HttpResponse:
        client = self.client_of(user or self.alice)
        return client.post("/api/v1/batch/photos/place", body, content_type="application/json")

    def test_a_selection_is_placed_and_put_back(self) -> None:
        one, two = make_photo(**NAMED), make_photo(lat=1.0, lng=2.0, place_src="meta", **NAMED)
        answer = self.post({"photos": [one.uid, two.uid], "Lat": 41.8902, "Lng": 12.4922}).json()
        self.assertEqual(answer["changed"], 2)
        self.assertFound("city:Rome", one, two)
        self.post({"places": answer["before"]})
        two.refresh_from_db()
        self.assertEqual((two.lat, two.lng, two.place_src), (1.0, 2.0, "meta"))
        self.assertFound("geo:no", one)

    def test_what_is_wrong_is_refused_and_changes_nothing(self) -> None:
        photo = make_photo()
        for body in (
            {},
            {"photos": [photo.uid]},
            {"photos": [photo.uid], "Lat": 91, "Lng": 0},
            {"photos": [photo.uid], "Lat": "x", "Lng": 0},
            {"places": [{"UID": photo.uid, "Lat": 1}]},
            {"places": [{"UID": photo.uid, "Lat": 1, "Lng": 1, "Src": "admin"}]},
            {"places": [{"UID": photo.uid, "Lat": 1, "Lng": 1, "Src": "nobody"}]},
        ):
            answer = self.post(body)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), body)
        self.assertFound("geo:no", photo)

    def test_a_viewer_may_not(self) -> None:
        photo = make_photo()
        self.assertEqual(self.post({"photos": [photo.uid], "Lat": 1, "Lng": 2}, self.bob).status_code, 403)
        self.assertFound("geo:no", photo)


class PlaceTrackTest(TestCase):
    def post(self, content: bytes, user: object = None, **more: str) -> HttpResponse:
        file = SimpleUploadedFile("walk.gpx", content)
        return self.client_of(user or self.alice).post("/api/v1/places/track", {"files": file, **more})

    def test_photos_of_the_walk_are_placed(self) -> None:
        photo = make_photo(taken="2024-05-17 10:02", **NAMED)
        answer = self.post(gpx((0, 41.89, 12.49), (4, 41.90, 12.50))).json()
        self.assertEqual((answer["changed"], answer["before"][0]["UID"]), (1, photo.uid))
        self.assertFound("city:Rome", photo)

    def test_several_tracks_are_one(self) -> None:
        photos = [make_photo(taken="2024-05-17 10:02", **NAMED), make_photo(taken="2024-05-17 10:33", **NAMED)]
        files = [upload(gpx((0, 41.89, 12.49), (4, 41.90, 12.50))), upload(gpx((31, 41.89, 12.49), (35, 41.9, 12.5)))]
        answer = self.client_of(self.alice).post("/api/v1/places/track", {"files": files}).json()
        self.assertEqual({one["UID"] for one in answer["before"]}, {photo.uid for photo in photos})

    def test_a_preview_changes_nothing_and_tells_what_would_be(self) -> None:
        photo = make_photo(taken="2024-05-17 10:02", **NAMED)
        make_photo(taken="2024-05-17 10:03", lat=1.0, lng=1.0, place_src="meta", **NAMED)
        plan = self.post(gpx((0, 41.89, 12.49), (4, 41.90, 12.50)), preview="true").json()
        self.assertEqual((plan["photos"], plan["placed"], plan["known"], plan["beyond"]), (2, 1, 1, 0))
        self.assertEqual(plan["days"], [{"day": "2024-05-17", "photos": 2, "placed": 1}])
        self.assertEqual([one["UID"] for one in plan["places"]], [photo.uid])
        self.assertEqual(plan["line"][0], [12.49, 41.89])
        photo.refresh_from_db()
        self.assertFalse(photo.has_position)

    def test_only_the_photos_that_are_meant_are_placed(self) -> None:
        meant, other = make_photo(taken="2024-05-17 10:02", **NAMED), make_photo(taken="2024-05-17 10:03", **NAMED)
        answer = self.post(gpx((0, 41.89, 12.49), (4, 41.90, 12.50)), photos=meant.uid).json()
        self.assertEqual([one["UID"] for one in answer["before"]], [meant.uid])
        other.refresh_from_db()
        self.assertFalse(other.has_position)

    def test_a_clock_that_was_ahead_is_set_right(self) -> None:
        photo = make_photo(taken="2024-05-17 11:02", **NAMED)
        track = gpx((0, 41.89, 12.49), (4, 41.90, 12.50))
        self.assertEqual(self.post(track, preview="true").json()["placed"], 0)
        self.assertEqual(self.post(track, ahead="3600").json()["before"][0]["UID"], photo.uid)

    def test_a_clock_without_a_zone_is_that_of_the_place(self) -> None:
        there = make_photo(taken="2024-05-17 12:02", **{**NAMED, "time_zone": ""})
        elsewhere = make_photo(taken="2024-05-17 10:02", **{**NAMED, "time_zone": ""})
        changed = self.post(gpx((0, 41.89, 12.49), (4, 41.90, 12.50))).json()["before"]
        self.assertEqual([one["UID"] for one in changed], [there.uid])
        elsewhere.refresh_from_db()
        self.assertFalse(elsewhere.has_position)

    def test_it_can_be_taken_back(self) -> None:
        photo = make_photo(taken="2024-05-17 10:02", **NAMED)
        before = self.post(gpx((0, 41.89, 12.49), (4, 41.90, 12.50))).json()["before"]
        self.client_of(self.alice).post("/api/v1/batch/photos/place", {"places": before}, "application/json")
        was = Clock.of(photo)
        photo.refresh_from_db()
        self.assertFalse(photo.has_position)
        self.assertEqual(Clock.of(photo), was)

    def test_the_file_that_is_no_track_is_named(self) -> None:
        files = [upload(gpx((0, 41.89, 12.49))), upload(b"x", "holiday.gpx")]
        answer = self.client_of(self.alice).post("/api/v1/places/track", {"files": files})
        self.assertContains(answer, "“holiday.gpx” is not a GPX file that can be read.", status_code=400)

    def test_no_track_is_said(self) -> None:
        for content in (b"x", b"<gpx/>"):
            answer = self.post(content)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400))
            self.assertTrue(answer.json()["error"].endswith("."))

    def test_a_viewer_may_not(self) -> None:
        self.assertEqual(self.post(b"x", self.bob).status_code, 403)


def upload(content: bytes, name: str = "walk.gpx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/gpx+xml")
