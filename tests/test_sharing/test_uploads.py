"""POST, PUT and GET /api/v1/users/:uid/upload/:token: from a file in a form to a photo in an album."""

import errno
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from albums.models import Album, PhotoAlbum
from library.importing.staging import folder_of
from library.lease import library_lease
from library.models import Job, Photo
from library.models.job import JobState
from sharing import uploading
from sharing.accounts import account_of
from tests.make import make_album
from tests.originals import OriginalsTestCase, run_index, write_picture

TAKEN = {"Exif.Photo.DateTimeOriginal": "2024:05:17 10:30:00"}


def with_option(**values: Any) -> Any:
    return override_settings(OPTIONS=replace(settings.OPTIONS, **values))


class UploadTestCase(OriginalsTestCase):
    """Alice sends; the queue works before an answer is given."""

    def setUp(self) -> None:
        super().setUp()
        for folder in (settings.STORAGE_PATH / "users", settings.SIDECAR_PATH, self.originals):
            shutil.rmtree(folder, ignore_errors=True)
        self.originals.mkdir()
        self.account = account_of(self.alice)
        self.client = self.client_of(self.alice)

    def url(self, batch: str = "batch1") -> str:
        return f"/api/v1/users/{self.account.uid}/upload/{batch}"

    def picture(self, name: str = "IMG_1.jpg", *, seed: int = 1) -> SimpleUploadedFile:
        path = write_picture(self.home / "camera" / name, seed=seed, **TAKEN)
        return SimpleUploadedFile(name, path.read_bytes())

    def send(self, *files: SimpleUploadedFile, batch: str = "batch1", by: Client | None = None, **headers: str) -> Any:
        return (by or self.client).post(self.url(batch), {"files": files}, headers=headers)

    def complete(self, *albums: str, batch: str = "batch1", by: Client | None = None, **more: Any) -> Any:
        # Tests roll their transaction back, so what waits for its end would not come.
        with mock.patch("django.db.transaction.on_commit", lambda call, **_: call()):
            return (by or self.client).put(self.url(batch), {"albums": albums, **more}, content_type="application/json")

    def told(self, batch: str = "batch1") -> Any:
        return self.client.get(self.url(batch)).json()

    def batch(self, batch: str = "batch1") -> Path:
        return folder_of(self.account.uid, batch)


