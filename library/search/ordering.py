"""Sort orders by PhotoPrism's names, and paging by key where an order has one."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum

from library.models.folder import Root
from library.query import QueryError


class UnknownOrder(QueryError):
    """No sort order has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no sort order “{name}”; one of {', '.join(sorted(ORDERS))} is meant.")


class BadPage(QueryError):
    """The mark of a page is not one that a former page gave."""

    def __init__(self) -> None:
        super().__init__("The next page cannot be found; start again from the first.")


@dataclass(frozen=True, slots=True)
class Order:
    """Columns to sort by, each with "-" to fall; the photo's id decides between equals."""

    columns: tuple[str, ...]
    needs: Q | None = None

    @property
    def indexed(self) -> str:
        """The column, if an index holds the listed photos in this order, else ""."""
        return self.columns[0] if self.columns[0].removeprefix("-") in _INDEXED and len(self.columns) == 1 else ""

    @property
    def is_keyed(self) -> bool:
        """One column that is never empty: the next page can be found by its value."""
        return len(self.columns) == 1 and self.columns[0].removeprefix("-") in _KEYED


_INDEXED: Final = frozenset(["taken_at", "taken_at_local", "created_at"])
_KEYED: Final = frozenset(
    ["taken_at", "taken_at_local", "created_at", "updated_at", "edited_at", "deleted_at", "title"]
)

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
    "similar": Order(("color", "cell", "-taken_at")),
    "random": Order(("?",)),
}
ALIASES: Final = {"": "newest", "default": "added", "imported": "added", "favorites": "newest"}


def ordered(photos: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The photos in an order. Raises UnknownOrder."""
    order = order_named(name)
    if order.columns == ("?",):
        return photos.order_by("?")
    if order.needs is not None:
        photos = photos.filter(order.needs)
    if "-bytes" in order.columns:
        photos = photos.annotate(bytes=Sum("files__size", filter=Q(files__root=Root.ORIGINALS), default=0))
    falls = order.columns[0].startswith("-")
    return photos.order_by(*order.columns, "-pk" if falls else "pk")


def after_key(photos: QuerySet[Any], name: str, key: str) -> QuerySet[Any]:
    """What comes after the photo that `key` marks. Raises BadPage."""
    order = order_named(name)
    if not order.is_keyed:
        raise BadPage
    column, falls = order.columns[0].removeprefix("-"), order.columns[0].startswith("-")
    value, pk = _read_key(key, column)
    side = "lt" if falls else "gt"
    # The first condition is implied by the second; it is what the index can use.
    return photos.filter(**{f"{column}__{side}e": value}).filter(
        Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": pk})
    )


def key_of(photo: Any, name: str) -> str:
    """The mark of a photo for the page that follows it, "" in an order that is paged by number."""
    order = order_named(name)
    if not order.is_keyed:
        return ""
    value = getattr(photo, order.columns[0].removeprefix("-"))
    written = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([written, photo.pk]).encode()).decode()


def order_named(name: str) -> Order:
    name = name.strip().lower()
    if (order := ORDERS.get(ALIASES.get(name, name))) is None:
        raise UnknownOrder(name)
    return order


def _read_key(key: str, column: str) -> tuple[str | datetime, int]:
    """Anybody may make one up: it only says where to go on among what they may see, but has to be of the right kind."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(key.encode()))
        if type(pk) is not int or not isinstance(value, str):
            raise BadPage
        return (_plain(value) if column == "title" else _moment(value)), pk
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadPage from None


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
