"""`python -m places.data.coasts IN OUT`: an archive of the world whose coasts MapLibre draws without complaint.

It reserves ten vertices per point of a line and warns above 65,535, so an outline of more than some 6,500 points in one
tile, as the fjords have, loses the points that tell least: those of the smallest triangles (Visvalingam and Whyatt,
1993). Everything else is copied as it is.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

LAYER: Final = "land"
MOST_POINTS: Final = 6500

Points = npt.NDArray[np.int64]
_MOVE, _LINE, _CLOSE = 1, 2, 7


def main(source: Path, target: Path) -> None:
    with source.open("rb") as file, target.open("wb") as out:
        mapped = MmapSource(file)
        writer = Writer(out)
        for address, content in all_tiles(mapped):
            writer.write_tile(zxy_to_tileid(*address), thinned(content))
        reader = Reader(mapped)
        writer.finalize(reader.header(), reader.metadata())


def thinned(tile: bytes) -> bytes:
    """The same bytes unless the tile, packed with gzip, has an outline with too many points."""
    old = gzip.decompress(tile)
    new = b"".join(_field(number, _layer(value)) if number == 3 else raw for number, value, raw in fields(old))
    return tile if new == old else gzip.compress(new, mtime=0)


def outlines(geometry: bytes) -> list[Points]:
    """The rings of a polygon of a Mapbox Vector Tile 2.1, each as rows of x and y in units of the tile."""
    numbers = list(_varints(geometry))
    rings, at, position = [], 0, np.zeros(2, np.int64)
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == _CLOSE:
            continue
        zigzag = np.array(numbers[at : at + 2 * count], np.int64).reshape(-1, 2)
        points = position + np.cumsum((zigzag >> 1) ^ -(zigzag & 1), axis=0)
        position = points[-1]
        at += 2 * count
        if command == _MOVE:
            rings.append(points)
        else:
            rings[-1] = np.concatenate([rings[-1], points])
    return rings


def fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, content and all bytes of each field of a Protocol Buffers message; numbers have no content."""
    at = 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        content = b""
        if key & 7 == 2:
            length, at = _varint(message, at)
            content = message[at : at + length]
            at += length
        else:
            _, at = _varint(message, at)
        yield key >> 3, content, message[start:at]


def _layer(layer: bytes) -> bytes:
    if not any(number == 1 and value == LAYER.encode() for number, value, _ in fields(layer)):
        return layer
    return b"".join(_field(2, _feature(value)) if number == 2 else raw for number, value, raw in fields(layer))


def _feature(feature: bytes) -> bytes:
    return b"".join(_field(4, _geometry(value)) if number == 4 else raw for number, value, raw in fields(feature))


def _geometry(geometry: bytes) -> bytes:
    rings = outlines(geometry)
    if all(len(ring) <= MOST_POINTS for ring in rings):
        return geometry
    written, position = bytearray(), np.zeros(2, np.int64)
    for ring in map(_fewer, rings):
        steps = np.diff(ring, axis=0, prepend=position[None])
        zigzag = ((steps << 1) ^ (steps >> 63)).ravel().tolist()
        for number in (_MOVE | 1 << 3, *zigzag[:2], _LINE | (len(ring) - 1) << 3, *zigzag[2:], _CLOSE | 1 << 3):
            written += _number(number)
        position = ring[-1]
    return bytes(written)


def _fewer(ring: Points) -> Points:
    while len(ring) > MOST_POINTS:
        before, after = np.roll(ring, 1, axis=0) - ring, np.roll(ring, -1, axis=0) - ring
        area = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
        # Of neighbours only one goes at a time: the next triangle is another one without it.
        is_least = (area < np.roll(area, 1)) & (area <= np.roll(area, -1))
        least = np.flatnonzero(is_least)
        gone = least[np.argsort(area[least], kind="stable")][: len(ring) - MOST_POINTS]
        ring = np.delete(ring, gone, axis=0)
    return ring


def _varints(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        number, at = _varint(packed, at)
        yield number


def _varint(message: bytes, at: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        byte = message[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def _number(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _field(number: int, content: bytes) -> bytes:
    return _number(number << 3 | 2) + _number(len(content)) + content


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
