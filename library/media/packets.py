"""Finds the XMP packet or the EXIF block in files whose structure the metadata reader does not know."""

import os
import re
from pathlib import Path
from typing import BinaryIO, Final

from library.media.mediafile import open_regular

_START: Final = re.compile(rb"<x:xmpmeta")
_END: Final = b"</x:xmpmeta>"
_LONGEST: Final = 4_000_000  # bytes
_EXIF: Final = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_LONGEST_EXIF: Final = 1_000_000  # bytes
_SEARCHED: Final = 64_000_000  # bytes; EXIF stands near the beginning
_SEARCHED_FOR_XMP: Final = 512_000_000  # bytes; some programs append it
_STEP: Final = 4_000_000  # bytes read at a time
_MARK: Final = 10  # bytes of the longest mark that is searched for


def find_xmp(path: Path) -> str:
    """The text of the first XMP packet that lies uncompressed in a file, or ""."""
    with open_regular(path) as stream:
        start = _place_of(_START, stream, _SEARCHED_FOR_XMP)
        content = os.pread(stream.fileno(), _LONGEST, start) if start >= 0 else b""
    end = content.find(_END)
    return content[: end + len(_END)].decode("utf-8", "replace") if end >= 0 else ""


def find_exif(path: Path) -> bytes:
    """The first EXIF block in a file, from its TIFF header on and beyond its end, or b""."""
    with open_regular(path) as stream:
        start = _place_of(_EXIF, stream, _SEARCHED)
        return os.pread(stream.fileno(), _LONGEST_EXIF, start + len(b"Exif\0\0")) if start >= 0 else b""


def _place_of(mark: re.Pattern[bytes], stream: BinaryIO, most: int) -> int:
    """Where the first match begins, -1 if there is none; in little memory, however long the file is."""
    for at in range(0, min(most, os.fstat(stream.fileno()).st_size), _STEP):
        if found := mark.search(os.pread(stream.fileno(), _STEP + _MARK, at)):
            return at + found.start()
    return -1
