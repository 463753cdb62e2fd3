"""What a memory can hold: the photos that a statement finds, a column of numbers, the order of names."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db.models import F, QuerySet

from library.models import File, Photo
from library.models.folder import Root
from library.search.idsets import EMPTY, Ids, IdSet
from library.search.sql import Microseconds, is_true, read_columns, read_groups, read_in_order

# What a column has where a photo has no value: before every value there is.
ABSENT: Final = -(2**62)

# Photos whose places are looked up each time, before all are read anew.
_MOST_LOOSE: Final = 1_000
# Ids in one statement.
_AT_ONCE: Final = 5_000
_TABLES: Final = re.compile(r'\b(?:FROM|JOIN) ["`](\w+)["`]')
_TIMES: Final = frozenset(
    ["taken_at", "taken_at_local", "created_at", "updated_at", "edited_at", "deleted_at", "duration"]
)
_OF_FILES: Final = {"bytes": "size", "diff": "diff"}


class Found:
    """The photos that rows point to: rows of photos by their `pk`, others by `photo`."""

    def __init__(self, rows: QuerySet[Any], column: str = "pk") -> None:
        self.rows = rows.order_by()
        self.column = column

    @cached_property
    def key(self) -> Hashable:
        try:
            sql, values = self.rows.values_list(self.column).query.sql_with_params()
        except EmptyResultSet:
            return ""
        return f"{sql} {values!r}"

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(_TABLES.findall(str(self.key)))

    def first(self, most: int) -> IdSet | None:
        """All of them if there are at most so many, else None."""
        found = list(self.rows.values_list(self.column, flat=True)[: most + 1])
        return _set_of(found) if len(found) <= most else None

    def among(self, photos: list[int]) -> IdSet:
        """Those among a few photos."""
        chosen = self.rows.filter(**{f"{self.column}__among": photos})
        return _set_of(list(chosen.values_list(self.column, flat=True)))

    def load(self) -> IdSet:
        return IdSet.of(read_columns(self.rows, F(self.column))[0]) if self.key else EMPTY

    def patch(self, value: IdSet, photos: Ids) -> IdSet:
        return reduce(or_, map(self.among, portions(photos)), value - IdSet.of(photos))

    def size(self, value: IdSet) -> int:
        return value.nbytes + len(str(self.key))


@dataclass(frozen=True, slots=True)
class Column:
    """A number of every photo at the place of its id, ABSENT where there is none; times in microseconds since 1970."""

    name: str

    @property
    def key(self) -> Hashable:
        return ("column", self.name)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([self._rows.model._meta.db_table])

    def load(self) -> Ids:
        return self._with(np.empty(0, np.int64), self._rows)

    def patch(self, value: Ids, photos: Ids) -> Ids:
        changed = _grown(value, int(photos.max()) + 1).copy()
        changed[photos] = ABSENT
        for some in portions(photos):
            changed = self._with(changed, self._rows.filter(**{f"{self._photo}__among": some}))
        return changed

    def size(self, value: Ids) -> int:
        return int(value.nbytes)

    @property
    def _photo(self) -> str:
        return "photo" if self.name in _OF_FILES else "pk"

    @property
    def _rows(self) -> QuerySet[Any]:
        match self.name:
            case "bytes":
                return File.objects.filter(root=Root.ORIGINALS, photo__isnull=False)
            case "diff":
                return File.objects.filter(is_primary=True, photo__isnull=False)
            case _:
                return Photo.objects.filter(**{f"{self.name}__isnull": False})

    def _with(self, value: Ids, rows: QuerySet[Any]) -> Ids:
        number = F(_OF_FILES.get(self.name, self.name))
        ids, numbers = read_columns(rows, F(self._photo), Microseconds(number) if self.name in _TIMES else number)
        filled = _grown(value, int(ids.max(initial=-1)) + 1)
        if self.name == "bytes":
            filled[ids] = 0
            np.add.at(filled, ids, numbers)
        else:
            filled[ids] = numbers
        return filled


@dataclass(frozen=True, slots=True)
class Ranked:
    """The place of each photo's name among the names, at the place of its id; and the places by name."""

    of_photos: Ids
    of_names: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The names that photos are linked to, such as their folders' paths, in the order of the database."""

    name: str
    tables: frozenset[str]

    @property
    def key(self) -> Hashable:
        return ("ranks", self.name)

    def load(self) -> Ranked:
        groups = read_groups(Photo.objects.all(), F(self.name), F("pk"))
        of_photos = np.empty(0, np.int64)
        for rank, (_, ids) in enumerate(groups):
            of_photos = _grown(of_photos, int(ids.max()) + 1)
            of_photos[ids] = rank
        return Ranked(of_photos, {name: rank for rank, (name, _) in enumerate(groups)})

    def patch(self, value: Ranked, photos: Ids) -> Ranked | None:
        """A name that is new may lie between any two."""
        ranks = _grown(value.of_photos, int(photos.max()) + 1).copy()
        ranks[photos] = ABSENT
        for some in portions(photos):
            for pk, name in Photo.objects.filter(pk__among=some).values_list("pk", self.name):
                if name not in value.of_names:
                    return None
                ranks[pk] = value.of_names[name]
        return Ranked(ranks, value.of_names)

    def size(self, value: Ranked) -> int:
        return int(value.of_photos.nbytes) + 200 * len(value.of_names)


