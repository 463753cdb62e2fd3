"""Reading a file once: hash, size, format."""

import hashlib
import os
import shutil
import socket
import tempfile
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase

from library.media import mediafile
from library.media.mediafile import NotAFile, StillChanging, read_mediafile
from tests.test_media.pictures import quarters, save


class MediaFileTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def test_hash_size_and_format_are_those_of_the_bytes(self) -> None:
        path = save(self.folder / "a.png", quarters())
        found = read_mediafile(path)
        self.assertEqual(found.hash, hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest())
        self.assertEqual((found.size, found.mtime_ns), (path.stat().st_size, path.stat().st_mtime_ns))
        self.assertEqual((found.format.name, found.mismatch), ("png", ""))

    def test_a_lying_name_is_noticed(self) -> None:
        path = save(self.folder / "a.png", quarters()).rename(self.folder / "a.jpg")
        self.assertEqual(read_mediafile(path).mismatch, "a.jpg is named as JPEG but contains PNG.")

    def test_a_pipe_is_refused_without_waiting(self) -> None:
        os.mkfifo(self.folder / "a.jpg")
        with self.assertRaisesMessage(NotAFile, "a.jpg is not a regular file."):
            read_mediafile(self.folder / "a.jpg")

    def test_a_device_a_folder_and_a_socket_are_refused(self) -> None:
        with self.assertRaises(NotAFile):
            read_mediafile(Path("/dev/zero"))
        with self.assertRaises(OSError):
            read_mediafile(self.folder)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.folder / "s"))
            self.assertRaises(OSError, read_mediafile, self.folder / "s")

    def test_a_name_that_is_no_text_can_be_read(self) -> None:
        path = Path(os.fsdecode(os.fsencode(self.folder) + b"/caf\xe9.png"))
        save(self.folder / "a.png", quarters()).rename(path)
        self.assertEqual(read_mediafile(path).format.name, "png")

    def test_a_file_that_grows_meanwhile_is_left_for_later(self) -> None:
        path = save(self.folder / "a.png", quarters())

        def grow(stream: object, _digest: object) -> object:
            path.write_bytes(path.read_bytes() + b"more")
            return hashlib.sha1(usedforsecurity=False)

        with mock.patch.object(mediafile.hashlib, "file_digest", grow), self.assertRaises(StillChanging):
            read_mediafile(path)
