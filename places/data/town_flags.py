"""Which towns are sections of another, and which lie across their own border line."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy.typing as npt
import shapely

from places.data.areas import KM_PER_DEGREE, Area, points_of
from places.data.sources import SECTION, Town

# A town just across the drawn line of its own country or state shows that the line is wrong there,
# or that the chart lacks an exclave.
WRONG_BORDER_KM, WRONG_STATE_LINE_KM = 5.0, 2.0
PEOPLE_PER_KM2 = 6000
CITY = 10_000
SECTION_FLAG, OWN_GROUND_FLAG = 1, 2


def town_flags(
    towns: Sequence[Town], names: dict[str, str], countries: Sequence[Area], states: Sequence[Area]
) -> list[int]:
    """Whether a town is a section of another, and whether it lies across its own border line."""
    sections = sections_of(towns)
    stray = strays(
        countries,
        points_of(towns),
        [town.country for town in towns],
        [area.unit.country for area in countries],
        WRONG_BORDER_KM,
    )
    named = [area for area in (*countries, *states) if area.unit.state and not area.unit.ask_town]
    stray |= strays(
        named,
        points_of(towns),
        [f"{town.country} {state_of(town, names)}" for town in towns],
        [f"{area.unit.country} {area.unit.state}" for area in named],
        WRONG_STATE_LINE_KM,
    )
    stray -= misplaced(towns)
    return [SECTION_FLAG * (number in sections) + OWN_GROUND_FLAG * (number in stray) for number in range(len(towns))]


def strays(
    areas: Sequence[Area], at: npt.NDArray[Any], own: Sequence[str], names: Sequence[str], km: float
) -> set[int]:
    """Towns outside their own area, though not far from it."""
    tree = shapely.STRtree([area.outline for area in areas])
    first: dict[int, int] = {}
    for town, area in tree.query(at, predicate="intersects").T:
        first[town] = min(area, first.get(town, area))
    wrong = [town for town, area in first.items() if own[town] != names[area]]
    near = tree.query(at[wrong], predicate="dwithin", distance=km / KM_PER_DEGREE)
    return {wrong[asked] for asked, area in near.T if own[wrong[asked]] == names[area]}


def misplaced(towns: Sequence[Town]) -> set[int]:
    """Towns whose country is wrong in GeoNames: they lie in the time zone of another one."""
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for town in towns:
        zones[town.time_zone][town.country] += 1
    country = {zone: found.most_common(1)[0][0] for zone, found in zones.items()}
    own = set(country.values())
    return {
        number for number, town in enumerate(towns) if town.country in own and country[town.time_zone] != town.country
    }


def sections_of(towns: Sequence[Town]) -> set[int]:
    """Those GeoNames calls so, and those deep within a much larger town.

    A place whose kind is not known counts as a section anywhere within the larger town's reach.
    """
    sections = {number for number, town in enumerate(towns) if town.feature == SECTION}
    tree = shapely.STRtree(points_of(towns))
    for city in (town for town in towns if town.population >= CITY and town.feature != SECTION):
        reach = reach_dam(city.population) / 100
        narrow = max(math.cos(math.radians(city.lat)), 0.1)
        across, up = reach / KM_PER_DEGREE / narrow, reach / KM_PER_DEGREE
        for number in tree.query(shapely.box(city.lng - across, city.lat - up, city.lng + across, city.lat + up)):
            place = towns[number]
            km = KM_PER_DEGREE * math.hypot((place.lng - city.lng) * narrow, place.lat - city.lat)
            same_state = (place.country, place.admin1) == (city.country, city.admin1)
            share, ratio = (0.45, 4) if place.feature else (1.0, 1.5)
            if same_state and km <= share * reach and place.population * ratio <= city.population:
                sections.add(int(number))
    return sections


def state_of(town: Town, names: dict[str, str]) -> str:
    return names.get(f"{town.country}.{town.admin1}", "")


def reach_dam(population: int) -> int:
    """How far a town reaches, in tens of metres: a disc of usual density."""
    return round(math.sqrt(max(population, 300) / (math.pi * PEOPLE_PER_KM2)) * 100)
