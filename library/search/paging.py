"""A page of the photos that were found in a large library, in any order: only its own rows are read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db.models import QuerySet

from library.models import Photo
from library.search.compile import FEW
from library.search.idsets import Ids, IdSet
from library.search.memory import Memory
from library.search.ordering import BadPage, Order, after_key, after_values, mark_values, ordered
from library.search.ranking import behind, covering, ranked
from library.search.remembered import ABSENT, Column, Placed, Places, Ranks, at
from library.search.sql import Shuffled, read_in_order

# The names that photos are sorted by, and the tables that these are read from.
RANKS: Final = {
    "folder__path": Ranks("folder__path", frozenset(["library_photo", "library_folder"])),
    "cell": Ranks("cell", frozenset(["library_photo"])),
}
_TEXTS: Final = frozenset(["title", "name"])
_DEFAULTS: Final = {"bytes": 0, "diff": -1}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Rows that a walk reads first, and in each step after that.
_FIRST, _FURTHER = 2_000, 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of what is found, in which order."""

    order: Order
    count: int
    offset: int = 0
    after: str = ""


def part_of(photos: QuerySet[Any], part: Part) -> list[int]:
    """The ids of the part of these photos, as the database sorts them. Raises BadPage."""
    in_order = ordered(photos, part.order)
    if part.after:
        in_order = after_key(in_order, part.order, part.after)
    return list(in_order.values_list("pk", flat=True)[part.offset : part.offset + part.count])


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a set of photos; `seen` are the rows that a walk may lead through, all of them and more."""

    found: IdSet
    seen: QuerySet[Any]
    memory: Memory

    def ids(self, part: Part) -> list[int]:
        """The ids of the part, in its order. Raises BadPage."""
        if len(self.found) <= FEW and not self._is_held(part.order):
            return part_of(Photo.objects.filter(pk__among=self.found.ids.tolist()), part)
        if not _TEXTS.intersection(part.order.names):
            return self._ranked(part)
        return self._by_names(part) if part.order.names[0] in RANKS else self._by_text(part)

    def _is_held(self, order: Order) -> bool:
        """Whether their places in the order are known without reading."""
        wanted = [RANKS.get(name) or Column(name) for name in order.names if name not in ("shuffled", "match")]
        return not _TEXTS.intersection(order.names) and all(map(self.memory.knows, wanted))

    def _ranked(self, part: Part) -> list[int]:
        ids, signs = self.found.ids, part.order.signs
        keys = [self._numbers(name, ids, part.order) for name in part.order.names]
        if part.order.needs is not None:
            ids, *keys = _only(keys[0] != ABSENT, ids, *keys)
        keys = [key * sign for key, sign in zip((*keys, ids), signs, strict=True)]
        if part.after:
            mark = self._mark(part)
            ids, *keys = _only(behind(keys, [key * sign for key, sign in zip(mark, signs, strict=True)]), ids, *keys)
        places: list[int] = ids[ranked(keys, part.offset, part.offset + part.count)].tolist()
        return places

    def _by_names(self, part: Part) -> list[int]:
        """Sorted by names that many photos share, then by the database: first it is seen which names are concerned."""
        ranks = self.memory.get(RANKS[part.order.names[0]])
        ids = self.found.ids
        keys, start, stop = at(ranks.of_photos, ids), part.offset, part.offset + part.count
        if part.after:
            begun = ranks.of_names.get(mark_values(part.order, part.after)[0], ABSENT)
            ids, keys = _only(keys >= begun, ids, keys)
            stop += int(np.count_nonzero(keys == begun))
        among, before = covering(keys, start, stop)
        chosen, rest = ids[among], Part(part.order, part.count, max(0, start - before), part.after)
        if len(chosen) <= FEW:
            return part_of(Photo.objects.filter(pk__among=chosen.tolist()), rest)
        low, high = keys[among].min(), keys[among].max()
        names = [name for name, rank in ranks.of_names.items() if low <= rank <= high]
        return self._walk(self.seen.filter(**{f"{part.order.names[0]}__in": names}), rest)

    def _by_text(self, part: Part) -> list[int]:
        """By the known places; photos that have changed since may come anywhere, so the database sorts them in."""
        placed = self.memory.get(Places(part.order.names[0]))
        loose, firm = self.found & placed.loose, (self.found - placed.loose).ids
        places = at(placed.places, firm)
        begun = self._place_of(part, placed) if part.after else -1
        if begun == ABSENT or ABSENT in places:
            return self._walk(self.seen, part)
        firm, places = _only(places > begun, firm, places)
        start = max(0, part.offset - len(loose))
        window: list[int] = firm[ranked([places], start, part.offset + part.count)].tolist()
        if not len(loose):
            return window
        rows = Photo.objects.filter(pk__among=[*window, *loose.ids.tolist()])
        return part_of(rows, replace(part, offset=part.offset - start))

    def _place_of(self, part: Part, placed: Placed) -> int:
        """The place of the marked photo, ABSENT if it is not where it was."""
        text, pk = mark_values(part.order, part.after)
        is_known = 0 <= pk < len(placed.places) and not placed.loose & IdSet.of([pk])
        if not is_known or not Photo.objects.filter(pk=pk, **{part.order.names[0]: text}).exists():
            return ABSENT
        return int(placed.places[pk])

    def _walk(self, rows: QuerySet[Any], part: Part) -> list[int]:
        """Reads rows in their order and keeps what is found, until the part is full."""
        in_order = ordered(rows, part.order)
        if part.after:
            in_order = after_key(in_order, part.order, part.after)
        kept: list[int] = []
        length, rows = _FIRST, in_order
        while len(kept) < part.offset + part.count:
            ids = read_in_order(rows[:length])
            kept += ids[self.found.has(ids)].tolist()
            if len(ids) < length:
                break
            last = in_order.filter(pk=int(ids[-1])).values_list(*part.order.names, "pk").first()
            if last is None:
                break
            length, rows = _FURTHER, after_values(in_order, part.order, last)
        return kept[part.offset : part.offset + part.count]

    def _numbers(self, name: str, ids: Ids, order: Order) -> Ids:
        if name == "shuffled":
            return Shuffled("pk", order.seed).numbers(ids)
        if order.matches is not None:
            return order.matches.of(ids)
        if name in RANKS:
            return at(self.memory.get(RANKS[name]).of_photos, ids)
        values = at(self.memory.get(Column(name)), ids)
        return np.where(values == ABSENT, _DEFAULTS[name], values) if name in _DEFAULTS else values

    def _mark(self, part: Part) -> list[int]:
        """The marked photo's keys. Raises BadPage if nothing is called as it was."""
        return [
            self._number(name, value)
            for name, value in zip((*part.order.names, "pk"), mark_values(part.order, part.after), strict=True)
        ]

    def _number(self, name: str, value: Any) -> int:
        if isinstance(value, datetime):
            value -= _EPOCH
        if isinstance(value, timedelta):
            return value // timedelta(microseconds=1)
        if name not in RANKS:
            return int(value)
        if (rank := self.memory.get(RANKS[name]).of_names.get(value)) is None:
            raise BadPage
        return rank


def _only(chosen: Any, *arrays: Ids) -> Sequence[Ids]:
    return [array[chosen] for array in arrays]
