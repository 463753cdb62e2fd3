"""Filters on the point where a photo was taken; `library.query.distances` has handed them their `dist`."""

from collections.abc import Callable
from typing import Final

from django.db.models import Q

from library.access import Grant
from library.models import Photo
from library.query import BadValue
from library.query.distances import DEFAULT_KM, degrees, is_point, rings, split_distance
from library.query.values import Range, numbers, unescape
from library.search.answers import Answer, any_of, within
from library.search.compile import ALL, grant_filter, search_filter
from library.search.positions import POSITIONED, box_q, ring_q, taken_where
from library.search.visibility import EVERYTHING, visible_q
from library.whereabouts import Whereabouts
from places import olc as plus_codes
from places import s2 as cells
from places.distance import Box, degrees_of_km

_NEIGHBOURHOOD: Final = Range(high=DEFAULT_KM)
_CORNERS: Final = "a position such as 49.4,13.4 or a box of north, east, south and west such as 49.4,13.4,46.5,2.3"


@grant_filter("near")
def near(value: str, grant: Grant) -> Answer:
    """Within `dist` of a photo, given by its UID, which has to be one that may be seen."""
    place, distance = split_distance(value)
    return taken_where(_around(position_of(place, grant), distance))


@search_filter("s2")
def s2(value: str) -> Answer:
    """In an S2 cell or within `dist` of its middle, whichever reaches farther."""
    place, distance = split_distance(value)
    token = cells.without_prefix(unescape(place).lower())
    if not cells.is_token(token):
        raise BadValue(value, "an S2 cell such as 4799e370ca5c")
    condition = _around(cells.position(token), distance)
    if cells.width_km(token) > _farthest(distance):
        first, behind = cells.cells_within(token)
        condition |= Q(cell__gte=first, cell__lt=behind)
    return taken_where(condition)


@search_filter("olc")
def olc(value: str) -> Answer:
    """In the area of a full plus code or within `dist` of its middle."""
    place, distance = split_distance(value)
    # In an address a plus is a blank, which was trimmed.
    code = place if "+" in place else f"{place}+"
    area, middle = plus_codes.area(code), plus_codes.decode(code)
    if area is None or middle is None:
        raise BadValue(value, "a full plus code such as 8FWCHX7W+")
    condition = _around(middle, distance)
    if degrees_of_km(0, _farthest(distance))[0] < area.north - area.south:
        condition |= box_q(area)
    return taken_where(condition)


@search_filter("latlng")
def latlng(value: str) -> Answer:
    """Within `dist` of `lat,lng`, or in the box `north,east,south,west`."""
    place, distance = split_distance(value)
    try:
        corners = [numbers(part)[0] for part in place.split(",")]
    except (BadValue, IndexError):
        corners = []
    exact = [corner.low for corner in corners if corner.low is not None and corner.low == corner.high]
    if len(exact) == len(corners) == 2:
        lat, lng = (degrees(key, part) for key, part in zip(("lat", "lng"), place.split(","), strict=True))
        return taken_where(_around((lat, lng), distance))
    if len(exact) == len(corners) == 4:
        return taken_where(box_q(_box(*exact)))
    raise BadValue(value, _CORNERS)


@search_filter("lat")
def latitude(value: str) -> Answer:
    """A range, or within `dist` of a parallel."""
    place, distance = split_distance(value)
    if not is_point(place):
        return taken_where(within("lat", place))
    return taken_where(_each_ring(distance, lambda ring: _band("lat", degrees("lat", place), ring)))


@search_filter("lng")
def longitude(value: str) -> Answer:
    """A range, or so many degrees from a meridian as `dist` is at the equator."""
    place, distance = split_distance(value)
    if not is_point(place):
        return taken_where(within("lng", place))
    return taken_where(_each_ring(distance, lambda ring: _band("lng", degrees("lng", place), ring)))


@search_filter("dist")
def distance(value: str) -> Q:
    """With nothing to measure from a distance restricts nothing."""
    rings(value)
    return ALL


def position_of(uid: str, grant: Grant) -> tuple[float, float]:
    """Latitude and longitude of a photo, or of the middle of its cell. Raises BadValue if it may not be seen."""
    visible = Photo.objects.filter(visible_q(grant, EVERYTHING, "few"), uid=uid)
    position = visible.values_list("lat", "lng", "cell").first()
    if position is None:
        raise BadValue(uid, "the UID of a photo")
    lat, lng, cell = position
    if Whereabouts.of(grant).home_at(lat, lng):
        raise BadValue(uid, "a photo whose place is known")
    if lat is not None and lng is not None:
        return lat, lng
    if (middle := cells.position(cell or "")) == (0, 0):
        raise BadValue(uid, "a photo whose place is known")
    return middle


def _around(point: tuple[float, float], distance: str) -> Q:
    return _each_ring(distance, lambda ring: ring_q(*point, ring))


def _each_ring(distance: str, condition: Callable[[Range], Q]) -> Q:
    if not distance:
        return condition(_NEIGHBOURHOOD)
    found = any_of(condition(ring) for ring in rings(distance))
    return POSITIONED & ~found if distance.startswith("!") else found


def _farthest(distance: str) -> float:
    """How far a distance reaches at most, 0 for one that only says how far away."""
    found = [_NEIGHBOURHOOD] if not distance else [] if distance.startswith("!") else rings(distance)
    return max((ring.high or 0 for ring in found), default=0)


def _band(column: str, middle: float, ring: Range) -> Q:
    far = POSITIONED if ring.high is None else _stripe(column, middle, ring.high)
    return far & ~_stripe(column, middle, ring.low) if ring.low else far


def _stripe(column: str, middle: float, km: float) -> Q:
    width = degrees_of_km(0, km)[0]
    if column == "lat":
        return Q(lat__gte=middle - width, lat__lte=middle + width)
    if width >= 180:
        return POSITIONED
    west, east = _wrapped(middle - width), _wrapped(middle + width)
    return Q(lng__gte=west, lng__lte=east) if west <= east else Q(lng__gte=west) | Q(lng__lte=east)


def _box(north: float, east: float, south: float, west: float) -> Box:
    """With the lower latitude first it is south, west, north and east; maps count on beyond 180 degrees."""
    if north < south:
        north, east, south, west = south, west, north, east
    if abs(east - west) >= 360:
        return Box(south, -180.0, north, 180.0)
    return Box(south, _wrapped(west), north, _wrapped(east))


def _wrapped(lng: float) -> float:
    return lng if -180 <= lng <= 180 else (lng + 180) % 360 - 180