class UploadTest(UploadTestCase):
    def test_files_become_photos_in_albums(self) -> None:
        album = make_album("Lakes")
        answer = self.send(self.picture())
        self.assertEqual((answer.status_code, answer.json()["message"]), (200, "1 file was uploaded."))
        self.assertEqual((self.told()["state"], self.told()["files"][0]["state"]), ("receiving", "waiting"))
        answer = self.complete(album.uid, "New album")
        self.assertEqual((answer.status_code, answer.json()["code"]), (200, 200))
        photo = Photo.objects.get()
        self.assertEqual(
            set(PhotoAlbum.objects.filter(photo=photo).values_list("album__title", flat=True)), {"Lakes", "New album"}
        )
        self.assertEqual(Album.objects.get(title="New album").owner, self.alice)
        told = self.told()
        self.assertEqual((told["running"], told["state"], told["message"]), (False, "done", "1 added."))
        file = {"name": "IMG_1.jpg", "state": "added", "reason": "", "photo": photo.uid, "review": False}
        self.assertEqual(told["files"], [file])
        self.assertFalse(self.batch().exists())

    def test_an_app_sends_with_its_token(self) -> None:
        app = self.app_of(self.alice)
        self.assertEqual(self.send(self.picture(), by=app).status_code, 200)
        self.assertEqual(self.complete(by=app).status_code, 200)
        self.assertEqual(Photo.objects.count(), 1)

    def test_many_files_in_one_request_and_many_requests_in_one_batch(self) -> None:
        self.send(self.picture("a.jpg"), self.picture("b.jpg", seed=2))
        self.send(self.picture("c.jpg", seed=3))
        self.complete()
        self.assertEqual(Photo.objects.count(), 3)
        self.assertTrue(all(file["review"] for file in self.told()["files"]))

    def test_who_knows_the_title_of_an_album_gets_no_second_one(self) -> None:
        album = make_album("Lakes")
        self.send(self.picture())
        self.complete("lakes")
        self.assertEqual(PhotoAlbum.objects.get().album, album)

    def test_a_copy_still_comes_into_the_album(self) -> None:
        write_picture(self.originals / "old.jpg", seed=1, **TAKEN)
        run_index()
        self.send(self.picture())
        self.complete("Lakes")
        self.assertEqual(self.told()["files"][0]["state"], "known")
        self.assertEqual(PhotoAlbum.objects.get().photo, self.photo("old.jpg"))

    def test_a_copy_tells_nothing_of_what_another_keeps_private(self) -> None:
        write_picture(self.originals / "old.jpg", seed=1, **TAKEN)
        run_index()
        Photo.objects.update(private=True, owner=self.admin)
        self.send(self.picture())
        self.complete("Lakes")
        self.assertEqual(self.told()["files"][0]["photo"], "")
        self.assertFalse(PhotoAlbum.objects.exists())

    def test_the_age_of_a_file_is_kept(self) -> None:
        path = write_picture(self.home / "camera/plain.jpg", seed=3)
        self.send(SimpleUploadedFile("plain.jpg", path.read_bytes()), **{"X-OC-MTime": "1330837567"})
        self.complete()
        self.assertEqual(str(Photo.objects.get().taken_at_local)[:10], "2012-03-04")

    def test_the_folder_of_an_account_is_used(self) -> None:
        self.account.upload_path = "/phones/alice/"
        self.account.save()
        self.send(self.picture())
        self.complete()
        self.assertTrue(Photo.objects.get().folder.path.startswith("phones/alice/2024"))

    def test_what_was_sent_and_forgotten_comes_with_the_next_batch(self) -> None:
        self.send(self.picture("a.jpg"), batch="forgotten")
        self.send(self.picture("b.jpg", seed=2), batch="fresh")
        self.send(self.picture("c.jpg", seed=3))
        forgotten = uploading._last_touched
        with mock.patch.object(
            uploading, "_last_touched", lambda path: 0.0 if path.name == "forgotten" else forgotten(path)
        ):
            self.complete()
        self.assertEqual({photo.original_name for photo in Photo.objects.all()}, {"a", "c"})
        self.assertTrue(self.batch("fresh").exists())

    def test_what_was_interrupted_goes_on_at_the_next_start(self) -> None:
        self.send(self.picture("a.jpg"), batch="cut")
        self.send(self.picture("b.jpg", seed=2), batch="fresh")
        killed = mock.patch.object(uploading, "import_files", side_effect=RuntimeError("killed"))
        with library_lease():
            self.complete("Lakes", batch="cut", wait=False)
        with killed, self.assertRaises(RuntimeError):
            uploading.run_upload(Job.objects.get().uid)
        self.assertEqual(Job.objects.get().state, JobState.FAILED)
        with mock.patch("django.db.transaction.on_commit", lambda call, **_: call()):
            self.assertEqual(uploading.resume_uploads(), 1)
            self.assertEqual(uploading.resume_uploads(), 0)
        self.assertEqual(Photo.objects.get().original_name, "a")
        self.assertEqual(PhotoAlbum.objects.get().album.title, "Lakes")

    def test_it_waits_while_the_library_is_indexed_and_comes_in_afterwards(self) -> None:
        self.send(self.picture())
        with library_lease():
            answer = self.complete(wait=False)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual((Job.objects.get().state, Photo.objects.count()), (JobState.QUEUED, 0))
            self.assertTrue(self.told()["running"])
        with self.captureOnCommitCallbacks(execute=True):
            run_index()
        self.assertEqual((self.told()["state"], Photo.objects.count()), ("done", 1))

    def test_asked_twice_it_is_one_job(self) -> None:
        self.send(self.picture())
        with library_lease():
            self.complete("Lakes", wait=False)
            self.complete("Boats", wait=False)
        self.assertEqual(len(Job.objects.get().arguments["albums"]), 2)

    def test_a_job_runs_once(self) -> None:
        self.send(self.picture())
        self.complete()
        self.assertIn("already", uploading.run_upload(Job.objects.get(kind="upload").uid))


