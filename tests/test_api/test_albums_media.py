"""/albums/:uid/dl and /albums/:uid/t: the originals as a ZIP, and the cover."""

import io
from zipfile import ZipFile

from tests.make import make_album, make_photo
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original, put_thumb


class AlbumDownloadTest(MediaTestCase):
    def test_the_zip_holds_the_originals_that_one_sees(self) -> None:
        content = jpeg()
        album = make_album("Lake Como", make_original(content, "a.jpg"), make_original(jpeg(), owner=self.alice))
        answer, body = self.read(f"/api/v1/albums/{album.uid}/dl?t={self.download['bob']}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn('filename="lake-como.zip"', answer["Content-Disposition"])
        with ZipFile(io.BytesIO(body)) as packed:
            self.assertEqual({name: packed.read(name) for name in packed.namelist()}, {"a.jpg": content})

    def test_a_smart_album_is_packed_as_its_search_finds_it(self) -> None:
        make_original(jpeg(), "cat.jpg", labels=["cat"])
        make_original(jpeg(), "dog.jpg", labels=["dog"])
        album = make_album("Cats", filter="label:cat")
        body = self.read(f"/api/v1/albums/{album.uid}/dl?t={self.download['bob']}")[1]
        self.assertEqual(ZipFile(io.BytesIO(body)).namelist(), ["cat.jpg"])

    def test_without_anything_to_download_it_says_so(self) -> None:
        album = make_album("Empty", make_photo(owner=self.alice))
        secret = make_album("Secret", make_original(jpeg()), owner=self.alice, private=True)
        broken = make_album("Broken", filter="lable:cat")
        for uid, status in ((album.uid, 404), (secret.uid, 404), ("unknown", 404), (broken.uid, 400)):
            answer = self.read(f"/api/v1/albums/{uid}/dl?t={self.download['bob']}")[0]
            self.assertEqual(answer.status_code, status)

    def test_a_wrong_token_opens_nothing(self) -> None:
        album = make_album("Trip", make_original(jpeg()))
        for token in ("", "wrong", self.preview["bob"]):
            self.assertEqual(self.read(f"/api/v1/albums/{album.uid}/dl?t={token}")[0].status_code, 403)


class AlbumCoverTest(MediaTestCase):
    def test_it_is_the_thumb_of_a_photo_that_one_sees(self) -> None:
        shared, newer = make_photo(taken="2020-01-01"), make_photo(taken="2024-01-01", owner=self.alice)
        for photo, content in ((shared, b"shared"), (newer, b"newer")):
            put_thumb(file_of(photo).hash, "tile_500", content)
        album = make_album("Trip", shared, newer)
        for name, content in (("bob", b"shared"), ("admin", b"newer")):
            answer, body = self.read(f"/api/v1/albums/{album.uid}/t/{self.preview[name]}/tile_500")
            self.assertEqual((answer.status_code, body), (200, content))
            self.assertEqual(answer["Cache-Control"], "private, no-cache")

    def test_what_may_not_be_seen_and_what_is_not_there_look_the_same(self) -> None:
        photo = make_photo()
        put_thumb(file_of(photo).hash, "tile_500")
        secret = make_album("Secret", photo, owner=self.alice, private=True)
        answers = [
            self.read(f"/api/v1/albums/{uid}/t/{self.preview['bob']}/tile_500")
            for uid in (secret.uid, make_album("Empty").uid, "unknown")
        ]
        self.assertEqual(
            {(answer.status_code, answer["Content-Type"]) for answer, _ in answers}, {(200, "image/svg+xml")}
        )
        self.assertEqual(len({body for _, body in answers}), 1)

    def test_a_wrong_token_or_size_is_refused(self) -> None:
        album = make_album("Trip", make_photo())
        self.assertEqual(self.read(f"/api/v1/albums/{album.uid}/t/wrong/tile_500")[0].status_code, 403)
        answer = self.read(f"/api/v1/albums/{album.uid}/t/{self.preview['bob']}/huge")[0]
        self.assertEqual(answer.status_code, 400)
