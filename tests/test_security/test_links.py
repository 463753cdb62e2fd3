"""A link that leads out of the originals leads nowhere: not when indexing, nor when it is put there afterwards."""

import io
import os
import shutil
import tempfile
import threading
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.test import SimpleTestCase

from library.indexing.runner import FolderMissing
from library.media.beneath import LeadsOut, open_beneath, resolve_beneath
from library.media.zips import Member, make_zip
from library.models import ErrorLog, File
from tests.originals import OriginalsTestCase, run_index, write_picture
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original

SECRET = b"root:x:0:0"


class BeneathTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp()) / "originals"
        self.addCleanup(shutil.rmtree, self.folder.parent)
        (self.folder / "sub").mkdir(parents=True)
        (self.folder / "sub" / "a.jpg").write_bytes(b"a picture")
        (self.folder.parent / "secret").write_bytes(SECRET)

    def read(self, name: str) -> bytes:
        with os.fdopen(open_beneath(self.folder, self.folder / name), "rb") as file:
            return file.read()

    def test_files_and_links_to_files_below_are_opened(self) -> None:
        (self.folder / "linked").symlink_to("sub/a.jpg")
        (self.folder / "folder").symlink_to("sub")
        for name in ("sub/a.jpg", "linked", "folder/a.jpg"):
            self.assertEqual(self.read(name), b"a picture")

    def test_the_folder_itself_may_be_a_link(self) -> None:
        link = self.folder.parent / "photos"
        link.symlink_to(self.folder)
        self.assertEqual(resolve_beneath(link, link / "sub" / "a.jpg"), self.folder / "sub" / "a.jpg")

    def test_what_leads_out_does_not_exist(self) -> None:
        (self.folder / "out").symlink_to("../secret")
        (self.folder / "up").symlink_to("..")
        (self.folder / "round").symlink_to("round")
        for name in ("out", "up/secret", "../secret", "../originals-of-others"):
            with self.subTest(name), self.assertRaises(LeadsOut):
                self.read(name)
        with self.assertRaises(OSError):
            self.read("round")

    def test_a_link_put_in_the_way_after_the_look_leads_nowhere(self) -> None:
        away, put_back = self.folder / "sub", threading.Event()
        outside = self.folder.parent / "outside"
        outside.mkdir()
        (outside / "a.jpg").write_bytes(SECRET)

        def swap() -> None:
            while not put_back.is_set():
                away.rename(self.folder / "kept")
                away.symlink_to(outside)
                away.unlink()
                (self.folder / "kept").rename(away)

        thread = threading.Thread(target=swap)
        thread.start()
        self.addCleanup(lambda: (put_back.set(), thread.join()))
        read = set()
        for _ in range(3000):
            try:
                read.add(self.read("sub/a.jpg"))
            except OSError:
                continue
        self.assertNotIn(SECRET, read)


class DownloadTest(MediaTestCase):
    def replaced(self, by: str) -> tuple[str, str]:
        """An original in whose place something else stands now; its UID and its hash."""
        photo = make_original(jpeg())
        path = Path(settings.ORIGINALS_PATH) / file_of(photo).name
        path.unlink()
        if by == "pipe":
            os.mkfifo(path)
        elif by == "folder":
            path.mkdir()
        else:
            path.symlink_to(by)
        self.addCleanup(shutil.rmtree if by == "folder" else Path.unlink, path)
        return photo.uid, file_of(photo).hash

    def test_neither_original_nor_thumb_nor_zip_follows_it(self) -> None:
        outside = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, outside)
        picture = write_picture(outside / "other.jpg")
        for there in (str(picture), str(outside), "/etc/passwd", "pipe", "folder", "/nowhere"):
            with self.subTest(there):
                uid, file_hash = self.replaced(there)
                token = self.download["admin"]
                for address in (f"/api/v1/dl/{file_hash}?t={token}", f"/api/v1/photos/{uid}/dl?t={token}"):
                    self.assertEqual(self.read(address)[0].status_code, 404)
                response, _ = self.read(f"/api/v1/t/{file_hash}/{self.preview['admin']}/fit_720")
                self.assertEqual(response["Content-Type"], "image/svg+xml")
                self.assertEqual(self.zipped(uid), ["missing files.txt"])

    def zipped(self, uid: str) -> list[str]:
        answer = self.app_of(self.admin).post("/api/v1/zip", {"photos": [uid]}, content_type="application/json")
        _, content = self.read(f"/api/v1/zip/{answer.json()['filename']}?t={self.download['admin']}")
        return ZipFile(io.BytesIO(content)).namelist()


class ZipTest(SimpleTestCase):
    def test_what_is_swapped_while_others_are_sent_ends_the_download(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        for name in "ab":
            (folder / name).write_bytes(SECRET)
        made = make_zip([Member(folder / name, name, folder) for name in "ab"])
        next(made.pieces)
        (folder / "b").unlink()
        os.mkfifo(folder / "b")
        with self.assertRaises(FileNotFoundError):
            list(made.pieces)

    def test_no_name_in_it_leads_out_of_the_folder_it_is_unpacked_in(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        (folder / "a").write_bytes(b"a")
        names = ["../../evil", "/etc/cron.d/evil", "..", "C:\\evil", "\\\\host\\evil", "a\0b", "..\\..\\evil", ".", " "]
        content = b"".join(make_zip([Member(folder / "a", name, folder) for name in names]).pieces)
        for name in ZipFile(io.BytesIO(content)).namelist():
            self.assertNotRegex(name, r"^\.*$|[/\\:\x00]")


class IndexTest(OriginalsTestCase):
    def outside(self) -> Path:
        outside = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, outside)
        write_picture(outside / "private.jpg", seed=5)
        return outside

    def test_a_linked_folder_is_not_indexed_by_its_name_either(self) -> None:
        link = self.originals / "out"
        link.symlink_to(self.outside())
        self.addCleanup(link.unlink)
        for path in ("out", "./out", "out/.", "../" + self.originals.name + "/out", ".."):
            with self.subTest(path), self.assertRaises(FolderMissing):
                run_index(path)
        run_index()
        self.assertFalse(File.objects.filter(name__contains="private").exists())

    def test_one_folder_has_one_name(self) -> None:
        self.write("2024/05/a.jpg", seed=6)
        for path in ("", ".", "./2024", "2024//05", "2024/05/.", "/2024/"):
            with self.subTest(path):
                run_index(path)
                self.assertEqual(list(File.objects.values_list("name", "is_missing")), [("2024/05/a.jpg", False)])
        self.assertEqual(ErrorLog.objects.count(), 0)

    def test_a_pipe_as_ignore_file_is_not_waited_for(self) -> None:
        folder = self.originals / "pipes"
        self.write("pipes/b.jpg", seed=7)
        self.addCleanup(shutil.rmtree, folder)
        os.mkfifo(folder / ".ppignore")
        run_index("pipes")
        self.assertTrue(File.objects.filter(name="pipes/b.jpg").exists())