@dataclass(frozen=True, slots=True)
class Tagged:
    """The number of each photo's text, at the place of its id; and the texts by number."""

    of_photos: Ids
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tags:
    """The texts of a column of photos that many share, numbered in no order: a new one is only one number more."""

    column: str

    @property
    def key(self) -> Hashable:
        return ("tags", self.column)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([Photo._meta.db_table])

    def load(self) -> Tagged:
        groups = read_groups(Photo.objects.all(), F(self.column), F("pk"))
        of_photos = np.empty(0, np.int64)
        for number, (_, ids) in enumerate(groups):
            of_photos = _grown(of_photos, int(ids.max()) + 1)
            of_photos[ids] = number
        return Tagged(of_photos, tuple(text for text, _ in groups))

    def patch(self, value: Tagged, photos: Ids) -> Tagged:
        numbers = {text: number for number, text in enumerate(value.texts)}
        of_photos = _grown(value.of_photos, int(photos.max()) + 1).copy()
        of_photos[photos] = ABSENT
        for some in portions(photos):
            for pk, text in Photo.objects.filter(pk__among=some).values_list("pk", self.column):
                of_photos[pk] = numbers.setdefault(text, len(numbers))
        return Tagged(of_photos, tuple(numbers))

    def size(self, value: Tagged) -> int:
        return int(value.of_photos.nbytes) + 100 * len(value.texts)


@dataclass(frozen=True, slots=True)
class Placed:
    """The place of each listed photo in an order, at the place of its id; those in `loose` have changed since."""

    places: Ids
    loose: IdSet = EMPTY


@dataclass(frozen=True, slots=True)
class Places:
    """The listed photos in the order of their texts, as the database compares them, by an index it has for it."""

    column: str

    @property
    def key(self) -> Hashable:
        return ("places", self.column)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([Photo._meta.db_table])

    def load(self) -> Placed:
        ids = read_in_order(Photo.objects.filter(is_true("listed")).order_by(self.column, "pk"))
        places = _grown(np.empty(0, np.int64), int(ids.max(initial=-1)) + 1)
        places[ids] = np.arange(len(ids))
        return Placed(places)

    def patch(self, value: Placed, photos: Ids) -> Placed | None:
        loose = value.loose | IdSet.of(photos)
        return Placed(value.places, loose) if len(loose) <= _MOST_LOOSE else None

    def size(self, value: Placed) -> int:
        return int(value.places.nbytes)


def at(values: Ids, ids: Ids) -> Ids:
    """The values of these photos; those that are newer than any have none."""
    if len(ids) and ids[-1] >= len(values):
        values = np.concatenate([values, np.full(int(ids[-1]) + 1 - len(values), ABSENT, np.int64)])
    return values[ids]


def _set_of(ids: list[int | None]) -> IdSet:
    return IdSet.of(pk for pk in ids if pk is not None)


def _grown(value: Ids, length: int) -> Ids:
    """With room for ids below `length`, and for some that are to come."""
    if length <= len(value):
        return value
    return np.concatenate([value, np.full(max(length, len(value) * 9 // 8) - len(value), ABSENT, np.int64)])


def portions(photos: Ids) -> Iterator[list[int]]:
    """The ids, as many at a time as one statement may name."""
    for start in range(0, len(photos), _AT_ONCE):
        yield photos[start : start + _AT_ONCE].tolist()
