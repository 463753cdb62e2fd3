"""The name of a colour profile, from the bytes of the profile itself."""

import struct
from typing import Final

_HEADER: Final = 128
_ENTRY: Final = 12
_MAX_ENTRIES: Final = 100


def profile_name(profile: bytes) -> str:
    """The description inside an ICC profile, "Display P3"; "" if there is none to read.

    ICC.1:2022 section 7.3 (tag table), 10.15 (multiLocalizedUnicode), and version 2's
    textDescription.
    """
    try:
        return _description(profile)
    except (struct.error, UnicodeDecodeError, IndexError):
        return ""


def _description(profile: bytes) -> str:
    (count,) = struct.unpack_from(">I", profile, _HEADER)
    for index in range(min(count, _MAX_ENTRIES)):
        signature, offset, size = struct.unpack_from(">4sII", profile, _HEADER + 4 + index * _ENTRY)
        if signature == b"desc":
            return _text(profile[offset : offset + size])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"mluc":
        length, offset = struct.unpack_from(">II", tag, 20)
        written = tag[offset : offset + length].decode("utf-16-be")
    else:
        (length,) = struct.unpack_from(">I", tag, 8)
        written = tag[12 : 12 + length].decode("latin-1")
    return written.partition("\0")[0].strip()
