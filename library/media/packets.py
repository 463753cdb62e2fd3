"""Finds the XMP packet in files whose structure the metadata reader does not know."""

import mmap
from pathlib import Path
from typing import Final

_START: Final = b"<x:xmpmeta"
_END: Final = b"</x:xmpmeta>"
_LONGEST: Final = 4_000_000  # bytes


def find_xmp(path: Path) -> str:
    """The text of the first XMP packet that lies uncompressed in a file, or ""."""
    if not path.stat().st_size:
        return ""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = content.find(_START)
        end = content.find(_END, start, start + _LONGEST) if start >= 0 else -1
        return content[start : end + len(_END)].decode("utf-8", "replace") if end >= 0 else ""
