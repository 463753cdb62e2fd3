"""Sort orders by PhotoPrism's names, and paging by key: the mark of a photo leads to what follows it, however deep."""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

import numpy as np
from django.db.models import Min, Q, QuerySet, Sum

from library.models.folder import Root
from library.query import QueryError
from library.search.idsets import Ids
from library.search.sql import Shuffled


class UnknownOrder(QueryError):
    """No sort order has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no sort order “{name}”; one of {', '.join(sorted(ORDERS))} is meant.")


class BadPage(QueryError):
    """The mark of a page is not one that a former page gave."""

    def __init__(self) -> None:
        super().__init__("The next page cannot be found; start again from the first.")


class Matches(Protocol):
    """How well photos match a query, whole numbers."""

    def of(self, ids: Ids) -> Ids: ...


@dataclass(frozen=True, slots=True)
class Order:
    """Columns to sort by, each with "-" to fall; the photo's id decides between equals, and falls as the first does.

    `needs` holds for photos that have a place in the order. Another `seed` shuffles another way.
    """

    columns: tuple[str, ...]
    needs: Q | None = None
    seed: int = 0
    # How well photos match, where that is the order.
    matches: "Matches | None" = field(default=None, compare=False)

    @property
    def indexed(self) -> str:
        """The column, if an index holds the listed photos in this order, else ""."""
        return self.columns[0] if self.columns[0].removeprefix("-") in _INDEXED and len(self.columns) == 1 else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns without their signs."""
        return tuple(column.removeprefix("-") for column in self.columns)

    @property
    def is_by_text(self) -> bool:
        """Whether the mark of a page has names in it."""
        return not _TEXTS.isdisjoint(self.names)

    @property
    def signs(self) -> tuple[int, ...]:
        """-1 for each column that falls, and for the id."""
        return tuple(-1 if column.startswith("-") else 1 for column in (*self.columns, self.columns[0]))


_INDEXED: Final = frozenset(["taken_at", "taken_at_local", "created_at", "title"])

ORDERS: Final[dict[str, Order]] = {
    "newest": Order(("-taken_at",)),
    "oldest": Order(("taken_at",)),
    "timeline": Order(("-taken_at_local",)),
    "added": Order(("-created_at",)),
    "edited": Order(("-edited_at",), needs=Q(edited_at__isnull=False)),
    "updated": Order(("-updated_at",)),
    "archived": Order(("-deleted_at",), needs=Q(deleted_at__isnull=False)),
    "name": Order(("folder__path", "name")),
    "title": Order(("title",)),
    "duration": Order(("-duration",), needs=Q(duration__isnull=False)),
    "size": Order(("-bytes",)),
    "relevance": Order(("-quality", "-taken_at")),
    "similar": Order(("color", "cell", "diff")),
    "random": Order(("shuffled",)),
}
# Where nothing is named that photos could be like, `similarity` has no order of its own.
ALIASES: Final = {
    "": "newest",
    "default": "added",
    "imported": "added",
    "favorites": "newest",
    "similarity": "newest",
}

# Columns that no row of a photo has: what they are counted from.
_COUNTED: Final = {
    "bytes": Sum("files__size", filter=Q(files__root=Root.ORIGINALS), default=0),
    "diff": Min("files__diff", filter=Q(files__is_primary=True), default=-1),
}
_TEXTS: Final = frozenset(["folder__path", "name", "title", "cell"])
_NUMBERS: Final = frozenset(["bytes", "match", "quality", "color", "diff", "shuffled"])
_LOCAL: Final = {"taken_at": "taken_at_local", "-taken_at": "-taken_at_local"}
_LARGEST: Final = 2**63 - 1


def order_named(name: str, after: str = "") -> Order:
    """The order of that name; `random:7` is shuffled by the seed 7, and `random` by one that the mark `after` keeps.

    Raises UnknownOrder and BadPage.
    """
    base, _, seed = name.strip().lower().partition(":")
    order = ORDERS.get(ALIASES.get(base, base))
    if order is None or (seed and not (base == "random" and seed.isascii() and seed.isdecimal() and len(seed) < 20)):
        raise UnknownOrder(name)
    if base != "random":
        return order
    if after:
        return Order(order.columns, seed=_read_mark(after, order.columns)[0])
    return Order(order.columns, seed=int(seed) if seed else secrets.randbelow(Shuffled.PRIME))


