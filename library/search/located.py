"""Where what a query finds was taken: first its ids, eight bytes each, then the points of the map part by part."""

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from django.db.models import Exists, OuterRef

from library.access import Grant
from library.models import Favorite, File, Photo
from library.query import And, Filter, Node, conjoin, parse
from library.query.distances import split_distance
from library.search import find_ids
from library.search.filters_position import position_of
from library.search.results import Result, results_of
from library.whereabouts import Told, Whereabouts

MOST: Final = 1_000_000

# Photos in one statement, and in memory at a time.
PART: Final = 2_000
# The same where each comes with all its files.
FULL_PART: Final = 500


@dataclass(frozen=True, slots=True)
class Position:
    """A photo on the map: degrees, UTC, the hash of the picture that is shown."""

    pk: int
    uid: str
    lat: float
    lng: float
    taken_at: datetime
    title: str
    type: str
    hash: str
    is_favorite: bool


def find_located(query: str | Node, grant: Grant, *, count: int, offset: int) -> Sequence[int]:
    """The ids of the photos with a position that a query finds, newest first; near a photo, the nearest first.

    Read at once, so that no cursor is kept open for as long as somebody reads the answer. Raises QueryError.
    """
    node = parse(query) if isinstance(query, str) else query
    located = conjoin(node, Filter("geo", "yes"))
    if near := _near(node):
        ids = find_ids(located, grant, count=MOST)
        return _by_distance(ids, *position_of(near, grant))[offset : offset + count]
    return array("q", find_ids(located, grant, count=min(count, MOST), offset=offset))


def positions(ids: Sequence[int], grant: Grant) -> Iterator[list[Position]]:
    """The photos of these ids that have a picture to show, in their order, a few thousand at a time."""
    for start in range(0, len(ids), PART):
        yield _positions(ids[start : start + PART], grant)


def located_results(ids: Sequence[int], grant: Grant) -> Iterator[tuple[Result, ...]]:
    """The same with all their files."""
    for start in range(0, len(ids), FULL_PART):
        rows = Photo.objects.with_gear().in_bulk(list(ids[start : start + FULL_PART]))
        yield results_of([rows[pk] for pk in ids[start : start + FULL_PART] if pk in rows], grant)


def _near(node: Node) -> str:
    """The UID of the photo that all of the query is about the surroundings of, "" if there is none."""
    parts = node.parts if isinstance(node, And) else (node,)
    near = [part.value for part in parts if isinstance(part, Filter) and part.key == "near" and part.value.strip()]
    return split_distance(near[0])[0] if near else ""


def _by_distance(ids: Sequence[int], lat: float, lng: float) -> Sequence[int]:
    """The photos by their distance from a point; of those as far away, in the order they came in."""
    places: dict[int, tuple[float, float]] = {}
    for start in range(0, len(ids), PART):
        rows = Photo.objects.filter(pk__in=ids[start : start + PART], lat__isnull=False, lng__isnull=False)
        places.update((pk, (there, across)) for pk, there, across in rows.values_list("pk", "lat", "lng"))
    kept = np.array([pk for pk in ids if pk in places], np.int64)
    if not len(kept):
        return array("q")
    there, across = np.radians(np.array([places[pk] for pk in kept.tolist()])).T
    north, east = math.radians(lat), math.radians(lng)
    # The half angle between the points (haversine), which grows as the distance does.
    apart = np.sin((there - north) / 2) ** 2 + np.cos(north) * np.cos(there) * np.sin((across - east) / 2) ** 2
    return array("q", kept[np.argsort(apart, kind="stable")].tolist())


def _positions(ids: Sequence[int], grant: Grant) -> list[Position]:
    """One statement with one list of ids: naming them takes longer than finding them."""
    shown = File.objects.filter(photo__in=list(ids), is_primary=True, deleted_at__isnull=True)
    liked = Exists(Favorite.objects.filter(user=grant.user_id or 0, photo=OuterRef("photo")))
    columns = [f"photo__{name}" for name in ("uid", "lat", "lng", "taken_at", "title", "type")]
    rows = {pk: row for pk, *row in shown.annotate(liked=liked).values_list("photo", *columns, "hash", "liked")}
    found = [Position(pk, *rows[pk]) for pk in ids if pk in rows and rows[pk][1] is not None]
    where = Whereabouts.of(grant)
    untold, titles = where.of_ids(ids), where.titles_of_ids(ids)
    return [
        replace(_told(position, untold.get(position.pk)), title=titles.get(position.pk, position.title))
        for position in found
    ]


def _told(position: Position, told: Told | None) -> Position:
    if told is None:
        return position
    return replace(position, lat=told.lat or 0.0, lng=told.lng or 0.0)
