"""A real path for a stored file."""

import shutil
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.test import SimpleTestCase

from library.media.localfile import local_path


class LocalPathTest(SimpleTestCase):
    def test_a_file_on_disk_is_used_in_place(self) -> None:
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        (folder / "a.jpg").write_bytes(b"abc")
        with local_path(FileSystemStorage(folder), "a.jpg") as path:
            self.assertEqual(path, folder / "a.jpg")
        self.assertTrue((folder / "a.jpg").exists())

    def test_a_remote_file_is_copied_for_the_time_of_use(self) -> None:
        storage = InMemoryStorage()
        storage.save("x/a.jpg", ContentFile(b"abc"))
        with local_path(storage, "x/a.jpg") as path:
            self.assertEqual((path.read_bytes(), path.suffix), (b"abc", ".jpg"))
        self.assertFalse(path.exists())
