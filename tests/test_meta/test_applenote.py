"""The ids that iPhones write into EXIF's maker note."""

import struct
import tempfile
from pathlib import Path

import pyexiv2
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.media.metadata import read_metadata
from library.meta.applenote import MARK, read_note
from tests.live_pictures import apple_note
from tests.originals import write_picture

UUID = "A0F48A1B-E07F-4666-9773-8252220C4B97"


def note(*entries: bytes, texts: bytes = b"", order: str = ">") -> bytes:
    mark = b"MM" if order == ">" else b"II"
    return MARK + b"\0\1" + mark + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4) + texts


class AppleNoteTest(SimpleTestCase):
    def test_the_id_of_a_live_photo(self) -> None:
        self.assertEqual(read_note(apple_note(UUID)), {"ContentIdentifier": UUID})

    def test_numbers_and_short_texts_stand_in_their_entry(self) -> None:
        for order in "><":
            hdr = struct.pack(f"{order}HHIi", 0x0A, 9, 1, 3)
            burst = struct.pack(f"{order}HHI", 0x0B, 2, 3) + b"AB\0\0"
            self.assertEqual(read_note(note(hdr, burst, order=order)), {"HDRImageType": 3, "BurstUUID": "AB"})

    def test_what_is_broken_is_left_out(self) -> None:
        far = struct.pack(">HHII", 0x11, 2, 37, 2**32 - 1)
        long = struct.pack(">HHII", 0x11, 2, 2**31, 32)
        other = struct.pack(">HHII", 0x11, 7, 16, 32)
        for broken in (b"", MARK, MARK + b"\0\1XX", note(far), note(long), note(other), note(far)[:20], b"Nikon\0\2"):
            with self.subTest(broken):
                self.assertEqual(read_note(broken), {})

    @given(st.binary(max_size=200))
    def test_no_bytes_are_too_odd(self, rest: bytes) -> None:
        read_note(MARK + b"\0\1MM" + rest)

    def test_a_picture_tells_it(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = write_picture(Path(folder) / "a.jpg")
            numbers = " ".join(str(byte) for byte in apple_note(UUID))
            with pyexiv2.Image(str(path)) as picture:
                picture.modify_exif({"Exif.Image.Make": "Apple", "Exif.Photo.MakerNote": numbers})
            found = read_metadata(path)
        self.assertEqual((found.content_id, found.document_id), (UUID.lower(), UUID.lower()))
