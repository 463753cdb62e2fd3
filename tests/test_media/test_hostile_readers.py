"""What reads files and starts tools: in little memory, by its own name, and without the code that lies beside."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from django.test import SimpleTestCase
from PIL import Image

from library.media import apng, images, packets
from library.media.formats import by_code
from library.media.images import Undecodable, read_picture
from library.media.metadata import Unreadable, read_metadata
from tests.test_media.samples import XMP, sample

MEGABYTE = 1024 * 1024
STEP = 4_000_000  # bytes that the search for packets reads at a time


class PanicException(BaseException):
    """As pyo3 raises it, which exports no class of this name."""


class FolderTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


class PacketsTest(FolderTest):
    def test_a_packet_is_found_wherever_it_lies(self) -> None:
        for at in (0, 1, STEP - 1, STEP - len(XMP), STEP, 3 * STEP - 5):
            with self.subTest(at):
                path = self.file("a.gif", b"\0" * at + XMP + b"\0" * 9)
                self.assertEqual(packets.find_xmp(path), XMP.decode())

    def test_exif_is_found_across_two_reads(self) -> None:
        for at in (0, STEP - 8, STEP - 1, STEP):
            with self.subTest(at):
                path = self.file("a.bin", b"\0" * at + b"Exif\0\0II*\0tail")
                self.assertEqual(packets.find_exif(path), b"II*\0tail")

    def test_what_has_no_end_is_none(self) -> None:
        self.assertEqual(packets.find_xmp(self.file("a.gif", b"<x:xmpmeta" * 900_000)), "")

    def test_a_pipe_is_not_waited_for(self) -> None:
        os.mkfifo(self.folder / "pipe")
        with self.assertRaisesMessage(Exception, "not a regular file"):
            packets.find_xmp(self.folder / "pipe")


class ChunksTest(FolderTest):
    def test_a_gigabyte_of_empty_chunks_has_no_metadata(self) -> None:
        path = self.file("a.png", sample("png")[:2000])
        os.truncate(path, 1000 * MEGABYTE)
        with self.assertRaisesMessage(Unreadable, "too many parts"):
            read_metadata(path)

    def test_a_picture_has_an_end(self) -> None:
        self.assertFalse(apng.has_endless_chunks(io.BytesIO(sample("png"))))


class ExifToolTest(FolderTest):
    def tool(self, script: str) -> Path:
        path = self.file("exiftool", f"#!/bin/sh\n{script}\n".encode())
        path.chmod(0o755)
        return path

    def test_no_configuration_is_looked_for_because_it_is_code(self) -> None:
        script = '[ "$1" = -config ] && [ -z "$2" ] && echo \'[{"XMP-dc:Title": "At the lake"}]\''
        self.assertEqual(read_metadata(self.file("a.jpg", b"x"), exiftool=self.tool(script)).title, "At the lake")

    def test_a_name_is_no_command(self) -> None:
        mark = self.folder / "ran"
        with self.assertRaises(Unreadable):
            read_metadata(self.file("touch ran|", b"x"), exiftool=self.tool(f"touch {mark}"))
        self.assertFalse(mark.exists())


class MemoryTest(FolderTest):
    """What a decoder says that comes to the limit, each in a process of its own."""

    def refused(self, path: Path) -> str:
        program = (
            "import sys; from pathlib import Path\n"
            "from library.media.formats import identify\n"
            "from library.media.images import Undecodable, read_picture\n"
            "from library.media.limits import limit_process\n"
            "limit_process(206 * 1024**2)\n"
            "path = Path(sys.argv[1])\n"
            "try:\n    read_picture(path, identify(path.name, path.open('rb').read(1024)).format)\n"
            "except Undecodable as error:\n    print(error)\n"
        )
        command = [sys.executable, "-c", program, str(path)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()

    def test_want_of_memory_is_told_whatever_the_decoder_is_written_in(self) -> None:
        picture = Image.new("RGB", (6000, 5000), "teal")
        for kind in ("WEBP", "BMP"):
            path = self.folder / f"a.{kind.lower()}"
            picture.save(path, kind)
            with self.subTest(kind):
                self.assertIn("not enough memory", self.refused(path))

    def test_a_panic_of_a_decoder_written_in_rust_is_a_sentence(self) -> None:
        path = self.file("a.jxl", sample("jxl"))
        for said, sentence in (
            ("PyObject pointer is null", "not enough memory"),
            ("index out of bounds", "is damaged"),
        ):
            with (
                self.subTest(said),
                mock.patch.object(images, "open_with_decoder", side_effect=PanicException(said)),
                self.assertRaisesRegex(Undecodable, sentence),
            ):
                read_picture(path, by_code("jxl"))

    def test_a_large_file_can_be_looked_at_without_memory_of_its_own(self) -> None:
        program = (
            "import mmap, sys\nfrom library.media.limits import limit_process\n"
            "limit_process(100_000_000, view_bytes=500_000_000)\n"
            "with open(sys.argv[1], 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:\n"
            "    print(len(content))\n"
            "try:\n    bytearray(400_000_000)\nexcept MemoryError:\n    print('refused')"
        )
        path = self.file("a.bin", b"")
        os.truncate(path, 400_000_000)
        run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
        self.assertEqual(run.stdout.split(), ["400000000", "refused"])
