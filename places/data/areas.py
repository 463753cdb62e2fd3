"""From the outlines of the sources to countries and states in the terms of GeoNames."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from places.data.sketch import Sketch
from places.data.sources import Shape, Town, folded

KM_PER_DEGREE = 111.2
# A point on an island left out has the nearest country or state.
SMALLEST_ISLAND_KM2, SMALLEST_OF_STATE_KM2 = 0.2, 5.0
# States of the charts that have a country code of their own.
OWN_COUNTRY = {("CN", "HK"): "HK", ("CN", "MO"): "MO"}
# The charts have the rim of Antarctica only.
ANTARCTIC_ICE = [Shape("AQ", "", shapely.box(-180, -90, 180, -79))]


@dataclass(frozen=True, slots=True)
class Unit:
    """A country or a state; the nearest town names the state where `ask_town`."""

    country: str
    state: str
    ask_town: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    unit: Unit
    outline: shapely.Polygon


def country_areas(shapes: Sequence[Shape], towns: Sequence[Town], names: dict[str, str]) -> Iterator[Area]:
    divided = {shape.country for shape in shapes if shape.name}
    kept = [
        replace(shape, country=OWN_COUNTRY.get((shape.country, shape.name), shape.country))
        for shape in shapes
        if (shape.name or shape.country not in divided) and (shape.country, shape.name) != ("CN", "TW")
    ]
    kept = by_towns(without_doubles([*without_islets(kept, SMALLEST_ISLAND_KM2), *ANTARCTIC_ICE]), towns)
    units = units_of(kept, towns, names)
    yield from (Area(units[s.country, s.name], s.outline) for s in kept)


def by_towns(shapes: Sequence[Shape], towns: Sequence[Town]) -> list[Shape]:
    """An island goes to the country that GeoNames gives all of its towns to."""
    inside: dict[int, set[str]] = defaultdict(set)
    for town, number in Sketch([shape.outline for shape in shapes]).holding(points_of(towns)):
        inside[number].add(towns[town].country)
    return [_given_to(shape, inside[number]) for number, shape in enumerate(shapes)]


def _given_to(shape: Shape, countries: set[str]) -> Shape:
    if len(countries) != 1 or shape.country in countries:
        return shape
    return Shape(countries.pop(), "", shape.outline)


def state_areas(shapes: Sequence[Shape], towns: Sequence[Town], names: dict[str, str]) -> Iterator[Area]:
    """Dissolved by state: France's departments become its regions, as GeoNames has them."""
    units = units_of(shapes, towns, names)
    members: dict[Unit, list[shapely.Polygon]] = defaultdict(list)
    for shape in without_islets(shapes, SMALLEST_OF_STATE_KM2):
        members[units[shape.country, shape.name]].append(shape.outline)
    for unit, outlines in members.items():
        for part in shapely.get_parts(shapely.union_all(outlines)):
            yield Area(unit, part)


def without_islets(shapes: Sequence[Shape], smallest_km2: float) -> list[Shape]:
    """Without islands too small to matter, except the largest part of each unit."""
    largest: dict[tuple[str, str], float] = defaultdict(float)
    for shape in shapes:
        key = shape.country, shape.name
        largest[key] = max(largest[key], shape.outline.area)
    return [
        shape
        for shape in shapes
        if square_km(shape.outline) > smallest_km2 or shape.outline.area == largest[shape.country, shape.name]
    ]


def without_doubles(shapes: Sequence[Shape]) -> list[Shape]:
    """Where two countries are drawn on the same ground (Aland and Finland), the smaller has it."""
    total: dict[str, float] = defaultdict(float)
    for shape in shapes:
        total[shape.country] += shape.outline.area
    sketch = Sketch([shape.outline for shape in shapes])
    middles = shapely.point_on_surface([shape.outline for shape in shapes])
    doubled = set()
    for one, other in sketch.holding(middles):
        ratio = shapes[one].outline.area / shapes[other].outline.area
        if shapes[one].country != shapes[other].country and 0.5 < ratio < 2:
            doubled.add(max(one, other, key=lambda i: total[shapes[i].country]))
    return [shape for number, shape in enumerate(shapes) if number not in doubled]


def units_of(shapes: Sequence[Shape], towns: Sequence[Town], names: dict[str, str]) -> dict[tuple[str, str], Unit]:
    """What each shape is in the terms of GeoNames, told by the towns that lie in it."""
    sketch = Sketch([shape.outline for shape in shapes])
    inside: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for town, number in sketch.holding(points_of(towns)):
        shape = shapes[number]
        inside[shape.country, shape.name][towns[town].country, towns[town].admin1] += 1
    keys = {(shape.country, shape.name) for shape in shapes}
    return {key: unit_of(key, inside[key], names) for key in sorted(keys)}


def unit_of(key: tuple[str, str], inside: Counter[tuple[str, str]], names: dict[str, str]) -> Unit:
    """The unit most towns name; one without a clear majority (a former state) asks the town."""
    country, own_name = key
    if own_name == "":
        return Unit(country, "", ask_town=True)
    per_country: Counter[str] = Counter()
    for (code, _), count in inside.items():
        per_country[code] += count
    if per_country:
        country = per_country.most_common(1)[0][0]
    here = {admin1: count for (code, admin1), count in inside.items() if code == country}
    if not here:
        return Unit(country, same_name(country, own_name, names))
    admin1, count = max(here.items(), key=lambda item: item[1])
    state = names.get(f"{country}.{admin1}", "")
    if not state or count < 0.85 * sum(here.values()):
        return Unit(country, state or own_name, ask_town=True)
    return Unit(country, state)


def same_name(country: str, own_name: str, names: dict[str, str]) -> str:
    for code, name in names.items():
        if code.startswith(f"{country}.") and folded(name) == folded(own_name):
            return name
    return own_name if len(own_name) > 3 else ""


def square_km(outline: shapely.Polygon) -> float:
    south, north = outline.bounds[1], outline.bounds[3]
    return float(outline.area * math.cos(math.radians((south + north) / 2)) * KM_PER_DEGREE**2)


def points_of(towns: Iterable[Town]) -> npt.NDArray[Any]:
    return np.asarray(shapely.points([(town.lng, town.lat) for town in towns]))
