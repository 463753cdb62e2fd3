"""How much of a film is there, by what its container announces: one that is cut off plays, until it ends too early."""

import os
from typing import BinaryIO, Final

from library.media import isobmff

_SEGMENT: Final = b"\x18\x53\x80\x67"
_MOST_HEAD: Final = 4096  # bytes before the segment of a Matroska file
_MOST_PARTS: Final = 1024  # of a gigabyte each
_UNKNOWN: Final = 0xFFFF_FF00  # what recorders write that did not know the length yet


def share_there(stream: BinaryIO, demuxer: str) -> float:
    """From above 0 to 1, which also stands for a container that announces no length."""
    there = stream.seek(0, os.SEEK_END)
    announced = _ENDS[demuxer](stream, there) if demuxer in _ENDS else 0
    return there / announced if announced > there else 1.0


def _end_of_boxes(stream: BinaryIO, there: int) -> int:
    return max((box.end for box in isobmff.boxes(stream) if box.name == b"mdat"), default=0)


def _end_of_segment(stream: BinaryIO, there: int) -> int:
    """Matroska: where its one segment ends, 0 if that was not known when it was begun (RFC 8794, 4 and 6)."""
    stream.seek(0)
    head = stream.read(_MOST_HEAD)
    at = head.find(_SEGMENT) + len(_SEGMENT)
    if at < len(_SEGMENT) or at >= len(head) or not head[at]:
        return 0
    width = 9 - head[at].bit_length()
    ones = (1 << 7 * width) - 1
    size = int.from_bytes(head[at : at + width], "big") & ones
    return 0 if size == ones else at + width + size


def _end_of_riffs(stream: BinaryIO, there: int) -> int:
    """AVI: where its last part ends; films of several gigabytes have one each."""
    end = 0
    for _ in range(_MOST_PARTS):
        stream.seek(end)
        head = stream.read(8)
        size = int.from_bytes(head[4:], "little")
        if head[:4] != b"RIFF" or size >= _UNKNOWN or end >= there:
            break
        end += 8 + size + size % 2
    return end


_ENDS: Final = {"mov": _end_of_boxes, "matroska": _end_of_segment, "avi": _end_of_riffs}
