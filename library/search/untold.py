"""What a search must not find by, as it would tell what the grant is not told: places, people, folders."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.models import Q, QuerySet

from library.access import Grant
from library.models import Photo
from library.query import Filter
from library.search.answers import Answer
from library.search.positions import circle_q
from library.sources import PEOPLE
from library.whereabouts import WRITTEN, Whereabouts

# What a position, or more of a place than its city, is asked by.
_EXACT: Final = frozenset(["near", "dist", "lat", "lng", "latlng", "s2", "olc", "alt", "place", "category"])
_PLACES: Final = _EXACT | {"geo", "country", "state", "city"}
# Folders and files are named after journeys; keywords hold the names of places.
_NAMES: Final = frozenset(["path", "folder", "name", "filename", "original", "keywords", "keyword"])
# Folders and former names, which the holder of a link is not told, but by what the names of files end.
_FORMER: Final = frozenset(["path", "folder", "filename", "original"])
_ENDINGS: Final = re.compile(r"\*\.\w+(?:\|\*\.\w+)*")
# What is found in titles, some of which are made of places.
_TITLES: Final = frozenset(["title", "description"])

_BY_PLACE: Final = frozenset(["similar"])
_BY_NAMES: Final = frozenset(["name", "title"])

# Rounding must not make the database find what is not told: wider by 1 %.
_WIDER: Final = 1.01

_NOTHING: Final = Q(pk__in=[])


def bounded(node: Filter, answer: Answer, grant: Grant) -> Answer:
    """What a filter answers, without the photos of which it would tell what the grant is not told."""
    key = node.key
    if key not in _PLACES | _NAMES | _TITLES:
        return answer
    where = Whereabouts.of(grant)
    if key in _TITLES and (told := titles_told(where)):
        return _all(answer, told)
    if where.hides_all or (grant.lender is not None and _is_by_folder(node)):
        return answer if key == "dist" else _NOTHING
    if where.is_exact or key == "dist":
        return answer
    if key in _EXACT or key in ("keywords", "keyword"):
        # A photo without a position may still have a cell.
        measured = Q(lat__isnull=False) if key in ("s2", "near") else Q()
        return _all(answer, ~at_home(where) & measured)
    return answer


def _is_by_folder(node: Filter) -> bool:
    return node.key in _FORMER and not (node.key == "filename" and _ENDINGS.fullmatch(node.value))


def titles_told(where: Whereabouts) -> Q:
    """The photos that may be found by their titles."""
    nameless = ~Q(title_src=PEOPLE) if where.hides_people else Q()
    if where.is_exact:
        return nameless
    written = Q(title_src__in=WRITTEN)
    return written if where.hides_all else written | (~at_home(where) & nameless)


def words_told(rows: QuerySet[Any], grant: Grant) -> QuerySet[Any]:
    """The keywords of photos by which they may be found, and which may be named."""
    where = Whereabouts.of(grant)
    if where.hides_all:
        return rows.none()
    return rows if where.is_exact else rows.exclude(photo__in=Photo.objects.filter(_circles(where)).values("pk"))


def texts_told(condition: Callable[[str], Q], where: Whereabouts) -> Q:
    """Whether a text holds in the title, if that may be told, or in the caption or name."""
    return condition("title") & titles_told(where) | condition("caption") | condition("name")


def labels_told(where: Whereabouts) -> Q:
    """The photos that may be found by the label of their place."""
    if where.hides_all:
        return _NOTHING
    return Q() if where.is_exact else ~at_home(where)


def order_told(name: str, grant: Grant) -> str:
    """The order in which the grant may be shown photos: one by places, or by titles made of them, tells of both."""
    if grant.is_member:
        return name
    wanted = name.strip().lower()
    is_refused = wanted in _BY_PLACE or (wanted in _BY_NAMES and not Whereabouts.of(grant).is_exact)
    return "newest" if is_refused else name


def at_home(where: Whereabouts) -> Q:
    """The photos within one of the homes."""
    return Q(pk__in=Photo.objects.filter(_circles(where)).values("pk"))


def _circles(where: Whereabouts) -> Q:
    circles = _NOTHING
    for home in where.homes:
        circles |= circle_q(home.lat, home.lng, home.km * _WIDER)
    return circles


def _all(answer: Answer, bound: Q) -> Answer:
    return (*answer, bound) if isinstance(answer, tuple) else (answer, bound)
