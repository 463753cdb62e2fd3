"""Titles and names of a large library in memory: which photos may have a text in theirs, without reading every row."""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

import numpy as np
from django.db.models import F, Q, Sum
from django.db.models.functions import Length
from numpy.typing import NDArray

from library.models import Photo
from library.query.folding import fold
from library.search.idsets import Ids, IdSet
from library.search.memory import Memory
from library.search.sql import read_texts

# Columns whose texts are held, and how many characters of one at most.
COLUMNS: Final = frozenset(["title", "caption", "name"])
MOST: Final = 64 * 1024 * 1024

# Lines with one part of a pattern that are remembered for looking at the others.
_LOOKED_AT: Final = 100_000
# Changed texts that are looked through one by one.
_LATE: Final = 5_000
_WILD: Final = re.compile(r"%|_|\\(.)")


@dataclass(frozen=True, slots=True)
class Lines:
    """The folded texts of a column, a line each, with the ids of their photos in the same order.

    `starts` is where each line begins; `late` has what changed since by its photo's id.
    """

    text: bytes
    starts: NDArray[np.int32]
    ids: Ids
    late: Mapping[int, bytes] = field(default_factory=dict)
    is_whole: bool = True

    def with_text(self, wanted: bytes, most: int) -> list[int] | None:
        """The photos whose line holds the text; None if it stands in them more often than that."""
        places: list[int] = []
        at = self.text.find(wanted)
        while at >= 0:
            if len(places) > most:
                return None
            places.append(at)
            at = self.text.find(wanted, at + len(wanted))
        # All at once and in the type of the starts: each look at them alone would convert every one.
        lines = np.unique(np.searchsorted(self.starts, np.array(places, np.int32), "right") - 1)
        late = [pk for pk, line in self.late.items() if wanted in line]
        return late + [pk for pk in self.ids[lines].tolist() if pk not in self.late]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a column of photos."""

    column: str

    @property
    def key(self) -> Hashable:
        return ("texts", self.column)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([Photo._meta.db_table])

    def load(self) -> Lines:
        written = Photo.objects.exclude(**{self.column: ""})
        if (written.aggregate(length=Sum(Length(self.column)))["length"] or 0) > MOST:
            return Lines(b"", _ZERO, _NONE, is_whole=False)
        ids, texts = read_texts(written, F("pk"), F(self.column))
        folded = fold(texts).encode()
        ends = np.flatnonzero(np.frombuffer(folded, np.uint8) == ord("\n")).astype(np.int32)
        if len(ends) != len(ids):
            # The database has cut them off, as MariaDB does with what is too long for it.
            return Lines(b"", _ZERO, _NONE, is_whole=False)
        return Lines(folded, np.concatenate([_ZERO, ends[:-1] + 1])[: len(ids)], ids)

    def patch(self, value: Lines, photos: Ids) -> Lines | None:
        if not value.is_whole:
            return value
        if len(photos) + len(value.late) > _LATE:
            return None
        rows = Photo.objects.filter(pk__among=photos.tolist()).values_list("pk", self.column)
        now = {pk: fold(text).encode() for pk, text in rows}
        gone = {pk: b"" for pk in photos.tolist() if pk not in now}
        return Lines(value.text, value.starts, value.ids, {**value.late, **now, **gone})

    def size(self, value: Lines) -> int:
        return len(value.text) + int(value.starts.nbytes + value.ids.nbytes)


_NONE: Final = np.empty(0, np.int64)
_ZERO: Final = np.zeros(1, np.int32)


def candidates(condition: Q, memory: Memory, most: int) -> IdSet | None:
    """The photos that may pass a condition of LIKEs, and surely all that do; None if they are too many or unknown."""
    if condition.negated or condition.connector not in {Q.OR, Q.AND}:
        return None
    parts = [_part(child, memory, most) for child in condition.children]
    known = [part for part in parts if part is not None]
    if condition.connector == Q.AND and len(parts) > 1:
        return IdSet.of(min(known, key=len)) if known else None
    if len(known) < len(parts) or not known:
        return None
    joined: set[int] = set().union(*known)
    return IdSet.of(joined) if len(joined) <= most else None


def _part(child: object, memory: Memory, most: int) -> set[int] | None:
    if isinstance(child, Q):
        inner = candidates(child, memory, most)
        return None if inner is None else set(inner.ids.tolist())
    name, value = cast("tuple[str, object]", child)
    column, _, lookup = name.partition("__")
    if lookup != "like" or column not in COLUMNS:
        return set() if name == "pk__in" and value == [] else None
    wanted = {fold(piece).encode() for piece in _pieces(str(value))} - {b""}
    lines = memory.get(Texts(column))
    return _with_all(lines, wanted, most) if lines.is_whole else None


def _with_all(lines: Lines, wanted: Collection[bytes], most: int) -> set[int] | None:
    """The photos whose line holds all the texts; None if they are too many, or unknown."""
    found: set[int] | None = None
    for text in sorted(wanted, key=len, reverse=True):
        some = None if b"\n" in text else lines.with_text(text, _LOOKED_AT)
        if some is not None:
            found = set(some) if found is None else found.intersection(some)
        if found is not None and len(found) <= most:
            return found
    return None


def _pieces(pattern: str) -> list[str]:
    """The literal pieces of a LIKE pattern."""
    return _WILD.sub(lambda found: found[1] or "\0", pattern).split("\0")
