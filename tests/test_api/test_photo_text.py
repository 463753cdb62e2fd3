"""GET /photos/:uid/text: what is written in a picture, for who may see it."""

from tests.base import TestCase
from tests.make import make_file, make_photo


class PhotoTextTest(TestCase):
    def test_the_lines_with_their_places(self) -> None:
        photo = make_photo(text=["BUS STOP", "12"])
        answer = self.client_of(self.bob).get(f"/api/v1/photos/{photo.uid}/text").json()
        self.assertEqual(answer["UID"], photo.uid)
        self.assertEqual(answer["Hash"], photo.files.get().hash)
        first = {"Text": "BUS STOP", "Confidence": 98, "Box": [0.1, 0.0, 0.9, 0.0, 0.9, 0.25, 0.1, 0.25]}
        self.assertEqual(answer["Lines"][0], first)

    def test_a_photo_that_was_not_read_has_none(self) -> None:
        answer = self.client_of(self.bob).get(f"/api/v1/photos/{make_photo().uid}/text").json()
        self.assertEqual((answer["Hash"], answer["Lines"]), ("", []))

    def test_what_one_may_not_see_has_no_text(self) -> None:
        photo = make_photo(text=["SECRET"], private=True)
        self.assertEqual(self.client_of(self.bob).get(f"/api/v1/photos/{photo.uid}/text").status_code, 404)
        self.assertEqual(self.client_of(self.guest).get(f"/api/v1/photos/{photo.uid}/text").status_code, 404)
        self.assertEqual(self.client_of(self.admin).get(f"/api/v1/photos/{photo.uid}/text").status_code, 200)

    def test_the_photo_tells_how_many_lines_are_in_the_picture_that_is_shown(self) -> None:
        photo = make_photo(text=["BUS STOP", "12"])
        self.assertEqual(self.lines_of(photo.uid), 2)
        photo.files.update(is_primary=False)
        make_file(photo, is_primary=True)
        self.assertEqual(self.lines_of(photo.uid), 0)

    def lines_of(self, uid: str) -> int:
        lines: int = self.client_of(self.bob).get(f"/api/v1/photos/{uid}").json()["TextLines"]
        return lines
