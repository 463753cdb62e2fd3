"""Pure: which photo of a group to keep, by a rule, and what speaks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

Rule: TypeAlias = Literal["best", "cherished", "oldest", "newest"]
Reason: TypeAlias = Literal["pixels", "format", "bytes", "facts", "cherished", "taken", "added"]

_RAW, _CAMERA, _LOSSLESS, _OTHER = 3, 2, 1, 0
_CAMERA_FORMATS: Final = frozenset(["heic", "heif", "heics", "hif"])
_LOSSLESS_FORMATS: Final = frozenset(["png", "tiff", "psd", "jxl"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What is known of a photo: pixels and bytes of its largest original, and what that was made by.

    `facts` counts what it says of itself: date, camera, position, motion; `cherished` what people did: favourites,
    albums, stars, edits; `added` is a number that rises as photos come into the library.
    """

    uid: str
    pixels: int
    bytes: int
    format: int
    facts: int
    cherished: int
    taken: datetime
    added: int


# What each reason compares; of two values the larger is better.
_MEASURES: Final[dict[Reason, Callable[[Copy], Any]]] = {
    "pixels": lambda copy: copy.pixels,
    "format": lambda copy: copy.format,
    "bytes": lambda copy: copy.bytes,
    "facts": lambda copy: copy.facts,
    "cherished": lambda copy: copy.cherished,
    "taken": lambda copy: -copy.taken.timestamp(),
    "added": lambda copy: -copy.added,
}
_BEST: Final[tuple[Reason, ...]] = ("pixels", "format", "bytes", "facts", "cherished", "taken", "added")
_FIRST: Final[dict[Rule, Reason]] = {"cherished": "cherished", "oldest": "added", "newest": "added"}
RULES: Final[tuple[Rule, ...]] = ("best", "cherished", "oldest", "newest")


def format_rank(media_type: str, name: str) -> int:
    """RAW before what cameras write beside it, before lossless formats, before what was most likely saved again."""
    if media_type == "raw":
        return _RAW
    if name in _CAMERA_FORMATS:
        return _CAMERA
    return _LOSSLESS if name in _LOSSLESS_FORMATS else _OTHER


def choose(copies: Sequence[Copy], rule: Rule) -> tuple[Copy, list[Reason]]:
    """The one to keep, and by what it beats every other one; the UID decides between equals.

    `oldest` and `newest` go by when they came into the library.
    """
    first = _FIRST.get(rule)
    order = [*([first] if first else []), *(reason for reason in _BEST if reason != first)]
    sign = -1 if rule == "newest" else 1

    def rank(copy: Copy) -> tuple[Any, ...]:
        values = [_MEASURES[reason](copy) * (sign if reason == first else 1) for reason in order]
        return (*(-value for value in values), copy.uid)

    kept = min(copies, key=rank)
    others = [rank(copy) for copy in copies if copy is not kept]
    return kept, [reason for at, reason in enumerate(order) if all(rank(kept)[at] < other[at] for other in others)]


def better(copies: Sequence[Copy], uid: str) -> frozenset[Reason]:
    """In what a photo is the best of its group, and not all are equal."""
    own = next(copy for copy in copies if copy.uid == uid)
    return frozenset(
        reason
        for reason in ("pixels", "bytes", "cherished")
        if (values := [_MEASURES[reason](copy) for copy in copies])
        and _MEASURES[reason](own) == max(values) > min(values)
    )
