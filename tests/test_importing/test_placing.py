"""A file comes under its name whole or not at all, and never over another."""

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase

from library.importing.placing import move_to, write_new


class PlacingTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.source, self.target = self.folder / "a.jpg", self.folder / "2024/05/b.jpg"
        self.source.write_bytes(b"picture")
        os.utime(self.source, (1_000_000, 1_000_000))

    def assert_moved(self) -> None:
        self.assertEqual(self.target.read_bytes(), b"picture")
        self.assertEqual(self.target.stat().st_mtime, 1_000_000)
        self.assertFalse(self.source.exists())
        self.assertEqual([path.name for path in self.target.parent.iterdir()], ["b.jpg"])

    def test_it_moves_within_a_file_system(self) -> None:
        with mock.patch("library.importing.placing._copy", side_effect=AssertionError("No need to copy.")):
            move_to(self.source, self.target)
        self.assert_moved()

    def test_it_is_copied_to_another_file_system(self) -> None:
        link = os.link

        def cross_device(source: Path, target: Path, **options: bool) -> None:
            if source == self.source:
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            link(source, target, **options)

        with mock.patch("os.link", cross_device):
            move_to(self.source, self.target)
        self.assert_moved()

    def test_it_moves_where_there_are_no_links(self) -> None:
        with mock.patch("os.link", side_effect=OSError(errno.EPERM, "Operation not permitted")):
            move_to(self.source, self.target)
        self.assert_moved()

    def test_nothing_is_written_over(self) -> None:
        self.target.parent.mkdir(parents=True)
        self.target.write_bytes(b"another")
        for reason in (None, errno.EXDEV):
            failing = OSError(reason, "no") if reason else None
            with self.subTest(reason=reason), self.assertRaises(FileExistsError):
                if failing is None:
                    move_to(self.source, self.target)
                else:
                    with mock.patch("os.link", side_effect=failing):
                        move_to(self.source, self.target)
        self.assertEqual((self.source.read_bytes(), self.target.read_bytes()), (b"picture", b"another"))

    def test_a_full_disk_leaves_nothing_half_written(self) -> None:
        def chunks() -> Iterator[bytes]:
            yield b"begin"
            raise OSError(errno.ENOSPC, "No space left on device")

        with self.assertRaises(OSError):
            write_new(self.target, chunks())
        self.assertEqual(list(self.target.parent.iterdir()), [])

    def test_a_copy_that_fails_leaves_the_source(self) -> None:
        with (
            mock.patch("os.link", side_effect=OSError(errno.EXDEV, "no")),
            mock.patch("shutil.copyfileobj", side_effect=OSError(errno.ENOSPC, "full")),
            self.assertRaises(OSError),
        ):
            move_to(self.source, self.target)
        self.assertEqual(self.source.read_bytes(), b"picture")
        self.assertEqual(list(self.target.parent.iterdir()), [])
