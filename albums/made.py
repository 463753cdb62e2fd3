"""The albums that there are because photos are there: states, months, folders, and the years of a country.

Each is a stored search, so nothing is copied and no photo is missing. Its row keeps what people do with it: a title, a
heart, a link. Rows are written when a list first meets their photos; how many photos are in each is counted at once for
all of them, so the list is right at any moment. The UID follows from what the album is of: a new library has the same.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import override
from slugify import slugify

from albums.models import Album, AlbumType
from library.access import Grant
from library.models import Folder
from library.query import Filter, conjoin, unparse
from library.query.values import escape
from library.search.grouping import grouped
from library.search.regions import atlas
from library.uid import BASE36, UID_LENGTH
from places.countries import UNKNOWN, name_of
from places.localized import country_name

# Kinds that are there again after somebody deleted them, as in PhotoPrism.
RETURNING: Final = (AlbumType.MONTH, AlbumType.STATE, AlbumType.FOLDER)

# Rows in one statement.
BATCH: Final = 500
# PhotoPrism's: in a library of four photos or fewer, so many make a moment.
_FEWEST: Final = 3
_FEW: Final = 4

_LONGEST_PATH: Final = 1024
_LONGEST_TITLE: Final = 160

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """An album and the photos that a grant finds in it: `cover` is the id of the newest, `values` are columns.

    `title` is in the reader's language, "" where the row says enough.
    """

    uid: str
    values: Values
    count: int
    cover: int
    first: date
    last: date
    title: str = ""


def made_albums(kind: str, grant: Grant) -> dict[str, Made]:
    """The albums of one kind in which the grant finds photos, by UID; their rows are there.

    What people deleted is left out, but for months, states and folders, which come back as in PhotoPrism.
    """
    if kind not in _KINDS or grant.scope is not None:
        return {}
    found = {made.uid: made for made in _KINDS[kind](grant)}
    known = dict(Album.objects.filter(type=kind).exclude(filter="").values_list("uid", "deleted_at"))
    _write(kind, [made for uid, made in found.items() if uid not in known])
    gone = sorted(uid for uid, deleted_at in known.items() if deleted_at and uid in found)
    if kind not in RETURNING:
        return {uid: made for uid, made in found.items() if uid not in gone}
    for start in range(0, len(gone), BATCH):
        Album.objects.filter(uid__in=gone[start : start + BATCH]).update(deleted_at=None)
    return found


def is_made(album: Album) -> bool:
    """Whether it came to be by itself."""
    return album.type != AlbumType.ALBUM and bool(album.filter)


def local_title(album: Album) -> str:
    """The title in the reader's language; as it is written where somebody gave another."""
    if not is_made(album) or album.template:
        return album.title
    facts = {name: getattr(album, name) for name in ("state", "country", "year", "month", "path")}
    with override("en"):
        is_own = album.title == _title(album.type, facts)
    return _title(album.type, facts) if is_own else album.title


def local_place(album: Album) -> str:
    """The country of a state in the reader's language; any other place as it is written, unless the title names it."""
    if album.location and album.location in album.title:
        return ""
    is_country = album.type == AlbumType.STATE and album.location == name_of(album.country)
    return country_name(album.country) if is_country else album.location


def state_uid(country: str, state: str) -> str:
    """The UID of the album of a state, named in any spelling that is the same without accents."""
    return _uid(AlbumType.STATE, country, slugify(state))


def _states(grant: Grant) -> Iterator[Made]:
    for region in atlas(grant).states:
        facts = {"country": region.country, "state": region.state[:100], "location": name_of(region.country)}
        query = {"country": region.country, "state": region.state}
        uid = state_uid(region.country, region.state)
        values = _values(AlbumType.STATE, facts, query)
        yield Made(uid, values, region.count, region.cover, region.first, region.last)


def _months(grant: Grant) -> Iterator[Made]:
    for group in grouped("", grant, "year", "month"):
        year, month = group.key
        if year > 0 and 1 <= month <= 12:
            values = _values(AlbumType.MONTH, {"year": year, "month": month}, {"year": str(year), "month": str(month)})
            uid = _uid(AlbumType.MONTH, str(year), str(month))
            yield Made(uid, values, group.count, group.cover, group.first, group.last)


def _moments(grant: Grant) -> Iterator[Made]:
    """A country in a year, where there are enough photos of it."""
    groups = grouped("", grant, "country", "year")
    total = sum(group.count for group in groups)
    fewest = math.floor(math.log2(total)) + 1 if total > _FEW else _FEWEST
    for group in groups:
        country, year = group.key
        if country not in ("", UNKNOWN) and year > 0 and group.count >= fewest:
            facts = {"country": country, "year": year, "location": name_of(country)}
            values = _values(AlbumType.MOMENT, facts, {"country": country, "year": str(year)})
            uid = _uid(AlbumType.MOMENT, country, str(year))
            yield Made(uid, values, group.count, group.cover, group.first, group.last)


def _folders(grant: Grant) -> Iterator[Made]:
    """Those that have photos in them themselves."""
    groups = {group.key[0]: group for group in grouped("", grant, "folder")}
    for pk, path in Folder.objects.exclude(path="").values_list("pk", "path"):
        if (group := groups.get(pk)) and len(path) <= _LONGEST_PATH:
            values = _values(AlbumType.FOLDER, {"path": path}, {"path": f"{path}/"})
            yield Made(_uid(AlbumType.FOLDER, path), values, group.count, group.cover, group.first, group.last)


_KINDS: Final[dict[str, Callable[[Grant], Iterator[Made]]]] = {
    AlbumType.STATE: _states,
    AlbumType.MONTH: _months,
    AlbumType.MOMENT: _moments,
    AlbumType.FOLDER: _folders,
}


def _values(kind: AlbumType, facts: Values, query: Mapping[str, str]) -> Values:
    with override("en"):
        title = _title(kind, facts)
    written = unparse(conjoin(*(Filter(key, escape(value)) for key, value in query.items())))
    slug = slugify(f"{title} {facts['country']}" if kind == AlbumType.STATE else title, max_length=_LONGEST_TITLE)
    return {**facts, "title": title, "slug": slug, "filter": written}


def _title(kind: str, facts: Mapping[str, Any]) -> str:
    """In the language that is active."""
    match kind:
        case AlbumType.STATE:
            return str(facts["state"])
        case AlbumType.MONTH:
            return date_format(date(facts["year"], facts["month"], 1), "F Y")
        case AlbumType.MOMENT:
            return f"{country_name(facts['country'])} {facts['year']}"
        case _:
            return str(facts["path"]).rpartition("/")[2][:_LONGEST_TITLE]


def _uid(kind: str, *names: str) -> str:
    """A UID of the usual form that is the same for the same names."""
    number = int.from_bytes(hashlib.sha256("\n".join((kind, *names)).encode()).digest())
    letters = ""
    while len(letters) < UID_LENGTH - 1:
        number, digit = divmod(number, len(BASE36))
        letters += BASE36[digit]
    return f"a{letters}"


def _write(kind: str, missing: Sequence[Made]) -> None:
    """Others may meet the same photos at the same moment."""
    rows = [Album(uid=made.uid, type=kind, **made.values) for made in missing]
    Album.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
