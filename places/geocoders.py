"""Reverse geocoding from bundled data; no request leaves the machine."""

import csv
from dataclasses import dataclass
from functools import cache

from places import outlines, towns
from places.countries import UNKNOWN
from places.outlines import DATA, Region
from places.towns import Around, Town

_SEARCH_KM = 60.0
# Twelve nautical miles: the waters of a country.
_COASTAL_WATERS_KM = 22.2
_WRONG_LINE_KM = 1.0
# How far from the edge of a town it is still named, on land and from a boat.
_COUNTRYSIDE_KM = 25.0
_OFFSHORE_KM = 8.0


@dataclass(frozen=True, slots=True)
class Address:
    """What is known of a point; `country` is "zz" at sea, where `sea` has a name."""

    country: str = UNKNOWN
    state: str = ""
    city: str = ""
    district: str = ""
    sea: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    country: str
    state: str
    town_within_km: float


def geocode(lat: float, lng: float) -> Address:
    """The address of a point in degrees.

    Country and state are told by outlines, the city by distance and population. A point off the
    coast belongs to the nearest country within its territorial waters.
    """
    around = towns.load().around(lat, lng, _SEARCH_KM)
    ground = _ground(lat, lng, around)
    if ground is None:
        return Address(sea=_sea_at(lat, lng))
    heart = around.within(ground.country).heart()
    # In the middle of a town its own state is right, whatever an older or coarser outline says.
    state = (heart.region.state if heart else "") or ground.state
    neighbours = around.within(ground.country, state)
    city, district = heart or neighbours.city(), neighbours.district()
    if city is None or city.edge_km > ground.town_within_km:
        return Address(ground.country, state)
    return Address(ground.country, state, city.name, district.name if district else "")


def _ground(lat: float, lng: float, around: Around) -> _Ground | None:
    stray = around.on_own_ground()
    if stray and stray.km <= _WRONG_LINE_KM:
        return _Ground(stray.region.country, stray.region.state, _COUNTRYSIDE_KM)
    land = outlines.countries().region_at(lat, lng)
    if land:
        return _Ground(land.country, _state_of(land, lat, lng, around), _COUNTRYSIDE_KM)
    return _coast(lat, lng, around)


def _coast(lat: float, lng: float, around: Around) -> _Ground | None:
    """The nearest shore; a town stands for an island too small to be drawn."""
    shore = outlines.countries().nearest(lat, lng, _COASTAL_WATERS_KM)
    town = around.nearest()
    if town and town.km <= (shore.km if shore else _COASTAL_WATERS_KM):
        return _Ground(town.region.country, town.region.state, _OFFSHORE_KM)
    if shore is None:
        return None
    return _Ground(shore.region.country, _state_of(shore.region, lat, lng, around), _OFFSHORE_KM)


def _state_of(land: Region, lat: float, lng: float, around: Around) -> str:
    if not land.ask_town:
        return land.state
    state = _state_at(lat, lng, land.country)
    if state and not state.ask_town:
        return state.state
    town = around.within(land.country).nearest()
    return _town_state(town) or (state.state if state else "")


def _state_at(lat: float, lng: float, country: str) -> Region | None:
    inside = outlines.states().region_at(lat, lng, country=country)
    if inside:
        return inside
    near = outlines.states().nearest(lat, lng, _COASTAL_WATERS_KM, country=country)
    return near.region if near else None


def _town_state(town: Town | None) -> str:
    return town.region.state if town else ""


@dataclass(frozen=True, slots=True)
class _Sea:
    name: str
    south: float
    west: float
    north: float
    east: float


def _sea_at(lat: float, lng: float) -> str:
    for sea in _seas():
        if sea.south <= lat <= sea.north and sea.west <= lng <= sea.east:
            return sea.name
    return ""


@cache
def _seas() -> list[_Sea]:
    """Coarse boxes, the smaller seas before the oceans."""
    with (DATA / "seas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [_Sea(name, *map(float, edges)) for name, *edges in rows]
