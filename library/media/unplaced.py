"""Pure: what has to be blanked in a file so that it does not say where it was taken; its length stays the same.

Nothing is written: whoever sends the file puts the blanks over what they read. All metadata goes but the orientation
and the colour profile, as positions and names of places stand in many corners of EXIF, XMP, IPTC and QuickTime.
"""

import mmap
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final, Literal

from library.media.isobmff import Box, boxes

_ORIENTATION: Final = 0x0112
_TIFF: Final = (b"II*\0", b"MM\0*")
_EXIF: Final = b"Exif\0\0"

# JPEG: frames, tables and scans stay, and of the segments of applications these.
_APPLICATIONS: Final = frozenset([*range(0xE0, 0xF0), 0xFE])
_KEPT_SEGMENTS: Final = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_COMMENT: Final = 0xFE
_STANDALONE: Final = frozenset([0x01, *range(0xD0, 0xD8)])
_MARKER: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")

_KEPT_CHUNKS: Final = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_VOID_CHUNK: Final = b"voId"  # PNG's spelling of a chunk that is private and may be passed over
_CRC: Final = 4

_WEBP_PICTURE: Final = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
_HAS_XMP: Final = 0b100

# ISO base media: what pictures and sound need; all else may hold positions, and some cameras make boxes of their own.
_KEPT_BOXES: Final = {
    b"": frozenset([b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"meta", b"wide"]),
    b"moov": frozenset([b"mvhd", b"trak", b"mvex", b"iods"]),
    b"trak": frozenset([b"tkhd", b"edts", b"mdia", b"tref", b"tapt"]),
    b"mdia": frozenset([b"mdhd", b"hdlr", b"minf", b"elng"]),
}
_SEEN_OR_HEARD: Final = frozenset([b"vide", b"soun", b"pict", b"auxv", b"tmcd"])
_PICTURES: Final = frozenset([b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis", b"miaf"])
_TELLING_ITEMS: Final = frozenset([b"Exif", b"mime", b"uri "])
_MOST_SAMPLES: Final = 1_000_000


class CannotUnplace(Exception):
    """Nobody knows where in a file of this format places may stand."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The bytes from `start` to before `end` are `head` and zeros."""

    start: int
    end: int
    head: bytes = b""

    def over(self, content: bytearray, at: int) -> None:
        """Puts it over what was read from position `at`."""
        first, last = max(self.start, at), min(self.end, at + len(content))
        if first < last:
            head = self.head[first - self.start : last - self.start]
            content[first - at : last - at] = head + bytes(last - first - len(head))


def blanked(content: bytes, at: int, blanks: Sequence[Blank]) -> bytes:
    """What was read from a position of the file, with the blanks over it."""
    changed = bytearray(content)
    for blank in blanks:
        blank.over(changed, at)
    return bytes(changed)


def blanks_of(file: BinaryIO, start: int = 0, end: int | None = None) -> tuple[Blank, ...]:
    """The blanks for an open file, or for the part of it that is a file of its own. Raises CannotUnplace."""
    size = file.seek(0, 2)
    end = size if end is None else min(end, size)
    head = _read(file, start, min(16, end - start))
    find = _reader_of(head)
    try:
        return tuple(find(file, start, end))
    except (IndexError, ValueError, OverflowError) as error:
        raise CannotUnplace from error


def _reader_of(head: bytes) -> Callable[[BinaryIO, int, int], Iterator[Blank]]:
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if head.startswith(_PNG):
        return _png
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        return _media
    raise CannotUnplace


def _jpeg(file: BinaryIO, start: int, end: int) -> Iterator[Blank]:
    """Segments of applications become comments of zeros; what lies behind the picture becomes zeros."""
    with mmap.mmap(file.fileno(), end, prot=mmap.PROT_READ) as content:
        at = start + 2
        while found := _MARKER.search(content, at, end):
            marker, body = content[found.end() - 1], found.end()
            if marker == 0xD9:
                if body < end:
                    yield Blank(body, end)
                return
            if marker in _STANDALONE or marker == 0xD8:
                at = body
                continue
            length = int.from_bytes(content[body : body + 2], "big")
            if length < 2 or body + length > end:
                raise CannotUnplace
            at = body + length
            payload = content[body + 2 : at]
            if marker in _APPLICATIONS and not any(
                marker == kept and payload.startswith(name) for kept, name in _KEPT_SEGMENTS
            ):
                yield from _segment(body, payload)
    raise CannotUnplace


def _segment(body: int, payload: bytes) -> Iterator[Blank]:
    small = _orientation_alone(payload[len(_EXIF) :]) if payload.startswith(_EXIF) else b""
    if small and len(_EXIF + small) <= len(payload):
        yield Blank(body + 2, body + 2 + len(payload), _EXIF + small)
        return
    yield Blank(body - 1, body, bytes([_COMMENT]))
    yield Blank(body + 2, body + 2 + len(payload))


def _png(file: BinaryIO, start: int, end: int) -> Iterator[Blank]:
    at = start + len(_PNG)
    while at + 8 <= end:
        head = _read(file, at, 8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        behind = at + 8 + length
        if behind + _CRC > end:
            raise CannotUnplace
        is_ancillary = bool(name[0] & 0x20)
        if is_ancillary and name not in _KEPT_CHUNKS:
            small = _orientation_alone(_read(file, at + 8, length)) if name == b"eXIf" else b""
            kept = name if small else _VOID_CHUNK
            content = small + bytes(length - len(small))
            crc = zlib.crc32(kept + content).to_bytes(_CRC, "big")
            yield Blank(at + 4, at + 8, kept)
            yield Blank(at + 8, behind, small)
            yield Blank(behind, behind + _CRC, crc)
        at = behind + _CRC
        if name == b"IEND":
            if at < end:
                yield Blank(at, end)
            return
    raise CannotUnplace


def _webp(file: BinaryIO, start: int, end: int) -> Iterator[Blank]:
    riff = start + 8 + int.from_bytes(_read(file, start + 4, 4), "little")
    if riff > end:
        raise CannotUnplace
    at = start + 12
    while at + 8 <= riff:
        head = _read(file, at, 8)
        length, name = int.from_bytes(head[4:], "little"), head[:4]
        behind = at + 8 + length
        if behind > end:
            raise CannotUnplace
        if name == b"VP8X":
            yield Blank(at + 8, at + 9, bytes([_read(file, at + 8, 1)[0] & ~_HAS_XMP]))
        elif name not in _WEBP_PICTURE:
            exif = _read(file, at + 8, length) if name == b"EXIF" else b""
            small = _orientation_alone(exif.removeprefix(_EXIF))
            yield Blank(at, at + 4, name if small else b"VOID")
            yield Blank(at + 8, behind, small if len(small) <= length else b"")
        at = behind + length % 2
    if riff < end:
        yield Blank(riff, end)


def _media(file: BinaryIO, start: int, end: int) -> Iterator[Blank]:
    """Videos and HEIF pictures: boxes that neither show nor sound become free space."""
    outer = list(_all_boxes(file, start, end))
    head = _read(file, start, min(64, end - start))
    is_picture = any(head[at : at + 4] in _PICTURES for at in range(8, len(head) - 3, 4)) and head[4:8] == b"ftyp"
    for box in outer:
        if box.name not in _KEPT_BOXES[b""] or (box.name == b"meta" and not is_picture):
            yield _freed(box)
            yield Blank(box.body, box.end)
        elif box.name == b"meta":
            yield from _items(file, box)
        elif box.name == b"moov":
            yield from _movie(file, box, start, has_fragments=any(one.name == b"moof" for one in outer))


def _movie(file: BinaryIO, movie: Box, start: int, *, has_fragments: bool) -> Iterator[Blank]:
    for box in _all_boxes(file, movie.body, movie.end):
        if box.name == b"cmov":
            raise CannotUnplace
        if box.name != b"trak":
            yield from _unless_kept(b"moov", box)
            continue
        for part in _all_boxes(file, box.body, box.end):
            yield from _unless_kept(b"trak", part)
            if part.name == b"mdia":
                yield from _track(file, part, start, has_fragments=has_fragments)


def _track(file: BinaryIO, track: Box, start: int, *, has_fragments: bool) -> Iterator[Blank]:
    kind = b""
    for box in _all_boxes(file, track.body, track.end):
        yield from _unless_kept(b"mdia", box)
        if box.name == b"hdlr":
            kind = _read(file, box.body + 8, 4)
            yield Blank(min(box.body + 24, box.end), box.end)
    if kind in _SEEN_OR_HEARD:
        return
    # Receivers of cameras write a track of their own.
    if has_fragments:
        raise CannotUnplace
    yield from _samples(file, track, start)


def _samples(file: BinaryIO, track: Box, start: int) -> Iterator[Blank]:
    """All chunks of a track (ISO/IEC 14496-12, 8.7), whose places are counted from the start of the video."""
    tables = {box.name: box for box in _within(file, track, b"minf", b"stbl")}
    sizes = _sample_sizes(file, tables)
    chunks, wide = (tables[b"co64"], 8) if b"co64" in tables else (tables.get(b"stco"), 4)
    runs = tables.get(b"stsc")
    if chunks is None or runs is None:
        raise CannotUnplace
    content = _read(file, chunks.body + 8, chunks.end - chunks.body - 8)
    offsets = [int.from_bytes(content[at : at + wide], "big") for at in range(0, len(content), wide)]
    content = _read(file, runs.body + 8, runs.end - runs.body - 8)
    starts = [
        (int.from_bytes(content[at : at + 4], "big"), int.from_bytes(content[at + 4 : at + 8], "big"))
        for at in range(0, len(content), 12)
    ]
    sample = 0
    for number, offset in enumerate(offsets, 1):
        count = next((many for first, many in reversed(starts) if first <= number), 0)
        length = sum(sizes[sample : sample + count])
        sample += count
        yield Blank(start + offset, start + offset + length)


def _sample_sizes(file: BinaryIO, tables: dict[bytes, Box]) -> list[int]:
    table = tables.get(b"stsz")
    if table is None:
        raise CannotUnplace
    head = _read(file, table.body + 4, 8)
    size, count = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    if count > _MOST_SAMPLES:
        raise CannotUnplace
    if size:
        return [size] * count
    content = _read(file, table.body + 12, 4 * count)
    return [int.from_bytes(content[at : at + 4], "big") for at in range(0, len(content), 4)]


def _items(file: BinaryIO, meta: Box) -> Iterator[Blank]:
    """EXIF, XMP and the like in a HEIF picture (ISO/IEC 23008-12, and 14496-12, 8.11)."""
    inside = {box.name: box for box in _all_boxes(file, meta.body + 4, meta.end)}
    if b"iinf" not in inside or b"iloc" not in inside:
        raise CannotUnplace
    telling = set(_telling(file, inside[b"iinf"]))
    idat = inside[b"idat"].body if b"idat" in inside else -1
    for number, offset, length, is_inside in _extents(file, inside[b"iloc"]):
        if number in telling:
            if is_inside and idat < 0:
                raise CannotUnplace
            first = idat + offset if is_inside else offset
            yield Blank(first, first + length)
    for box in inside.values():
        if box.name in (b"udta", b"uuid", b"xml ", b"bxml"):
            yield _freed(box)
            yield Blank(box.body, box.end)


def _telling(file: BinaryIO, table: Box) -> Iterator[int]:
    version = _read(file, table.body, 1)[0]
    for box in _all_boxes(file, table.body + (6 if version == 0 else 8), table.end):
        content = _read(file, box.body, min(16, box.end - box.body))
        wide = 4 if content[0] >= 3 else 2
        if content[0] >= 2 and content[4 + wide + 2 : 4 + wide + 6] in _TELLING_ITEMS:
            yield int.from_bytes(content[4 : 4 + wide], "big")
        elif content[0] < 2:
            raise CannotUnplace


def _extents(file: BinaryIO, table: Box) -> Iterator[tuple[int, int, int, bool]]:
    """Items with where they lie: number, offset, length, and whether that counts from the box `idat`."""
    content = BytesIO(_read(file, table.body, table.end - table.body))

    def number(wide: int) -> int:
        return int.from_bytes(content.read(wide), "big")

    version, _ = number(1), number(3)
    sizes, more = number(1), number(1)
    offset_size, length_size, base_size = sizes >> 4, sizes & 15, more >> 4
    index_size = more & 15 if version in (1, 2) else 0
    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version in (1, 2) else 0
        number(2)
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            offset, length = base + number(offset_size), number(length_size)
            if method > 1 or not length:
                raise CannotUnplace
            yield item, offset, length, method == 1


def _all_boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """However many there are, as each picture of a grid has one; up to the end, as what is not read is not blanked."""
    while start < end:
        found = next(boxes(file, start, end), None)
        if found is None or found.end > end:
            raise CannotUnplace
        yield found
        start = found.end


def _within(file: BinaryIO, outer: Box, *names: bytes) -> list[Box]:
    for name in names:
        found = next((box for box in _all_boxes(file, outer.body, outer.end) if box.name == name), None)
        if found is None:
            raise CannotUnplace
        outer = found
    return list(_all_boxes(file, outer.body, outer.end))


def _unless_kept(inside: bytes, box: Box) -> Iterator[Blank]:
    if box.name not in _KEPT_BOXES[inside]:
        yield _freed(box)
        yield Blank(box.body, box.end)


def _freed(box: Box) -> Blank:
    return Blank(box.start + 4, box.start + 8, b"free")


def _orientation_alone(tiff: bytes) -> bytes:
    """A TIFF header with one field, the orientation; b"" without one other than upright."""
    if tiff[:4] not in _TIFF:
        return b""
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    first = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[first : first + 2], order)
    for at in range(first + 2, min(first + 2 + 12 * count, len(tiff) - 11), 12):
        if int.from_bytes(tiff[at : at + 2], order) == _ORIENTATION:
            value = tiff[at + 8 : at + 10]
            field = tiff[at : at + 8] + value + bytes(2)
            one = (1).to_bytes(2, order)
            return tiff[:4] + (8).to_bytes(4, order) + one + field + bytes(4)
    return b""


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    """Exactly so many bytes. Raises CannotUnplace for a file that ends before."""
    file.seek(at)
    content = file.read(length)
    if len(content) < length:
        raise CannotUnplace
    return content
