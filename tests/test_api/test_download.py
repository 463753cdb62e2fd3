"""GET /api/v1/dl/:hash and /api/v1/photos/:uid/dl."""

import os
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.test import override_settings
from django.utils.http import http_date

from library.delivery import CHUNK
from tests.make import make_file
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original

PROXIED = replace(settings.OPTIONS, accel_redirect=True)


class DownloadTest(MediaTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.content = jpeg()
        self.photo = make_original(self.content)
        self.file = file_of(self.photo)

    def address(self, *, of: str = "admin", file_hash: str = "") -> str:
        return f"/api/v1/dl/{file_hash or self.file.hash}?t={self.download[of]}"

    def test_the_original_comes_byte_for_byte_as_an_attachment(self) -> None:
        response, content = self.read(self.address())
        self.assertEqual(content, self.content)
        self.assertEqual(response["Content-Type"], "image/jpeg")
        self.assertEqual(response["Content-Disposition"], f'attachment; filename="{self.file.base_name}"')
        self.assertEqual(response["Content-Length"], str(len(self.content)))

    def test_a_name_beyond_ascii_comes_in_both_forms(self) -> None:
        photo = make_original(jpeg(), 'Füße "1".jpg')
        response, _ = self.read(self.address(file_hash=file_of(photo).hash))
        self.assertEqual(
            response["Content-Disposition"],
            "attachment; filename=\"F__e _1_.jpg\"; filename*=UTF-8''F%C3%BC%C3%9Fe%20%221%22.jpg",
        )

    def test_head_has_no_body(self) -> None:
        response = self.client.head(self.address())
        self.assertEqual((response.content, response["Content-Length"]), (b"", str(len(self.content))))

    def test_a_wrong_token_is_refused(self) -> None:
        response, _ = self.read(f"/api/v1/dl/{self.file.hash}?t={self.preview['admin']}")
        self.assertEqual(response.status_code, 403)

    def test_a_missing_token_is_refused_even_to_who_is_signed_in(self) -> None:
        response = self.client_of(self.admin).get(f"/api/v1/dl/{self.file.hash}")
        self.assertEqual((response.status_code, response.json()["code"]), (403, 403))

    def test_missing_and_invisible_look_the_same(self) -> None:
        missing, body = self.read(self.address(file_hash="0" * 40))
        hidden, same = self.read(self.address(of="guest"))
        self.assertEqual((missing.status_code, hidden.status_code, same), (404, 404, body))

    def test_a_file_that_is_gone_is_a_sentence(self) -> None:
        (Path(settings.ORIGINALS_PATH) / self.file.name).unlink()
        response, _ = self.read(self.address())
        self.assertEqual(response.status_code, 404)

    def test_a_fifo_in_place_of_a_file_keeps_nobody_waiting(self) -> None:
        path = Path(settings.ORIGINALS_PATH) / self.file.name
        path.unlink()
        os.mkfifo(path)
        response, _ = self.read(self.address())
        self.assertEqual(response.status_code, 404)

    @override_settings(OPTIONS=PROXIED)
    def test_a_proxy_is_told_which_file_to_send(self) -> None:
        photo = make_original(jpeg(), "a folder/ä.jpg")
        response, content = self.read(self.address(file_hash=file_of(photo).hash))
        self.assertEqual(response["X-Accel-Redirect"], "/internal/originals/a%20folder/%C3%A4.jpg")
        self.assertEqual(content, b"")


class PhotoDownloadTest(MediaTestCase):
    def test_of_a_stack_the_shown_file_comes(self) -> None:
        content = jpeg()
        photo = make_original(content)
        make_file(photo)
        response, body = self.read(f"/api/v1/photos/{photo.uid}/dl?t={self.download['admin']}")
        self.assertEqual((response.status_code, body), (200, content))

    def test_a_wrong_token_is_refused(self) -> None:
        response, _ = self.read(f"/api/v1/photos/{make_original(jpeg()).uid}/dl?t=wrong")
        self.assertEqual(response.status_code, 403)


class RangeTest(MediaTestCase):
    """A file of three chunks and a bit."""

    def setUp(self) -> None:
        super().setUp()
        self.content = os.urandom(3 * CHUNK + 100)
        file = file_of(make_original(self.content))
        self.path = Path(settings.ORIGINALS_PATH) / file.name
        self.address = f"/api/v1/dl/{file.hash}?t={self.download['admin']}"

    def test_all_of_it(self) -> None:
        response, content = self.read(self.address)
        self.assertTrue(response.streaming)
        self.assertEqual(content, self.content)

    def test_a_part_across_chunks(self) -> None:
        response, content = self.read(self.address, range=f"bytes=10-{2 * CHUNK}")
        self.assertEqual((response.status_code, content), (206, self.content[10 : 2 * CHUNK + 1]))
        self.assertEqual(response["Content-Range"], f"bytes 10-{2 * CHUNK}/{len(self.content)}")
        self.assertEqual(response["Content-Length"], str(len(content)))

    def test_from_somewhere_to_the_end(self) -> None:
        _, content = self.read(self.address, range=f"bytes={CHUNK}-")
        self.assertEqual(content, self.content[CHUNK:])

    def test_the_last_bytes(self) -> None:
        _, content = self.read(self.address, range="bytes=-7")
        self.assertEqual(content, self.content[-7:])

    def test_an_end_beyond_the_file_is_cut(self) -> None:
        response, content = self.read(self.address, range=f"bytes={3 * CHUNK}-99999999")
        self.assertEqual((response.status_code, content), (206, self.content[3 * CHUNK :]))

    def test_a_start_beyond_the_file_cannot_be_answered(self) -> None:
        response, content = self.read(self.address, range="bytes=99999999-")
        self.assertEqual((response.status_code, content), (416, b""))
        self.assertEqual(response["Content-Range"], f"bytes */{len(self.content)}")

    def test_what_is_no_range_is_ignored(self) -> None:
        for header in ("bytes=5-2", "bytes=a-b", "bytes=-", "bytes=0-1,5-6", "lines=1-2", f"bytes={'9' * 30}-"):
            with self.subTest(header):
                self.assertEqual(self.read(self.address, range=header)[0].status_code, 200)

    def test_a_part_of_an_older_version_is_not_continued(self) -> None:
        first, _ = self.read(self.address)
        same, _ = self.read(self.address, range="bytes=1-", if_range=first["ETag"])
        other, _ = self.read(self.address, range="bytes=1-", if_range='"older"')
        self.assertEqual((same.status_code, other.status_code), (206, 200))

    def test_a_date_tells_the_version_as_well(self) -> None:
        same, _ = self.read(self.address, range="bytes=1-", if_range=http_date(self.path.stat().st_mtime))
        other, _ = self.read(self.address, range="bytes=1-", if_range=http_date(0))
        self.assertEqual((same.status_code, other.status_code), (206, 200))

    def test_what_did_not_change_is_not_sent_again(self) -> None:
        first, _ = self.read(self.address)
        again, content = self.read(self.address, if_modified_since=first["Last-Modified"])
        self.assertEqual((again.status_code, content), (304, b""))
