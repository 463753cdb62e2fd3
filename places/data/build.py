"""Builds the data of the offline geocoder: `python -m places.data.build SOURCES`.

Not run at install: its products are part of the project. SOURCES is a folder with the inputs that
SOURCES.md lists; needs shapely, numpy and netCDF4.
"""

import csv
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from places.data.areas import Area, Unit, country_areas, state_areas
from places.data.pieces import pieces
from places.data.sources import (
    Town,
    read_country_names,
    read_country_shapes,
    read_state_names,
    read_state_shapes,
    read_towns,
)
from places.data.town_flags import reach_dam, state_of, town_flags

HERE = Path(__file__).parent
SCALE = 10_000
# A step has 16 bits, so no line may be longer than this.
LONGEST_STEP = 3.0


def build(sources: Path) -> None:
    towns = read_towns(sources / "cities500.json", sources / "cities.pbf")
    country_names = read_country_names(sources / "countries.json")
    names = read_state_names(sources / "admin1.json", country_names)
    countries = list(country_areas(read_country_shapes(sources / "dcw-gmt.nc"), towns, names))
    states = list(state_areas(read_state_shapes(sources / "world_map.gpkg"), towns, names))
    country_pieces, state_pieces = pieces(countries), pieces(states)
    flags = town_flags(towns, names, country_pieces, state_pieces)
    table = Table()
    write_shapes(table, country_pieces, state_pieces)
    write_towns(table, towns, names, flags)
    table.write(HERE / "regions.csv")
    write_countries(country_names)


class Table:
    """Numbers the countries and states in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[Unit, int] = {}

    def number(self, unit: Unit) -> int:
        return self.numbers.setdefault(unit, len(self.numbers))

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["country", "state", "ask_town"])
            for unit in self.numbers:
                rows.writerow([unit.country.lower(), unit.state, "yes" if unit.ask_town else ""])


def write_shapes(table: Table, countries: Sequence[Area], states: Sequence[Area]) -> None:
    areas = [*countries, *states]
    outlines = shapely.segmentize([area.outline for area in areas], LONGEST_STEP)
    rings = [np.rint(shapely.get_coordinates(outline) * SCALE).astype(np.int32) for outline in outlines]
    np.savez_compressed(
        HERE / "shapes.npz",
        starts=np.array([ring[0] for ring in rings], dtype=np.int32),
        steps=np.vstack([steps(ring, ring[:1]) for ring in rings]).astype(np.int16).T,
        sizes=np.array([len(ring) for ring in rings], dtype=np.uint16),
        regions=np.array([table.number(area.unit) for area in areas], dtype=np.uint16),
        countries=np.array(len(countries)),
    )


def write_towns(table: Table, towns: Sequence[Town], names: dict[str, str], flags: Sequence[int]) -> None:
    """Ordered by half a degree of latitude, then by longitude."""
    order = sorted(range(len(towns)), key=lambda i: (math.floor(towns[i].lat * 2), towns[i].lng))
    chosen = [towns[i] for i in order]
    encoded = [town.name.encode() for town in chosen]
    place = np.rint([(town.lng * SCALE, town.lat * SCALE) for town in chosen]).astype(np.int32)
    np.savez_compressed(
        HERE / "towns.npz",
        xy=steps(place, np.zeros((1, 2))).astype(np.int32).T,
        reach=np.array([reach_dam(town.population) for town in chosen], dtype=np.uint16),
        regions=np.array([table.number(Unit(t.country, state_of(t, names))) for t in chosen], dtype=np.uint16),
        flags=np.array([flags[i] for i in order], dtype=np.uint8),
        name_sizes=np.array([len(name) for name in encoded], dtype=np.uint8),
        names=np.frombuffer(b"".join(encoded), dtype=np.uint8),
    )


def steps(values: npt.NDArray[Any], start: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Differences from one row to the next: they pack into half the room."""
    return np.diff(values, axis=0, prepend=start)


def write_countries(names: dict[str, str]) -> None:
    with (HERE / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["code", "name"])
        rows.writerows((code.lower(), names[code]) for code in sorted(names))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
