"""Walks the boxes of ISO base media files (HEIC, AVIF, JPEG XL): how much of them is there, how long they last."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MAX_BOXES = 64
_SHORTEST_BOX = 8
_LONG_HEAD = 16


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box lies: from `start`, its content from `body`, up to `end`, which may lie beyond the file."""

    name: bytes
    start: int
    body: int
    end: int


def boxes(stream: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes side by side from `start` (ISO/IEC 14496-12, 4.2).

    A box begins with its length in four bytes and its name; a length of 1 stands for one in eight bytes, 0 for the
    rest of the file.
    """
    end = stream.seek(0, os.SEEK_END) if end is None else end
    for _ in range(_MAX_BOXES):
        if start >= end:
            # Also where no file can be so long, and seeking there fails.
            return
        stream.seek(start)
        head = stream.read(_LONG_HEAD)
        length, body = int.from_bytes(head[:4], "big"), _SHORTEST_BOX
        if length == 1:
            length, body = int.from_bytes(head[8:], "big"), _LONG_HEAD
        if length == 0 and len(head) >= _SHORTEST_BOX:
            length = end - start
        if length < body:
            return
        yield Box(head[4:8], start, start + body, start + length)
        start += length


def share_there(stream: BinaryIO) -> float:
    """How much of the file its boxes announce is there: libheif paints lost tiles of a cut picture green."""
    there = stream.seek(0, os.SEEK_END)
    # What some phones append after the picture is not in boxes.
    cut = (box for box in boxes(stream) if box.name == b"mdat" and box.end > there)
    return next((there / box.end for box in cut), 1.0)


def duration(stream: BinaryIO) -> float:
    """The seconds that the first track of a sequence lasts; 0 if there is none. The whole may repeat for ever."""
    box = _inner(stream, None, b"moov", b"trak", b"mdia", b"mdhd")
    return _seconds(stream, box) if box else 0.0


def frames(stream: BinaryIO) -> int:
    """How many frames the first track of a sequence has; 0 if there is none (ISO/IEC 14496-12, 8.7.3)."""
    box = _inner(stream, None, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz")
    if box is None:
        return 0
    stream.seek(box.body)
    return min(int.from_bytes(stream.read(12)[8:], "big"), _MOST_FRAMES)


_MOST_FRAMES = 1_000_000


def _inner(stream: BinaryIO, outer: Box | None, *names: bytes) -> Box | None:
    """The first box of a name in the first of another, and so on."""
    for name in names:
        inside = boxes(stream, outer.body, outer.end) if outer else boxes(stream)
        outer = next((box for box in inside if box.name == name), None)
        if outer is None:
            return None
    return outer


def _seconds(stream: BinaryIO, header: Box) -> float:
    """ISO/IEC 14496-12, 8.4.2; a length of all ones stands for unknown."""
    stream.seek(header.body)
    content = stream.read(32)
    at, length = (20, 8) if content[:1] == b"\1" else (12, 4)
    scale = int.from_bytes(content[at : at + 4], "big")
    ticks = int.from_bytes(content[at + 4 : at + 4 + length], "big")
    return ticks / scale if scale and ticks < 1 << (8 * length - 1) else 0.0
