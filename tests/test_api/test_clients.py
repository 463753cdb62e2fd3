"""How known apps page through a library, as they do it."""

from typing import Any

from tests.base import TestCase
from tests.make import make_file, make_photo


class PagingClientTest(TestCase):
    """A gallery app reads a page again until its files are fewer than it asked for; then it stops."""

    def read_all(self, size: int) -> list[str]:
        app, found, offset = self.app_of(self.alice), dict[str, Any](), 0
        while True:
            page = app.get(f"/api/v1/photos?count={size}&offset={offset}&merged=true&order=newest").json()
            found.update({photo["UID"]: photo for photo in page})
            if sum(len(photo["Files"]) for photo in page) < size:
                return list(found)
            offset += size

    def test_it_sees_every_photo_once_whatever_their_files(self) -> None:
        photos = [make_photo(taken=f"2024-01-{day + 1:02}") for day in range(11)]
        for photo in photos[::3]:
            make_file(photo)
            make_file(photo, is_sidecar=True, type="xmp")
        newest_first = [photo.uid for photo in reversed(photos)]
        for size in (1, 2, 3, 4, 5, 11, 12, 40):
            with self.subTest(size):
                self.assertEqual(self.read_all(size), newest_first)

    def test_it_stops_in_an_empty_library(self) -> None:
        self.assertEqual(self.read_all(10), [])


class ScriptClientTest(TestCase):
    """A script asks for everything at once, with the session's id in a header of its own."""

    def test_it_gets_all_with_one_request(self) -> None:
        photos = [make_photo() for _ in range(3)]
        signed_in = self.client.post(
            "/api/v1/session",
            {"username": "alice", "password": "a-long-and-good-passphrase"},
            content_type="application/json",
        ).json()
        self.assertEqual(signed_in["config"]["downloadToken"], self.token_of(signed_in["id"]))
        answer = self.client.get("/api/v1/photos?count=100000&offset=0&q=", headers={"X-Session-ID": signed_in["id"]})
        self.assertCountEqual([photo["UID"] for photo in answer.json()], [photo.uid for photo in photos])

    def token_of(self, session: str) -> str:
        answer = self.client.get("/api/v1/photos?count=1", headers={"X-Session-ID": session})
        return str(answer["X-Download-Token"])

    def test_an_ended_session_is_told_in_json(self) -> None:
        answer = self.client.get("/api/v1/photos?count=1", headers={"X-Session-ID": "0" * 48})
        self.assertEqual((answer.status_code, answer.json()["code"]), (401, 401))
