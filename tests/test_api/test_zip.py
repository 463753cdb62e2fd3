"""POST /api/v1/zip and GET /api/v1/zip/:filename."""

import io
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import SimpleTestCase
from django.utils import timezone

from library.media.zips import MISSING_NAME, Member, make_zip, safe_name, unique_names
from library.models import Photo
from tests.make import make_file, make_photo
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original


class ZipTest(MediaTestCase):
    def ask(self, *photos: Photo, by: User | None = None, **more: object) -> str:
        """The address of the ZIP that was asked for."""
        answer = self.app_of(by or self.admin).post(
            "/api/v1/zip", {"photos": [photo.uid for photo in photos], **more}, content_type="application/json"
        )
        self.assertEqual(answer.status_code, 200, answer.content)
        return f"/api/v1/zip/{answer.json()['filename']}"

    def fetch(self, address: str, *, of: str = "admin") -> ZipFile:
        response, content = self.read(f"{address}?t={self.download[of]}")
        self.assertEqual(response["Content-Length"], str(len(content)))
        return ZipFile(io.BytesIO(content))

    def test_the_originals_are_in_it_as_they_are(self) -> None:
        content = jpeg()
        found = self.fetch(self.ask(make_original(content, "2024/one.jpg")))
        self.assertEqual(found.namelist(), ["one.jpg"])
        self.assertEqual(found.read("one.jpg"), content)
        self.assertEqual(found.infolist()[0].compress_type, ZIP_STORED)

    def test_equal_names_are_told_apart(self) -> None:
        photos = [make_original(jpeg(), f"{folder}/same.jpg") for folder in "abc"]
        self.assertEqual(self.fetch(self.ask(*photos)).namelist(), ["same.jpg", "same (2).jpg", "same (3).jpg"])

    def test_a_stack_comes_with_all_its_originals_but_not_its_sidecars(self) -> None:
        photo = make_original(jpeg(), "stack/a.jpg")
        make_file(photo, name="stack/a.xmp", is_sidecar=True)
        make_file(photo, name="stack/b.jpg", is_missing=True)
        self.assertEqual(self.fetch(self.ask(photo)).namelist(), ["a.jpg"])

    def test_files_can_be_chosen_by_themselves(self) -> None:
        photo = make_original(jpeg(), "chosen/file.jpg")
        self.assertEqual(self.fetch(self.ask(files=[file_of(photo).uid])).namelist(), ["file.jpg"])

    def test_a_file_that_is_gone_is_named(self) -> None:
        there = make_original(jpeg(), "gone/there.jpg")
        gone = make_photo(file={"name": "gone/away.jpg"})
        found = self.fetch(self.ask(there, gone))
        self.assertEqual(found.read(MISSING_NAME), b"away.jpg\n")

    def test_what_one_may_not_see_is_not_in_it(self) -> None:
        seen = make_original(jpeg(), "mixed/seen.jpg")
        private = make_original(jpeg(), "mixed/private.jpg", private=True)
        address = self.ask(seen, private, by=self.bob)
        self.assertEqual(self.fetch(address, of="bob").namelist(), ["seen.jpg"])

    def test_the_name_helps_nobody_else(self) -> None:
        address = self.ask(make_original(jpeg()))
        response, _ = self.read(f"{address}?t={self.download['bob']}")
        self.assertEqual(response.status_code, 404)

    def test_a_wrong_token_is_refused(self) -> None:
        response, _ = self.read(f"{self.ask(make_original(jpeg()))}?t=wrong")
        self.assertEqual(response.status_code, 403)

    def test_it_is_gone_after_an_hour(self) -> None:
        address = self.ask(make_original(jpeg()))
        Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
        response, _ = self.read(f"{address}?t={self.download['admin']}")
        self.assertEqual(response.status_code, 404)

    def test_the_kept_selection_signs_nobody_in(self) -> None:
        key = self.ask(make_original(jpeg())).removesuffix(".zip").rpartition("-")[2]
        self.client.cookies["photoprism_session"] = key
        self.assertEqual(self.client.get("/api/v1/photos").status_code, 401)

    def test_nothing_chosen_is_nothing_to_download(self) -> None:
        answer = self.app_of(self.admin).post("/api/v1/zip", {"photos": []}, content_type="application/json")
        self.assertEqual(answer.status_code, 400)

    def test_nobody_may_ask_without_signing_in(self) -> None:
        answer = self.client.post("/api/v1/zip", {"photos": []}, content_type="application/json")
        self.assertEqual(answer.status_code, 401)


class NamesTest(SimpleTestCase):
    def test_names_that_differ_in_case_alone_are_told_apart(self) -> None:
        names = list(unique_names(["a/1.jpg", "b/1.JPG", "1 (2).JPG"]))
        self.assertEqual(names, ["1.jpg", "1 (2).JPG", "1 (2) (2).JPG"])

    def test_names_are_safe_to_unpack_anywhere(self) -> None:
        names = ["../../etc/passwd", "C:\\evil.exe", "a\nb.jpg", "..", "", "x\udcff.jpg"]
        self.assertEqual(
            [safe_name(name) for name in names], ["passwd", "C__evil.exe", "a_b.jpg", "file", "file", "x_.jpg"]
        )

    def test_a_zip_knows_its_size_before(self) -> None:
        made = make_zip([Member(path=Path(__file__), name="ä.py")])
        self.assertEqual(made.size, len(b"".join(made.pieces)))
