"""Reads the chunks of a PNG before its pixels: frames and duration of an animation, and how colours are meant."""

import os
from collections.abc import Iterator
from typing import BinaryIO

from library.media.cicp import SRGB, Cicp

_MAX_CHUNKS = 100_000
_CENTISECONDS = 100


def read_animation(stream: BinaryIO) -> tuple[int, float]:
    """Frames and seconds; 1 and 0 for a picture that stands still (PNG, third edition, 11.3.6)."""
    frames, seconds = 1, 0.0
    for kind, length in _chunks(stream):
        if kind == b"IDAT" and frames == 1:
            break
        if kind == b"acTL":
            frames = max(1, int.from_bytes(stream.read(4), "big"))
        elif kind == b"fcTL" and length >= 24:
            stream.seek(20, os.SEEK_CUR)
            seconds += int.from_bytes(stream.read(2), "big") / (int.from_bytes(stream.read(2), "big") or _CENTISECONDS)
    return frames, seconds if frames > 1 else 0.0


def read_cicp(stream: BinaryIO) -> Cicp:
    """What the cICP chunk says; sRGB if there is none (PNG, third edition, 11.3.2.6)."""
    for kind, _ in _chunks(stream):
        if kind == b"cICP":
            code = stream.read(2)
            return Cicp(*code) if len(code) == 2 else SRGB
        if kind == b"IDAT":
            break
    return SRGB


def has_endless_chunks(stream: BinaryIO) -> bool:
    """Whether there are more chunks than in any picture: to walk over those of a gigabyte of zeros takes a minute."""
    return sum(1 for _ in _chunks(stream)) == _MAX_CHUNKS


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Name and length of each chunk; the stream stands at its content."""
    at = 8
    for _ in range(_MAX_CHUNKS):
        stream.seek(at)
        head = stream.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return
        length = int.from_bytes(head[:4], "big")
        yield head[4:], length
        at += length + 12
