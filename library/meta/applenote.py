"""What iPhones write into EXIF's maker note, which exiv2 leaves unread: the ids of Live Photos and bursts, and HDR."""

import struct
from typing import Final

MARK: Final = b"Apple iOS\0"
_TAGS: Final = {0x0A: "HDRImageType", 0x0B: "BurstUUID", 0x11: "ContentIdentifier", 0x15: "ImageUniqueID"}
_TEXT, _SIGNED = 2, 9
_HEAD: Final = 14  # bytes before the directory: the mark, a version, the order of bytes
_MOST_ENTRIES: Final = 512
_LONGEST: Final = 256  # bytes of a text


def read_note(note: bytes) -> dict[str, object]:
    """The tags of Apple's note as ExifTool names them; of another maker's note none. What is broken is left out.

    A TIFF directory, whose offsets count from the start of the note.
    """
    order = {b"MM": ">", b"II": "<"}.get(note[12:_HEAD], "")
    if not note.startswith(MARK) or not order or len(note) < _HEAD + 2:
        return {}
    (count,) = struct.unpack_from(f"{order}H", note, _HEAD)
    found = dict[str, object]()
    for at in range(_HEAD + 2, min(_HEAD + 2 + 12 * min(count, _MOST_ENTRIES), len(note) - 11), 12):
        number, kind, length = struct.unpack_from(f"{order}HHI", note, at)
        if number in _TAGS and (value := _value(note, order, at + 8, kind, length)) is not None:
            found.setdefault(_TAGS[number], value)
    return found


def _value(note: bytes, order: str, at: int, kind: int, length: int) -> str | int | None:
    if kind == _SIGNED and length == 1:
        return int(struct.unpack_from(f"{order}i", note, at)[0])
    if kind != _TEXT or not 0 < length <= _LONGEST:
        return None
    start = at if length <= _IN_PLACE else int(struct.unpack_from(f"{order}I", note, at)[0])
    return note[start : start + length].split(b"\0")[0].decode("ascii", "replace") or None


_IN_PLACE: Final = 4
