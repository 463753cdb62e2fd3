"""/photos/:uid/files/:file_uid/primary and /unstack, /batch/photos/stack; and which file plays for a hash."""

from typing import Any

from django.http import HttpResponse

from library.models import File, Photo
from library.search.playing import playable_file
from tests.base import TestCase
from tests.make import make_file, make_photo


class StacksTest(TestCase):
    def setUp(self) -> None:
        self.photo = make_photo()
        self.first = File.objects.get(photo=self.photo)
        self.second = make_file(self.photo)
        self.client_ = self.app_of(self.alice)

    def post(self, path: str, body: Any = None) -> HttpResponse:
        return self.client_.post(f"/api/v1/{path}", body, content_type="application/json")

    def test_primary_answers_with_the_photo(self) -> None:
        answer = self.post(f"photos/{self.photo.uid}/files/{self.second.uid}/primary")
        primary = [file["UID"] for file in answer.json()["Files"] if file["Primary"]]
        self.assertEqual((answer.json()["UID"], primary), (self.photo.uid, [self.second.uid]))

    def test_unstack_answers_with_what_is_left(self) -> None:
        answer = self.post(f"photos/{self.photo.uid}/files/{self.second.uid}/unstack")
        self.assertEqual([file["UID"] for file in answer.json()["Files"]], [self.first.uid])
        self.assertEqual(Photo.objects.count(), 2)

    def test_a_reason_is_given_where_it_cannot_be_done(self) -> None:
        answer = self.post(f"photos/{self.photo.uid}/files/{self.first.uid}/unstack")
        self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400))
        self.assertIn("primary", answer.json()["error"])

    def test_a_file_of_another_photo_is_not_found(self) -> None:
        other = File.objects.get(photo=make_photo())
        for action in ("primary", "unstack"):
            with self.subTest(action):
                answer = self.post(f"photos/{self.photo.uid}/files/{other.uid}/{action}")
                self.assertEqual(answer.status_code, 404)

    def test_stack_answers_with_the_one_photo(self) -> None:
        other = make_photo()
        answer = self.post("batch/photos/stack", {"photos": [self.photo.uid, other.uid]})
        self.assertEqual(len(answer.json()["photo"]["Files"]), 3)
        self.assertEqual(Photo.objects.count(), 1)

    def test_both_can_be_taken_back(self) -> None:
        other = make_photo()
        changes = (
            ("batch/photos/stack", {"photos": [self.photo.uid, other.uid]}, "undo"),
            (f"photos/{self.photo.uid}/files/{self.second.uid}/unstack", None, "Undo"),
        )
        for path, body, key in changes:
            with self.subTest(path):
                with self.captureOnCommitCallbacks(execute=True):
                    token = self.post(path, body).json()[key]
                answer = self.post("batch/photos/stack/undo", {"undo": token})
                self.assertEqual((answer.status_code, answer.json()["photos"][0]), (200, self.photo.uid))
                self.assertEqual((Photo.objects.count(), self.photo.files.count()), (2, 2))

    def test_what_was_never_done_cannot_be_taken_back(self) -> None:
        for body in ({"undo": "unknown"}, {"undo": ["a"]}, {}):
            with self.subTest(body):
                self.assertEqual(self.post("batch/photos/stack/undo", body).status_code, 400)

    def test_settings_tell_what_is_stacked(self) -> None:
        answer = self.client_.get("/api/v1/settings").json()
        self.assertEqual(answer["stack"], {"uuid": True, "meta": True, "name": False})


class PlayingTest(TestCase):
    def playing(self, file: File) -> File | None:
        return playable_file(file.hash, self.grant_of(self.bob))

    def test_the_picture_of_a_pair_plays_the_video_beside_it(self) -> None:
        still = File.objects.get(photo=make_photo())
        self.assertEqual(still.photo and self.playing(still), None)
        video = make_file(still.photo, type="mov", media_type="video", is_video=True)  # type: ignore[arg-type]
        self.assertEqual((self.playing(still), self.playing(video)), (video, video))

    def test_a_motion_photo_plays_itself(self) -> None:
        file = File.objects.get(photo=make_photo(file={"video_offset": 10, "video_length": 20}))
        self.assertEqual(self.playing(file), file)

    def test_a_photo_that_may_not_be_seen_plays_nothing(self) -> None:
        file = File.objects.get(photo=make_photo(private=True, file={"video_length": 20}))
        self.assertIsNone(self.playing(file))
