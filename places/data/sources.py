"""Readers of the public data sets that the bundled geocoder is built from."""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import affinity

# GeoNames feature codes: sections of a town, and places that no longer exist.
SECTION = "PPLX"
GONE = {"PPLH", "PPLQ", "PPLW", "PPLCH"}
# The boroughs of New York are counties in GeoNames, and their quarters towns.
NEW_YORK = {"005", "047", "061", "081", "085"}
BOROUGHS = {"Manhattan", "Brooklyn", "Queens", "The Bronx", "Staten Island"}

DISSOLVED = {"AN", "CS"}
# English short names where GeoNames has another.
COUNTRY_NAMES = {"NL": "Netherlands", "BS": "Bahamas", "GM": "Gambia", "XK": "Kosovo",
                 "PS": "Palestine", "BQ": "Bonaire, Sint Eustatius and Saba", "AX": "Åland Islands",
                 "CW": "Curaçao", "RE": "Réunion", "BL": "Saint Barthélemy", "ST": "São Tomé and Príncipe",
                 "VA": "Vatican City", "TL": "Timor-Leste"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames.

    `admin1` is its state's code, such as "ENG"; `feature` the kind of place, empty if not known.
    """

    name: str
    lat: float
    lng: float
    country: str
    admin1: str
    population: int
    feature: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline; `name` is the state's, empty for a whole country."""

    country: str
    name: str
    outline: shapely.Polygon


def read_towns(cities: Path, features: Path) -> list[Town]:
    known = {feature.geoname_id: feature for feature in _read_features(features.read_bytes())}
    rows = json.loads(cities.read_text(encoding="utf-8")).values()
    towns = [_town(row, known.get(row["geonameid"])) for row in rows]
    return [town for town in towns if town.feature not in GONE]


@dataclass(frozen=True, slots=True)
class _Feature:
    geoname_id: int
    code: str
    admin2: str


def _town(row: dict[str, Any], feature: _Feature | None) -> Town:
    town = Town(
        name=row["name"],
        lat=row["latitude"],
        lng=row["longitude"],
        country=row["countrycode"],
        admin1=row["admin1code"],
        population=row["population"],
        feature=feature.code if feature else "",
        time_zone=row["timezone"],
    )
    return replace(town, feature=SECTION) if _is_in_new_york(town, feature) else town


def _is_in_new_york(town: Town, feature: _Feature | None) -> bool:
    in_borough = feature is not None and feature.admin2 in NEW_YORK
    return (town.country, town.admin1) == ("US", "NY") and (in_borough or town.name in BOROUGHS)


def _read_features(packed: bytes) -> Iterator[_Feature]:
    """Protocol buffers behind their lengths; 1 is the id, 5 the second division, 7 the code."""
    at = 0
    while at < len(packed):
        length, at = _varint(packed, at)
        row = dict(_fields(packed[at : at + length]))
        at += length
        yield _Feature((row[1] >> 1) ^ -(row[1] & 1), row[7].decode(), row.get(5, b"").decode())


def _fields(packed: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(packed):
        key, at = _varint(packed, at)
        value, at = _varint(packed, at)
        if key & 7 == 2:
            yield key >> 3, packed[at : at + value]
            at += value
        else:
            yield key >> 3, value


def _varint(packed: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while packed[at] & 128:
        value |= (packed[at] & 127) << shift
        shift += 7
        at += 1
    return value | packed[at] << shift, at + 1


def read_state_names(admin1: Path, countries: dict[str, str]) -> dict[str, str]:
    """Names of the states by "DE.02"; none for the one state of a country of the same name."""
    rows = json.loads(admin1.read_text(encoding="utf-8"))
    names = {row["code"]: _without_kind(row["name"]) for row in rows}
    return {code: name for code, name in names.items() if folded(name) != folded(countries[code[:2]])}


def _without_kind(name: str) -> str:
    for kind in ("Municipality of ", "City of ", "County of ", "State of ", "Region of "):
        name = name.removeprefix(kind)
    return name


def folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def read_country_names(countries: Path) -> dict[str, str]:
    rows = json.loads(countries.read_text(encoding="utf-8"))
    return {code: COUNTRY_NAMES.get(code, row["name"]) for code, row in rows.items() if code not in DISSOLVED}


def read_state_shapes(world_map: Path) -> list[Shape]:
    """Natural Earth's states from a GeoPackage."""
    query = "select iso_a2, name, geom from states_provinces where geom is not null"
    with sqlite3.connect(world_map) as connection:
        rows = connection.execute(query).fetchall()
    return [
        Shape(country, name or "", part)
        for country, name, blob in rows
        for part in shapely.get_parts(shapely.from_wkb(_wkb(blob)))
    ]


def _wkb(blob: bytes) -> bytes:
    """A GeoPackage geometry without its header, whose length depends on the envelope's kind."""
    return blob[8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7] :]


def read_country_shapes(charts: Path) -> list[Shape]:
    """The Digital Chart of the World: countries, and states where it has them (as "USCA")."""
    import netCDF4

    with netCDF4.Dataset(charts) as chart:
        chart.set_auto_maskandscale(False)
        codes = sorted(name[:-4] for name in chart.variables if name.endswith("_lon"))
        return [
            Shape(code[:2], code[2:], outline)
            for code in codes
            for outline in _outlines(chart.variables[f"{code}_lon"], chart.variables[f"{code}_lat"])
        ]


def _outlines(lng: Any, lat: Any) -> Iterator[shapely.Polygon]:
    """Rings in 1/65535 of the unit's extent, each behind the mark (65535, 0), or (65535, 1) for a hole in the last."""
    x, y = lng[:].astype(float), lat[:].astype(float)
    starts = [*np.flatnonzero((x == 65535) & (y <= 1)), len(x)]
    is_hole = [bool(y[start]) for start in starts[:-1]]
    x = x * (lng.max - lng.min) / 65535 + lng.min
    y = y * (lat.max - lat.min) / 65535 + lat.min
    vertices = np.column_stack([x, y])
    shells: list[tuple[Any, list[Any]]] = []
    for (start, end), inside in zip(pairwise(starts), is_hole, strict=True):
        if end - start > 4:
            ring = vertices[start + 1 : end]
            if inside:
                shells[-1][1].append(ring)
            else:
                shells.append((ring, []))
    for shell, holes in shells:
        yield from _on_the_map(shapely.Polygon(shell, holes))


def _on_the_map(outline: shapely.Polygon) -> Iterator[shapely.Polygon]:
    """The charts run past 180 degrees; cut there, so that every part lies in -180 to 180."""
    west, _, east, _ = outline.bounds
    for shift in (-360, 0, 360):
        if west + shift >= 180 or east + shift <= -180:
            continue
        moved = affinity.translate(outline, shift)
        if west + shift >= -180 and east + shift <= 180:
            yield moved
            continue
        inside = shapely.clip_by_rect(shapely.make_valid(moved), -180, -90, 180, 90)
        yield from (part for part in shapely.get_parts(inside) if part.geom_type == "Polygon")
