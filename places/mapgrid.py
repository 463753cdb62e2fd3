"""Pure: the map's grid: each position as one number, whose leading bits name ever larger squares of the map.

The map (Web Mercator) is cut in four again and again, 24 times; two bits of the number say which quarter each time
(a Z-order curve). All positions of one square therefore lie between two numbers, and an index holds them together.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

DEPTH: Final = 24  # the last squares are 2.4 metres wide at the equator
NORTHERNMOST: Final = 85.0511287798066  # degrees; what lies beyond is drawn at the edge
MOST_SQUARES: Final = 64


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the grid: the codes in it are from `first` up to, but not including, `last`."""

    level: int
    number: int

    @property
    def first(self) -> int:
        return self.number << 2 * (DEPTH - self.level)

    @property
    def last(self) -> int:
        return (self.number + 1) << 2 * (DEPTH - self.level)


def code_of(lat: float | None, lng: float | None) -> int | None:
    """The number of a position in degrees, None without one."""
    if lat is None or lng is None:
        return None
    return _interleave(_column(lng, DEPTH), _row(lat, DEPTH))


def positions_of(codes: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Latitudes and longitudes in degrees of the middles of the smallest squares with these numbers."""
    x, y = (_gathered(codes >> shift) + 0.5 for shift in (0, 1))
    turn = np.pi * (1 - 2 * y / (1 << DEPTH))
    return np.degrees(np.arctan(np.sinh(turn))), x / (1 << DEPTH) * 360 - 180


def squares_of(west: float, south: float, east: float, north: float, *, deepest: int = DEPTH) -> list[Square]:
    """Squares that cover a box in degrees, in their order; few and therefore larger than it. `west > east` is fine.

    None of them is smaller than those of the level `deepest`.
    """
    boxes = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    found = {square for left, right in boxes for square in _cover((left, south, right, north), deepest)}
    return sorted(found, key=lambda square: square.first)


def _cover(box: tuple[float, float, float, float], level: int) -> Iterator[Square]:
    west, south, east, north = box
    while level:
        columns = _column(east, level) - _column(west, level) + 1
        rows = _row(south, level) - _row(north, level) + 1
        if columns * rows <= MOST_SQUARES // 4:
            break
        level -= 1
    for x in range(_column(west, level), _column(east, level) + 1):
        for y in range(_row(north, level), _row(south, level) + 1):
            yield Square(level, _interleave(x, y))


def _column(lng: float, level: int) -> int:
    return _within(math.floor((lng + 180) / 360 * (1 << level)), level)


def _row(lat: float, level: int) -> int:
    """From north to south, as maps are counted."""
    sine = math.sin(math.radians(max(-NORTHERNMOST, min(NORTHERNMOST, lat))))
    place = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return _within(math.floor(place * (1 << level)), level)


def _within(number: int, level: int) -> int:
    return max(0, min((1 << level) - 1, number))


def _interleave(x: int, y: int) -> int:
    return _spread(x) | _spread(y) << 1


def _spread(number: int) -> int:
    """Each bit moved to twice its place."""
    for shift, mask in _STEPS:
        number = (number | number << shift) & mask
    return number


def _gathered(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Each second bit moved to half its place."""
    numbers = codes & _STEPS[-1][1]
    for (shift, _), (_, mask) in zip(reversed(_STEPS), [*reversed(_STEPS[:-1]), (0, 0xFFFFFFFF)], strict=True):
        numbers = (numbers | numbers >> shift) & mask
    return numbers


_STEPS: Final = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