class RefusedTest(UploadTestCase):
    def assert_refused(self, answer: Any, status: int, word: str) -> None:
        self.assertEqual(answer.status_code, status, answer.content)
        self.assertIn(word, answer.json()["error"])
        self.assertFalse(self.batch().exists())

    def test_what_is_no_picture(self) -> None:
        self.assert_refused(self.send(SimpleUploadedFile("a.exe", b"MZ\0")), 415, "neither a picture nor a video")

    def test_what_is_empty(self) -> None:
        self.assert_refused(self.send(SimpleUploadedFile("a.jpg", b"")), 400, "empty")
        self.assert_refused(self.client.post(self.url()), 400, "No files")

    def test_what_is_too_large(self) -> None:
        with with_option(upload_limit=0):
            self.assert_refused(self.send(self.picture()), 413, "larger than")

    def test_a_full_disk(self) -> None:
        with mock.patch("sharing.upload_api.stage", side_effect=OSError(errno.ENOSPC, "No space left on device")):
            self.assert_refused(self.send(self.picture()), 507, "full")

    def test_one_bad_file_does_not_cost_the_others(self) -> None:
        answer = self.send(self.picture(), SimpleUploadedFile("a.exe", b"MZ"))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("neither a picture", answer.json()["message"])
        self.assertEqual([one["name"] for one in self.told()["files"]], ["IMG_1.jpg"])

    def test_an_app_is_told_when_nothing_was_taken(self) -> None:
        self.send(SimpleUploadedFile("fake.jpg", b"Not a picture." * 100))
        answer = self.complete()
        self.assertEqual(answer.status_code, 403)
        self.assertIn("does not begin like one", answer.json()["error"])
        self.assertEqual(self.told()["files"][0]["state"], "refused")

    def test_a_library_that_is_only_read_takes_nothing(self) -> None:
        with with_option(readonly=True):
            self.assert_refused(self.send(self.picture()), 403, "only be read")
            self.assertEqual(self.complete().status_code, 403)

    def test_albums_that_cannot_be_filled(self) -> None:
        smart = make_album("Smart", filter="year:2024")
        for name, word in ((smart.uid, "its search"), ("atotd7s1bxvq978a", "no such album")):
            with self.subTest(name):
                answer = self.complete(name)
                self.assertEqual(answer.status_code, 400)
                self.assertIn(word, answer.json()["error"])
        self.assertFalse(Job.objects.exists())

    def test_private_albums_of_others_are_not_there(self) -> None:
        album = make_album("Secret", private=True, owner=self.admin)
        self.assertEqual(self.complete(album.uid).status_code, 400)

    def test_nobody_sends_for_another(self) -> None:
        for user in (self.admin, self.bob, self.guest, None):
            client = self.client_of(user)
            with self.subTest(user=user):
                status = 401 if user is None else 403
                self.assertEqual(self.send(self.picture(), by=client).status_code, status)
                self.assertEqual(self.complete(by=client).status_code, status)
                self.assertEqual(client.get(self.url()).status_code, status)
        self.assertFalse(self.batch().exists())

    def test_a_viewer_sends_nothing_in_their_own_name(self) -> None:
        self.account = account_of(self.bob)
        self.assertEqual(self.send(self.picture(), by=self.client_of(self.bob)).status_code, 403)

    def test_no_token_leads_elsewhere(self) -> None:
        for token in ("..", "a.b", "%2e%2e", "x" * 65):
            with self.subTest(token):
                self.assertIn(self.send(self.picture(), batch=token).status_code, (301, 404))
