"""Where the photos of a search were taken, for the map: all points packed, or counted by squares of the map."""

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Min

from library.access import Grant
from library.models import File, Photo
from library.query import EVERYTHING, Node, parse
from library.querysets import PhotoQuerySet
from library.search import find, visible_photos
from library.search.sql import count_in_squares
from library.search.untold import at_home
from library.search.visibility import LIBRARY_ROLES, View
from library.whereabouts import Whereabouts
from places.homes import Home
from places.mapgrid import DEPTH, Square, squares_of

AT_ONCE: Final = 20_000
# More points than this are clustered here, not in the browser.
MOST_POINTS: Final = 300_000
# Squares as wide as a quarter of a tile: some 64 pixels on the screen.
FINER: Final = 3
MOST_CLUSTERS: Final = 1_000

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Points:
    """`columns` are longitudes and latitudes (32-bit floats) and ids (32-bit), little endian, one after the other.

    None where there are too many of them.
    """

    count: int
    columns: bytes | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Photos of one square of the map; `cover` is the id of the photo at this position."""

    lng: float
    lat: float
    count: int
    cover: int


def points(query: str | Node, grant: Grant, *, view: View = "", limit: int = 0) -> Points:
    """The photos with coordinates that a query finds, newest first; past MOST_POINTS or `limit` only their number.

    Raises QueryError.
    """
    placed = _placed(query, grant, view)
    if (count := _count(query, grant, view, placed)) > (limit or MOST_POINTS):
        return Points(count, None)
    rows = placed.order_by("-taken_at_local", "-pk").values_list("lng", "lat", "pk")
    longitudes, latitudes, ids = array("f"), array("f"), array("I")
    where = Whereabouts.of(grant)
    for lng, lat, pk in rows.iterator(chunk_size=AT_ONCE):
        if home := where.home_at(lat, lng):
            lat, lng = home.shown
        longitudes.append(lng)
        latitudes.append(lat)
        ids.append(pk)
    return Points(len(ids), b"".join(_little(column) for column in (longitudes, latitudes, ids)))


def clusters(query: str | Node, grant: Grant, box: Box, zoom: int, *, view: View = "") -> list[Cluster]:
    """The photos of a query inside a box (west, south, east, north) by squares that suit the zoom, at most 1,000.

    Raises QueryError.
    """
    at_homes: list[Cluster] = []
    level = min(DEPTH, max(1, zoom + FINER))
    squares = squares_of(*box, deepest=level)
    if _is_whole(query, grant, view):
        found = [row for square in squares for row in count_in_squares(square, level, _owner(grant))]
    else:
        placed, where = _placed(query, grant, view), Whereabouts.of(grant)
        if where.homes:
            at_homes = list(_at_homes(placed, where.homes, box))
            placed = placed.exclude(at_home(where))
        found = _counted(placed, squares, level)
    largest = sorted(found, key=lambda row: -row[0])[:MOST_CLUSTERS]
    rows = Photo.objects.filter(pk__in=[pk for _, pk in largest]).values_list("pk", "lng", "lat")
    positions = {pk: (lng, lat) for pk, lng, lat in rows}
    counted = [Cluster(*positions[pk], count=count, cover=pk) for count, pk in largest if pk in positions]
    return [*counted, *at_homes]


def covers(ids: Sequence[int], grant: Grant) -> dict[str, dict[str, Any]]:
    """UID, title and the primary file's hash of those of the photos that the grant may open."""
    photos = visible_photos(grant).filter(pk__in=ids)
    rows = File.objects.filter(photo__in=photos, is_primary=True, is_missing=False, deleted_at__isnull=True)
    named = rows.values_list("photo", "photo__uid", "hash", "photo__title")
    told = Whereabouts.of(grant).titles_of_ids(ids)
    return {str(pk): {"uid": uid, "hash": sha1, "title": told.get(pk, title)} for pk, uid, sha1, title in named}


def _placed(query: str | Node, grant: Grant, view: View) -> PhotoQuerySet:
    return find(query, grant, view=view).filter(map_code__isnull=False)


def _count(query: str | Node, grant: Grant, view: View, placed: PhotoQuerySet) -> int:
    if not _is_whole(query, grant, view):
        return placed.count()
    return sum(count for count, _ in count_in_squares(Square(0, 0), 1, _owner(grant)))


def _is_whole(query: str | Node, grant: Grant, view: View) -> bool:
    """Whether the listed photos themselves are asked for: an index alone answers for them."""
    node = parse(query) if isinstance(query, str) else query
    is_member = grant.scope is None and grant.role in LIBRARY_ROLES and grant.may("library.view_photo")
    return node == EVERYTHING and not view and is_member


def _owner(grant: Grant) -> int | None:
    """Whose photos count beside the shared ones: None for everybody's, 0 for nobody's."""
    return None if grant.sees_all else grant.user_id or 0


def _counted(placed: PhotoQuerySet, squares: Sequence[Square], level: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for square in squares:
        inside = placed.filter(map_code__gte=square.first, map_code__lt=square.last).order_by()
        grouped = inside.values(part=F("map_code").bitrightshift(2 * (DEPTH - level)))
        found += grouped.annotate(found=Count("*"), cover=Min("pk")).values_list("found", "cover")
    return found


def _at_homes(placed: PhotoQuerySet, homes: Sequence[Home], box: Box) -> Iterator[Cluster]:
    """The photos of each home in one place, which is not theirs."""
    west, south, east, north = box
    before: tuple[Home, ...] = ()
    for home in homes:
        lat, lng = home.shown
        is_across = west <= lng <= east if west <= east else lng >= west or lng <= east
        if south <= lat <= north and is_across:
            inside = placed.filter(at_home(Whereabouts(homes=(home,))))
            inside = inside.exclude(at_home(Whereabouts(homes=before))) if before else inside
            row = inside.order_by().aggregate(found=Count("*"), cover=Min("pk"))
            if row["found"]:
                yield Cluster(lng, lat, row["found"], row["cover"])
        before = (*before, home)


def _little(column: "array[Any]") -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()