def by_match(matches: Matches) -> Order:
    """The best matches first, the newest of equals."""
    return Order(("-match",), matches=matches)


def by_local_time(order: Order) -> Order:
    """The same by the wall clock: the moment in UTC, which marks of pages have, tells how far east that was."""
    return replace(order, columns=tuple(_LOCAL.get(column, column) for column in order.columns))


def ordered(photos: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """The photos in an order."""
    if order.needs is not None:
        photos = photos.filter(order.needs)
    if "shuffled" in order.names:
        photos = photos.annotate(shuffled=Shuffled("pk", order.seed))
    photos = photos.annotate(**{name: _COUNTED[name] for name in order.names if name in _COUNTED})
    return photos.order_by(*order.columns, "-pk" if order.signs[-1] < 0 else "pk")


def after_key(photos: QuerySet[Any], order: Order, key: str) -> QuerySet[Any]:
    """Of photos in that order what comes after the one that `key` marks. Raises BadPage."""
    return after_values(photos, order, mark_values(order, key))


def after_values(photos: QuerySet[Any], order: Order, values: Sequence[Any]) -> QuerySet[Any]:
    """Of photos in that order what comes after these values of its columns, the last being an id."""
    sides = ["lt" if sign < 0 else "gt" for sign in order.signs]
    columns = (*order.names, "pk")
    behind, equal = Q(), Q()
    for column, side, value in zip(columns, sides, values, strict=True):
        behind |= equal & Q(**{f"{column}__{side}": value})
        equal &= Q(**{column: value})
    # The first condition is implied by the second; it is what the index can use.
    return photos.filter(**{f"{columns[0]}__{sides[0]}e": values[0]}).filter(behind)


def key_of(photo: Any, order: Order) -> str:
    """The mark of a photo for the page that follows it."""
    if order.matches is not None:
        values = order.matches.of(np.array([photo.pk], np.int64)).tolist()
    elif any(name in _COUNTED or name == "shuffled" for name in order.names):
        rows = ordered(type(photo)._default_manager.filter(pk=photo.pk), order)
        values = rows.values_list(*order.names).first() or ()
    else:
        values = [_value_of(photo, name) for name in order.names]
    written = [order.seed, *map(_written, values), photo.pk]
    return base64.urlsafe_b64encode(json.dumps(written).encode()).decode()


def mark_values(order: Order, key: str) -> list[Any]:
    """The values of the order's columns, and the id, of the photo that `key` marks. Raises BadPage."""
    return _read_mark(key, order.names)[1:]


def _value_of(photo: Any, name: str) -> Any:
    match name:
        case "folder__path":
            return photo.folder.path
        case "cell":
            return photo.cell_id
        case _:
            return getattr(photo, name)


def _written(value: Any) -> str | int:
    if isinstance(value, datetime):
        return value.isoformat()
    written: str | int = value // timedelta(microseconds=1) if isinstance(value, timedelta) else value
    return written


def _read_mark(key: str, columns: Sequence[str]) -> list[Any]:
    """Anybody may make one up: it only says where to go on among what they may see, but has to be of the right kind."""
    try:
        seed, *values, pk = json.loads(base64.urlsafe_b64decode(key.encode()))
        names = [column.removeprefix("-") for column in columns]
        return [_number(seed), *(_read(value, name) for value, name in zip(values, names, strict=True)), _number(pk)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadPage from None


def _read(value: Any, column: str) -> Any:
    if column in _NUMBERS:
        return _number(value)
    if column == "duration":
        return timedelta(microseconds=_number(value))
    if not isinstance(value, str):
        raise BadPage
    return _plain(value) if column in _TEXTS else _moment(value)


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) > _LARGEST:
        raise BadPage
    return value


def _plain(text: str) -> str:
    """The text, if a database can hold it."""
    if "\0" in text:
        raise BadPage
    return text.encode().decode()


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise BadPage
    return found.astimezone(UTC)
