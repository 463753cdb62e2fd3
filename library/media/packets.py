"""Finds the XMP packet or the EXIF block in files whose structure the metadata reader does not know."""

import mmap
import re
from pathlib import Path
from typing import Final

_START: Final = b"<x:xmpmeta"
_END: Final = b"</x:xmpmeta>"
_LONGEST: Final = 4_000_000  # bytes
_EXIF: Final = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
_LONGEST_EXIF: Final = 1_000_000  # bytes
_SEARCHED: Final = 64_000_000  # bytes; EXIF stands near the beginning


def find_xmp(path: Path) -> str:
    """The text of the first XMP packet that lies uncompressed in a file, or ""."""
    if not path.stat().st_size:
        return ""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = content.find(_START)
        end = content.find(_END, start, start + _LONGEST) if start >= 0 else -1
        return content[start : end + len(_END)].decode("utf-8", "replace") if end >= 0 else ""


def find_exif(path: Path) -> bytes:
    """The first EXIF block in a file, from its TIFF header on and beyond its end, or b""."""
    if not path.stat().st_size:
        return b""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = _EXIF.search(content, 0, min(len(content), _SEARCHED))
        return content[found.end() : found.end() + _LONGEST_EXIF] if found else b""
