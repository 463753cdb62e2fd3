"""How many photos of a query there are by country, place, folder, month or day: one statement, or from memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from django.db.models import Avg, Count, Max, Min, QuerySet
from numpy.typing import NDArray

from library.access import Grant
from library.models import Photo
from library.query import Node
from library.search.asked import Asked
from library.search.compile import FEW
from library.search.idsets import Ids, IdSet
from library.search.memory import MEMORY
from library.search.remembered import ABSENT, Column, Tags, at
from library.search.sql import LocalDay
from places.mapgrid import positions_of

# Texts, numbers of a photo's own, and its local day: what photos may be grouped by.
_TEXTS: Final = frozenset(["country", "place"])
_NUMBERS: Final = frozenset(["folder", "year", "month"])
_DAY: Final = "local_day"

_DAY_LENGTH: Final = 86_400_000_000  # microseconds
# Times in one statement.
_AT_ONCE: Final = 500
# Numbers that lie as densely as this are told apart without sorting.
_DENSE: Final = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Photos with the same values in the columns; `cover` is the id of the newest, days are those of the wall clock.

    Degrees are in `lat` and `lng` where they were asked for.
    """

    key: tuple[Any, ...]
    count: int
    first: date
    last: date
    cover: int
    lat: float = 0.0
    lng: float = 0.0


def grouped(query: str | Node, grant: Grant, *columns: str, located: bool = False) -> list[Group]:
    """What a query finds for a grant by the values of columns, in no order; `located` photos alone, with a position.

    The columns are country, place, folder, year, month and local_day, a text such as "2024-05-30". A million photos
    are grouped from memory in 0.1 s. Raises QueryError.
    """
    asked = Asked.of(query, grant, "")
    if matching := asked.matching():
        matcher, tree = matching
        return _of_set(matcher.found(tree), columns, located=located)
    return _of_rows(asked.photos("all"), columns, located=located)


def merged(groups: Iterable[Group], key: Callable[[Group], tuple[Any, ...] | None]) -> list[Group]:
    """Groups with the same new key as one; those whose key is None are left out."""
    found: dict[tuple[Any, ...], Group] = {}
    for group in groups:
        if (wanted := key(group)) is not None:
            found[wanted] = _joined(wanted, found.get(wanted), group)
    return list(found.values())


def _joined(key: tuple[Any, ...], one: Group | None, other: Group) -> Group:
    if one is None:
        return Group(key, other.count, other.first, other.last, other.cover)
    cover = other.cover if (other.last, other.cover) > (one.last, one.cover) else one.cover
    return Group(key, one.count + other.count, min(one.first, other.first), max(one.last, other.last), cover)


def _of_rows(photos: QuerySet[Any], columns: Sequence[str], *, located: bool) -> list[Group]:
    if located:
        photos = photos.filter(map_code__isnull=False)
    named = {_DAY: LocalDay("taken_at_local")} if _DAY in columns else {}
    rows = photos.order_by().annotate(**named)
    facts = {"found": Count("*"), "begun": Min("taken_at_local"), "ended": Max("taken_at_local")}
    facts |= {"middle_lat": Avg("lat"), "middle_lng": Avg("lng")} if located else {}
    counted = list(rows.values(*columns).annotate(**facts))
    newest = _newest(rows, columns, sorted({row["ended"] for row in counted}))
    groups = []
    for row in counted:
        key = tuple(row[column] for column in columns)
        cover = newest.get((row["ended"], *key), 0)
        position = (row["middle_lat"], row["middle_lng"]) if located else ()
        groups.append(Group(key, row["found"], row["begun"].date(), row["ended"].date(), cover, *position))
    return groups


def _newest(rows: QuerySet[Any], columns: Sequence[str], times: list[datetime]) -> dict[tuple[Any, ...], int]:
    """The photos that were taken at these times, by the time and the values of the columns."""
    found: dict[tuple[Any, ...], int] = {}
    for start in range(0, len(times), _AT_ONCE):
        some = rows.filter(taken_at_local__in=times[start : start + _AT_ONCE]).order_by("pk")
        found.update((tuple(key), pk) for pk, *key in some.values_list("pk", "taken_at_local", *columns))
    return found


def _of_set(found: IdSet, columns: Sequence[str], *, located: bool) -> list[Group]:
    """The same for photos that are known, each column of which is one array."""
    if len(found) <= FEW and not MEMORY.knows(Column("taken_at_local")):
        return _of_rows(Photo.objects.filter(pk__among=found.ids.tolist()), columns, located=located)
    ids = found.ids
    if located:
        codes = at(MEMORY.get(Column("map_code")), ids)
        ids, codes = ids[codes >= 0], codes[codes >= 0]
    if not len(ids):
        return []
    times = at(MEMORY.get(Column("taken_at_local")), ids)
    read = [_read(column, ids, times) for column in columns]
    there = _there(times, *(numbers for numbers, _ in read))
    if not there.all():
        return _of_set(IdSet.of(ids[there]), columns, located=located)
    group, firsts = _numbered([numbers for numbers, _ in read])
    counts = np.bincount(group)
    begun, ended = (np.full(len(counts), edge, np.int64) for edge in (times.max(), times.min()))
    np.minimum.at(begun, group, times)
    np.maximum.at(ended, group, times)
    # Where several are as new, the one with the highest id is written last.
    newest = np.flatnonzero(times == ended[group])
    places = np.empty(len(counts), np.int64)
    places[group[newest]] = newest
    keys = zip(*([told(number) for number in numbers[firsts].tolist()] for numbers, told in read), strict=True)
    positions = [column.tolist() for column in positions_of(codes[places])] if located else []
    days = [(edge // _DAY_LENGTH).astype("datetime64[D]").tolist() for edge in (begun, ended)]
    return [Group(*row) for row in zip(keys, counts.tolist(), *days, ids[places].tolist(), *positions, strict=True)]


def _there(*columns: Ids) -> NDArray[np.bool_]:
    """Which photos have a value in all of them: one that was deleted since it was found has none any more."""
    there: NDArray[np.bool_] = np.logical_and.reduce([column != ABSENT for column in columns])
    return there


def _read(column: str, ids: Ids, times: Ids) -> tuple[Ids, Callable[[int], Any]]:
    """A number for each photo, and what a number says."""
    if column == _DAY:
        return times // _DAY_LENGTH, lambda day: str(np.datetime64(day, "D"))
    if column in _NUMBERS:
        return at(MEMORY.get(Column(column)), ids), int
    tagged = MEMORY.get(Tags(column))
    return at(tagged.of_photos, ids), lambda number: tagged.texts[number]


def _numbered(columns: Sequence[Ids]) -> tuple[Ids, Ids]:
    """The number of each row's combination of values, counted from 0, and where each combination is met first."""
    combined, size = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        low, high = int(column.min()), int(column.max())
        combined, size = combined * (high - low + 1) + (column - low), size * (high - low + 1)
    if size > _DENSE * len(combined) + 1_000:
        _, firsts, group = np.unique(combined, return_index=True, return_inverse=True)
        return group, firsts
    met = np.full(size, -1, np.int64)
    met[combined[::-1]] = np.arange(len(combined))[::-1]
    used = np.flatnonzero(met >= 0)
    numbers = np.empty(size, np.int64)
    numbers[used] = np.arange(len(used))
    return numbers[combined], met[used]
