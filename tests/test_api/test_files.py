"""GET /api/v1/files/:hash: one file, and the covers of labels, which are files too."""

from typing import Any

from django.contrib.auth.models import User

from tests.base import TestCase
from tests.make import make_marker, make_photo, make_subject
from tests.test_api.on_disk import MediaTestCase, put_thumb


class FileTest(TestCase):
    def get(self, file_hash: str, user: User | None = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/files/{file_hash}")

    def test_the_file_of_a_photo_with_its_markers(self) -> None:
        photo = make_photo()
        make_marker(photo, subject=make_subject("Anna"))
        file = photo.files.get()
        found = self.get(file.hash.upper()).json()
        self.assertEqual((found["UID"], found["PhotoUID"], found["Primary"]), (file.uid, photo.uid, True))
        self.assertEqual([marker["Name"] for marker in found["Markers"]], ["Anna"])

    def test_what_may_not_be_seen_is_not_there(self) -> None:
        hidden = make_photo(owner=self.alice).files.get()
        answers = [self.get(file_hash, self.bob) for file_hash in (hidden.hash, "111")]
        self.assertEqual([answer.status_code for answer in answers], [404, 404])
        self.assertEqual(answers[0].content, answers[1].content)
        self.assertEqual(self.get(hidden.hash, self.alice).status_code, 200)


class LabelCoverTest(MediaTestCase):
    def read_cover(self, uid: str, token: str) -> tuple[Any, bytes]:
        return self.read(f"/api/v1/labels/{uid}/t/{token}/tile_224")

    def test_it_is_the_newest_photos_thumb(self) -> None:
        photo = make_photo(labels=["cat"])
        content = put_thumb(photo.files.get().hash, "tile_224")
        uid = photo.photo_labels.get().label.uid
        answer, sent = self.read_cover(uid, self.preview["bob"])
        self.assertEqual((answer.status_code, sent), (200, content))

    def test_what_may_not_be_seen_is_a_drawing(self) -> None:
        photo = make_photo(labels=["cat"], private=True)
        put_thumb(photo.files.get().hash, "tile_224")
        uid = photo.photo_labels.get().label.uid
        for token in (self.preview["bob"], self.preview["guest"]):
            answer, _ = self.read_cover(uid, token)
            self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "image/svg+xml"))

    def test_a_wrong_token_opens_nothing(self) -> None:
        answer, _ = self.read_cover("lqu0xs11qekk9jx8", "xxx")
        self.assertEqual((answer.status_code, answer["Content-Type"]), (403, "image/svg+xml"))
