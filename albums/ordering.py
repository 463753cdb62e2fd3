"""Sort orders of albums by PhotoPrism's names."""

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from albums.models import Album, AlbumType
from library.query import QueryError

BY_NUMBER: Final = "count"

_DATE_FALLING: Final = ("-year", "-month", "-day", "title", "-uid")
_DATE_RISING: Final = ("year", "month", "day", "title", "uid")
_PLACE: Final = ("location", "title", *_DATE_FALLING)

ORDERS: Final[dict[str, Sequence[str]]] = {
    "": ("-favorite", "title", "-uid"),
    "favorites": ("-favorite", "title", "-uid"),
    "newest": ("-created_at", "-uid"),
    "oldest": ("created_at", "uid"),
    "added": ("-created_at", "-uid"),
    "edited": ("-updated_at", "-uid"),
    "moment": _DATE_FALLING,
    "place": _PLACE,
    "path": ("path", "title", "-uid"),
    "category": ("category", "title", "-uid"),
    "slug": ("slug", "-uid"),
    "name": ("title", "-uid"),
    "title": ("title", "-uid"),
    "name_reverse": ("-title", "-uid"),
    BY_NUMBER: ("title", "-uid"),
}
# Albums of a time or folder are sorted by it where others are by when they were made, or by title.
_DATED: Final = frozenset([AlbumType.FOLDER, AlbumType.MOMENT, AlbumType.MONTH])
_OF_DATED: Final[dict[str, Sequence[str]]] = {"newest": _DATE_FALLING, "oldest": _DATE_RISING}
_OF_FOLDERS: Final[dict[str, Sequence[str]]] = {
    "": ("-favorite", "path", "-uid"),
    "favorites": ("-favorite", "path", "-uid"),
    "name": ("path", "-uid"),
    "name_reverse": ("-path", "-uid"),
}


class UnknownAlbumOrder(QueryError):
    """No sort order of albums has this name."""

    def __init__(self, name: str) -> None:
        known = ", ".join(sorted(filter(None, ORDERS)))
        super().__init__(f"There is no sort order “{name[:32]}”; one of {known} is meant.")


def sort_albums(albums: QuerySet[Album], order: str, type_: str = "") -> QuerySet[Album]:
    """The albums in an order; those of one `type_` may have one of their own. Raises UnknownAlbumOrder."""
    name = order.strip().lower()
    if name not in ORDERS:
        raise UnknownAlbumOrder(name)
    columns = ORDERS[name]
    if type_ in _DATED:
        columns = _OF_DATED.get(name, columns)
    if type_ == AlbumType.FOLDER:
        columns = _OF_FOLDERS.get(name, columns)
    return albums.order_by(*columns)
