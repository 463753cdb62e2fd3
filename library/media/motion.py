"""Pure: the video inside a motion photo, wherever in the file a phone has put it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from library.media.formats import HEAD_SIZE, detect
from library.media.mediafile import open_regular

FORMATS_WITH_VIDEO: Final = frozenset({"jpg", "heic"})
"""Formats in which phones keep a video beside the picture."""

_HEAD: Final = 256 * 1024  # bytes in which XMP stands
_CHUNK: Final = 1024 * 1024
_MOST_SCANNED: Final = 512 * _CHUNK  # bytes; the largest phone pictures have a fifth of it
_MOST_TRIED: Final = 64  # places where a video could begin
_MOST_BOXES: Final = 256  # beside each other
_LONGEST: Final = 3600  # seconds; a header that claims more lies

# MicroVideo is Google's first way, Container its second and Samsung's as well; both count from the end of the file.
_OFFSETS: Final = re.compile(rb"MicroVideoOffset(?:=[\"']|>)(\d{1,12})")
_ITEMS: Final = re.compile(rb"<[^<>]*Semantic=[\"']MotionPhoto[\"'][^<>]*>", re.DOTALL)
_LENGTH: Final = re.compile(rb"Length=[\"'](\d{1,12})")
_PARTS: Final = frozenset(
    {
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"wide",
        b"uuid",
        b"udta",
        b"meta",
        b"moof",
        b"mfra",
        b"sidx",
        b"pdin",
    }
)


@dataclass(frozen=True, slots=True)
class Clip:
    """A video inside a picture's file: `length` bytes from `offset` on are an MP4 of their own.

    `codec` is the four letters of its pictures ("avc1", "hvc1"), "" if not found.
    """

    offset: int
    length: int
    duration: timedelta | None = None
    codec: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Where the bytes of a video lie: `length` of them from `offset` on, 0 for all of the file."""

    path: Path
    offset: int = 0
    length: int = 0


class HoldsVideo(Protocol):
    """What a file's row says of the video inside."""

    video_offset: int
    video_length: int


@dataclass(frozen=True, slots=True)
class _Box:
    """A part of an MP4: what it contains lies from `start` to before `end`."""

    kind: bytes
    start: int
    end: int


def find_video(path: Path) -> Clip | None:
    """The video in a picture of Google, Samsung or others, or None.

    What XMP says is tried first, then every `ftyp`; only whole boxes with an index and data count, so that neither
    chance nor a lying tag makes a video. Reads each byte at most once; raises OSError, NotAFile.
    """
    with open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        starts = dict.fromkeys(_starts(stream, size))
        return next((clip for start in starts if (clip := _clip_at(stream, start, size))), None)


def video_of(file: HoldsVideo, path: Path) -> Part:
    """The video of a file at `path`: the part inside of it, or all of it."""
    return Part(path, file.video_offset, file.video_length) if file.video_length else Part(path)


def _starts(stream: BufferedReader, size: int) -> Iterator[int]:
    """Where a video may begin: as told by XMP, then as met."""
    head = os.pread(stream.fileno(), _HEAD, 0)
    lengths = [found[1] for item in _ITEMS.finditer(head) if (found := _LENGTH.search(item[0]))]
    for told in [*lengths, *(found[1] for found in _OFFSETS.finditer(head))]:
        if 0 < size - int(told) < size:
            yield size - int(told)
    yield from islice(_scan(stream, size), _MOST_TRIED)


def _scan(stream: BufferedReader, size: int) -> Iterator[int]:
    """Each place after the picture's own head that looks like the begin of an MP4."""
    kept = b""
    for at in range(0, min(size, _MOST_SCANNED), _CHUNK):
        block = kept + os.pread(stream.fileno(), _CHUNK, at)
        begin = at - len(kept)
        for found in re.finditer(rb"ftyp", block):
            start = begin + found.start() - 4
            if start > 0:
                yield start
        kept = block[-3:]


def _clip_at(stream: BufferedReader, start: int, size: int) -> Clip | None:
    head = os.pread(stream.fileno(), HEAD_SIZE, start)
    found = detect(head)
    if head[4:8] != b"ftyp" or found is None or found.media_type != "video":
        return None
    boxes = list(_boxes(stream, start, size, only=_PARTS))
    index = next((box for box in boxes if box.kind == b"moov"), None)
    if index is None or not any(box.kind in (b"mdat", b"moof") for box in boxes):
        return None
    return Clip(start, boxes[-1].end - start, _duration(stream, index), _codec(stream, index))


def _boxes(stream: BufferedReader, start: int, end: int, *, only: frozenset[bytes] | None = None) -> Iterator[_Box]:
    """The boxes from `start` on, as long as they are whole and, with `only`, of these kinds."""
    for _ in range(_MOST_BOXES):
        head = os.pread(stream.fileno(), 16, start)
        if start + 8 > end or len(head) < 8:
            return
        length, kind, inner = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, inner = int.from_bytes(head[8:16], "big"), start + 16
        stop = end if length == 0 else start + length
        if stop < inner or stop > end or (only is not None and kind not in only):
            return
        yield _Box(kind, inner, stop)
        start = stop


def _inside(stream: BufferedReader, box: _Box, *path: bytes) -> Iterator[_Box]:
    """The boxes at this path below a box."""
    for child in _boxes(stream, box.start, box.end):
        if child.kind == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from _inside(stream, child, *path[1:])


def _duration(stream: BufferedReader, index: _Box) -> timedelta | None:
    """From the movie header: clock ticks, and ticks a second."""
    header = next(_inside(stream, index, b"mvhd"), None)
    if header is None:
        return None
    content = os.pread(stream.fileno(), 32, header.start)
    rate, ticks = (content[20:24], content[24:32]) if content[:1] == b"\1" else (content[12:16], content[16:20])
    seconds = int.from_bytes(ticks, "big") / (int.from_bytes(rate, "big") or 1)
    return timedelta(seconds=seconds) if 0 < seconds <= _LONGEST else None


def _codec(stream: BufferedReader, index: _Box) -> str:
    """The name of the first sample description of the track of pictures."""
    for media in _inside(stream, index, b"trak", b"mdia"):
        handler = next(_inside(stream, media, b"hdlr"), None)
        table = next(_inside(stream, media, b"minf", b"stbl", b"stsd"), None)
        if handler and table and os.pread(stream.fileno(), 4, handler.start + 8) == b"vide":
            name = os.pread(stream.fileno(), 4, table.start + 12)
            return name.decode("ascii") if name.isalnum() else ""
    return ""
