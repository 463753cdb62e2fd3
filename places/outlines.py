"""The outlines of countries and states: which one holds a point, which one is nearest."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from places.distance import degrees_of_km

DATA = Path(__file__).parent / "data"
# The files hold steps of a ten-thousandth of a degree (11 metres).
SCALE = 10_000
_KM_PER_DEGREE = 111.2
_BATCH = 4000


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a state of it; where the outline is of a former state, towns know better."""

    country: str
    state: str
    ask_town: bool


@dataclass(frozen=True, slots=True)
class Nearest:
    region: Region
    km: float


@cache
def regions() -> list[Region]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [Region(country, state, bool(ask)) for country, state, ask in rows]


class Outlines:
    """Small polygons in an R-tree. Where two overlap, the one listed first holds the ground."""

    def __init__(self, pieces: npt.NDArray[np.object_], numbers: npt.NDArray[np.uint16]) -> None:
        self._pieces = pieces
        self._numbers = numbers
        self._tree = shapely.STRtree(pieces)

    def region_at(self, lat: float, lng: float, *, country: str = "") -> Region | None:
        """The region that holds a point, of one country if given."""
        for piece in sorted(self._tree.query(shapely.Point(lng, lat), predicate="intersects")):
            region = self._region(piece)
            if country in ("", region.country):
                return region
        return None

    def nearest(self, lat: float, lng: float, km: float, *, country: str = "") -> Nearest | None:
        """The region nearest to a point, up to a distance."""
        found = [piece for piece in self._around(lat, lng, km) if country in ("", self._region(piece).country)]
        if not found:
            return None
        distances = _km_to(self._pieces[found], lat, lng)
        best = int(distances.argmin())
        if distances[best] > km:
            return None
        return Nearest(self._region(found[best]), float(distances[best]))

    def _around(self, lat: float, lng: float, km: float) -> list[int]:
        up, across = degrees_of_km(lat, km)
        across = min(across, 180)
        # The map ends at 180 degrees; a point near its edge looks over to the other side.
        turns = [turn for turn in (-360, 0, 360) if abs(lng + turn) - across <= 180]
        boxes = [shapely.box(lng + t - across, lat - up, lng + t + across, lat + up) for t in turns]
        return sorted({int(piece) for box in boxes for piece in self._tree.query(box)})

    def _region(self, piece: int) -> Region:
        return regions()[int(self._numbers[piece])]


def _km_to(pieces: npt.NDArray[np.object_], lat: float, lng: float) -> npt.NDArray[np.float64]:
    narrow = max(float(np.cos(np.radians(lat))), 0.01)

    def flat(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        across = (xy[:, 0] - lng + 180) % 360 - 180
        return np.column_stack([across * narrow, xy[:, 1] - lat]) * _KM_PER_DEGREE

    return np.asarray(shapely.distance(shapely.transform(pieces, flat), shapely.Point(0, 0)))


@cache
def countries() -> Outlines:
    """Whole countries, or their states where the charts have those."""
    return _load()[0]


@cache
def states() -> Outlines:
    """States of the countries whose own outline is undivided."""
    return _load()[1]


@cache
def _load() -> tuple[Outlines, Outlines]:
    with np.load(DATA / "shapes.npz") as file:
        numbers, divide = file["regions"], int(file["countries"])
        pieces = _pieces(file["starts"], file["steps"], file["sizes"].astype(np.int64))
    return Outlines(pieces[:divide], numbers[:divide]), Outlines(pieces[divide:], numbers[divide:])


def _pieces(
    starts: npt.NDArray[np.int32], steps: npt.NDArray[np.int16], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.object_]:
    """Made a batch at a time, which halves the memory that loading takes."""
    pieces = np.empty(len(sizes), dtype=object)
    ends = np.cumsum(sizes)
    for first in range(0, len(sizes), _BATCH):
        batch = slice(first, first + _BATCH)
        vertices = slice(ends[first] - sizes[first], ends[batch][-1])
        xy = _vertices(starts[batch], steps[:, vertices], sizes[batch])
        rings = shapely.linearrings(xy, indices=np.repeat(np.arange(len(sizes[batch])), sizes[batch]))
        pieces[batch] = shapely.polygons(rings)
    return pieces


def _vertices(
    starts: npt.NDArray[np.int32], steps: npt.NDArray[np.int16], sizes: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Each ring's start and its steps, summed up."""
    firsts = np.cumsum(sizes) - sizes
    way = np.cumsum(steps, axis=1, dtype=np.int32)
    return (way + np.repeat(starts.T - way[:, firsts], sizes, axis=1)).T / SCALE
