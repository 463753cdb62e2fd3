"""/api/v1/batch/photos: one change for many."""

from tests.base import TestCase
from tests.make import make_photo


class BatchTest(TestCase):
    def post(self, change: str, body: object, user: object = None) -> object:
        client = self.client_of(user or self.admin)
        return client.post(f"/api/v1/batch/photos/{change}", body, content_type="application/json")

    def test_archive_and_restore(self) -> None:
        one, two = make_photo(), make_photo()
        answer = self.post("archive", {"photos": [one.uid, two.uid]})
        self.assertEqual((answer.status_code, answer.json()), (200, {"code": 200, "message": "Selection archived"}))
        self.assertFound("archived:yes", one, two)
        self.post("restore", {"photos": [one.uid]})
        self.assertFound("", one)

    def test_private(self) -> None:
        photo = make_photo()
        self.assertIn("Selection marked as private", self.post("private", {"photos": [photo.uid]}).json()["message"])
        self.assertFound("private:yes", photo)

    def test_approve(self) -> None:
        photo = make_photo(quality=1)
        self.post("approve", {"photos": [photo.uid]})
        self.assertFound("", photo)

    def test_a_wrong_selection_is_refused(self) -> None:
        for body in ({"photos": []}, {"photos": 123}, {}, {"photos": [["x"]]}):
            answer = self.post("archive", body)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), body)

    def test_a_viewer_may_not(self) -> None:
        photo = make_photo()
        for change in ("archive", "restore", "private", "approve"):
            self.assertEqual(self.post(change, {"photos": [photo.uid]}, self.bob).status_code, 403)
        self.assertFound("", photo)

    def test_queries_do_not_grow_with_the_selection(self) -> None:
        uids = [make_photo().uid for _ in range(9)]
        client = self.client_of(self.admin)
        client.get("/api/v1/photos?count=1")  # notes once that the session is in use
        with self.assertNumQueries(14):
            client.post("/api/v1/batch/photos/archive", {"photos": uids}, content_type="application/json")
