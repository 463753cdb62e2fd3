"""The populated places of GeoNames: those around a point, and the one a point belongs to."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from places.distance import degrees_of_km
from places.outlines import DATA, SCALE, Region, regions

_ROWS_PER_DEGREE = 2
_KM_PER_DEGREE = 111.2
_SECTION, _OWN_GROUND = 1, 2
# Even a hamlet has some ground, so that a metropolis far off does not win by its size alone.
_HAMLET_KM = 3.0
_DISTRICT_KM = 2.0
# The middle of a town: a share of its reach, and of the smallest at least so much.
_MIDDLE, _MIDDLE_KM = 0.085, 0.6


@dataclass(frozen=True, slots=True)
class Town:
    """`edge_km`: from the point to where the town ends, negative inside it."""

    name: str
    region: Region
    km: float
    edge_km: float


class Towns:
    """All places, ordered by rows of half a degree and by longitude within a row."""

    def __init__(self) -> None:
        with np.load(DATA / "towns.npz") as file:
            lng, lat = np.cumsum(file["xy"], axis=1, dtype=np.int32)
            self.reach_km = file["reach"].astype(np.float32) / 100
            self.regions = file["regions"]
            flags = file["flags"]
            self._names: bytes = file["names"].tobytes()
            self._name_ends = np.cumsum(file["name_sizes"], dtype=np.uint32)
        self.lng, self.lat = (axis.astype(np.float32) / np.float32(SCALE) for axis in (lng, lat))
        self.is_section = (flags & _SECTION) > 0
        self.is_own_ground = (flags & _OWN_GROUND) > 0
        rows = (lat + 90 * SCALE) * _ROWS_PER_DEGREE // SCALE
        self._row_starts = np.searchsorted(rows, np.arange(180 * _ROWS_PER_DEGREE + 2))

    def name(self, number: int) -> str:
        start = int(self._name_ends[number - 1]) if number else 0
        return self._names[start : int(self._name_ends[number])].decode()

    def around(self, lat: float, lng: float, km: float) -> "Around":
        numbers = np.concatenate([np.arange(start, end) for start, end in self._runs(lat, lng, km)])
        across = (self.lng[numbers] - lng + 180) % 360 - 180
        distances = _KM_PER_DEGREE * np.hypot(across * math.cos(math.radians(lat)), self.lat[numbers] - lat)
        near = distances <= km
        return Around(self, numbers[near], distances[near])

    def _runs(self, lat: float, lng: float, km: float) -> list[tuple[int, int]]:
        up, across = degrees_of_km(lat, km)
        first, last = (int((edge + 90) * _ROWS_PER_DEGREE) for edge in (max(lat - up, -90), min(lat + up, 90)))
        starts = self._row_starts[first : last + 2].tolist()
        return [
            (start + int(west), start + int(east))
            for start, end in pairwise(starts)
            for window in _windows(lng, across)
            for west, east in [np.searchsorted(self.lng[start:end], window)]
        ]


def _windows(lng: float, across: float) -> list[tuple[float, float]]:
    """The stretch of longitudes around one, in two where it crosses 180 degrees."""
    west, east = lng - across, lng + across
    if across >= 180:
        return [(-180, 181)]
    if west < -180:
        return [(-180, east), (west + 360, 181)]
    if east > 180:
        return [(west, 181), (-180, east - 360)]
    return [(west, east)]


class Around:
    """The towns around a point, with their distances."""

    def __init__(self, towns: Towns, numbers: npt.NDArray[np.int64], km: npt.NDArray[np.float64]) -> None:
        self._towns, self._numbers, self._km = towns, numbers, km

    def nearest(self) -> Town | None:
        return self._least(self._km)

    def within(self, country: str, state: str = "") -> "Around":
        """Those of one country, and not of another of its states if one is given."""
        wanted = _numbers_of(country, state)
        return self._only(np.isin(self._towns.regions[self._numbers], wanted))

    def city(self) -> Town | None:
        """The town a point belongs to: near its middle, or within its reach if it is large."""
        towns = self._only(~self._towns.is_section[self._numbers])
        return towns._least(towns._km / (self._towns.reach_km[towns._numbers] + _HAMLET_KM))

    def heart(self) -> Town | None:
        """The largest town in whose middle the point lies."""
        middle_km = np.maximum(_MIDDLE * self._towns.reach_km[self._numbers], _MIDDLE_KM)
        middle = self._only(~self._towns.is_section[self._numbers] & (self._km <= middle_km))
        return middle._least(-middle._towns.reach_km[middle._numbers])

    def district(self) -> Town | None:
        """The nearest section of a town, if one is near."""
        near = self._towns.is_section[self._numbers] & (self._km <= _DISTRICT_KM)
        return self._only(near).nearest()

    def on_own_ground(self) -> Town | None:
        """The nearest town, if it lies on the wrong side of its country's or state's drawn line."""
        if not len(self._km):
            return None
        number = self._numbers[self._km.argmin()]
        return self.nearest() if self._towns.is_own_ground[number] else None

    def _only(self, chosen: npt.NDArray[np.bool_]) -> "Around":
        return Around(self._towns, self._numbers[chosen], self._km[chosen])

    def _least(self, score: npt.NDArray[np.float64]) -> Town | None:
        if not len(score):
            return None
        best = int(score.argmin())
        number, km = int(self._numbers[best]), float(self._km[best])
        edge = km - float(self._towns.reach_km[number])
        return Town(self._towns.name(number), regions()[int(self._towns.regions[number])], km, edge)


@cache
def _numbers_of(country: str, state: str) -> npt.NDArray[np.uint16]:
    chosen = [
        number
        for number, region in enumerate(regions())
        if region.country == country and (not state or region.state in ("", state))
    ]
    return np.array(chosen, dtype=np.uint16)


@cache
def load() -> Towns:
    return Towns()
