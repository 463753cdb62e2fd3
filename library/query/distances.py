"""Pure: hands the distance of a query to what it belongs to, and joins latitude and longitude to a point.

    near:ps6sg6be2lvl0yh7 dist:5      near:ps6sg6be2lvl0yh7@5
    lat:41.9 lng:-87.6 dist:2-10      latlng:41.9,-87.6@2-10     a ring
    (near:a | olc:8FWC) -dist:5       (near:a@!5 | olc:8FWC@!5)  farther than that

What follows the `@` may be typed as well. A distance without a place to measure from restricts nothing.
"""

from collections.abc import Iterable
from typing import Final

from library.query.nodes import And, BadValue, Filter, Node, Not, Or, conjoin, either, negate
from library.query.syntax import bounded
from library.query.values import Range, number, numbers

SIGN: Final = "@"
DEFAULT_KM: Final = 2.0
MAX_KM: Final = 5000.0  # PhotoPrism's limit

_DISTANCE: Final = "dist"
_PLACES: Final = frozenset(["near", "s2", "olc", "lat", "lng", "latlng"])
_DEGREES: Final = {"lat": (90, "a latitude from -90 to 90"), "lng": (180, "a longitude from -180 to 180")}


def with_distances(parts: Iterable[Node]) -> tuple[Node, ...]:
    """The parts of an And; a `dist` among them has moved into the places beside it. Raises BadValue, QueryTooLong."""
    parts = list(parts)
    places = _with_points([part for part in parts if not _is_distance(part)])
    distances = [text for part in parts if _is_distance(part) and (text := _written(part))]
    if not distances:
        return tuple(_placed(part, []) for part in places)
    placed = tuple(_placed(part, distances) for part in places)
    # Each distance now stands at each place: a short query may have become a long one.
    bounded(And(placed))
    return placed


def split_distance(value: str) -> tuple[str, str]:
    """The place and the distance of `place@distance`; the distance is empty if there is none."""
    place, sign, distance = value.rpartition(SIGN)
    return (place.strip(), distance.strip()) if sign else (value.strip(), "")


def rings(distance: str) -> tuple[Range, ...]:
    """The kilometres that a distance allows, without its `!`; a lone number is the farthest. Raises BadValue."""
    found = numbers(distance.removeprefix("!"))
    if not found or any((ring.low or 0) < 0 or (ring.high or 0) < 0 for ring in found):
        raise BadValue(distance, "a distance in kilometres such as 5, 2-10 or >20")
    return tuple(_limited(ring) for ring in found)


def is_point(value: str) -> bool:
    """Whether it is one number of degrees, not a range of them."""
    try:
        number(value)
    except BadValue:
        return False
    return True


def degrees(key: str, value: str) -> float:
    """The number of `lat` or `lng`. Raises BadValue if it is off the globe."""
    limit, wanted = _DEGREES[key]
    found = number(value)
    if abs(found) > limit:
        raise BadValue(value, wanted)
    return found


def _limited(ring: Range) -> Range:
    low = None if ring.low == ring.high else ring.low
    return Range(low, None if ring.high is None else min(ring.high, MAX_KM))


def _is_distance(part: Node) -> bool:
    inner = part.part if isinstance(part, Not) else part
    return isinstance(inner, Filter) and inner.key == _DISTANCE


def _written(part: Node) -> str:
    """The distance as text, with a `!` for a negated one; empty while it is still being typed."""
    inner = part.part if isinstance(part, Not) else part
    value = inner.value.strip() if isinstance(inner, Filter) else ""
    if not value:
        return ""
    try:
        rings(value)
    except BadValue as error:
        raise error.of_filter(_DISTANCE) from None
    return f"!{value.removeprefix('!')}" if isinstance(part, Not) != value.startswith("!") else value.removeprefix("!")


def _with_points(parts: list[Node]) -> list[Node]:
    """Each latitude joined with a longitude, as far as there are both; before the others."""
    pairs = list(zip(_points_of(parts, "lat"), _points_of(parts, "lng"), strict=False))
    rest = [part for part in parts if not any(part is half for pair in pairs for half in pair)]
    return [*(_joined(*pair) for pair in pairs), *rest]


def _points_of(parts: list[Node], key: str) -> list[Filter]:
    return [part for part in parts if isinstance(part, Filter) and part.key == key and is_point(part.value)]


def _joined(*pair: Filter) -> Filter:
    for part in pair:
        try:
            degrees(part.key, part.value)
        except BadValue as error:
            raise error.of_filter(part.key) from None
    return Filter("latlng", ",".join(part.value.strip() for part in pair))


def _placed(node: Node, distances: list[str]) -> Node:
    match node:
        case Filter(key, value) if key in _PLACES and value.strip() and SIGN not in value and distances:
            return conjoin(*(Filter(key, f"{value}{SIGN}{distance}") for distance in distances))
        case Not(part):
            return negate(_placed(part, distances))
        case Or(parts):
            return either(*(_placed(part, distances) for part in parts))
        case And(parts):
            return conjoin(*(_placed(part, distances) for part in with_distances(parts)))
        case _:
            return node
