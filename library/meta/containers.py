"""What a film without a movie box says of itself: texts of its container, and what AVCHD cameras write into it."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Final

from library.meta import tags
from library.meta.data import Metadata
from library.meta.quicktime import renamed

RECORDED: Final = "DATE_RECORDED"
"""Matroska's name of the moment that a film was taken at."""

_MDPM: Final = uuid.UUID("17ee8c60-f84d-11d9-8cd6-0800200c9a66").bytes + b"MDPM"
_DAY, _TIME = 0x18, 0x19


def from_container(texts: Mapping[str, str]) -> Metadata:
    """Metadata from texts under FFmpeg's names; a date without a zone, as AVI has it, is the camera's wall clock."""
    return tags.to_metadata({tag: [value] for tag, value in renamed(texts).items()})


def recording_date(message: bytes) -> str:
    """The wall clock in a message between the pictures of H.264, "" if it is another message.

    AVCHD: a count, then that many packs of a number and four bytes. 24 has the zone, century, year and month, 25 the
    day and the time, each as two decimal digits in a byte.
    """
    packs = dict(_packs(message))
    digits = (packs.get(_DAY, b"")[1:] + packs.get(_TIME, b"")).hex()
    if len(digits) != _DIGITS or not digits.isdecimal():
        return ""
    return f"{digits[:4]}:{digits[4:6]}:{digits[6:8]} {digits[8:10]}:{digits[10:12]}:{digits[12:14]}"


_DIGITS: Final = 14


def _packs(message: bytes) -> Iterator[tuple[int, bytes]]:
    head = len(_MDPM) + 1
    if not message.startswith(_MDPM) or len(message) < head:
        return
    for at in range(head, min(head + 5 * message[head - 1], len(message)), 5):
        yield message[at], message[at + 1 : at + 5]
