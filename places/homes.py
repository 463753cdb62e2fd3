"""Pure: homes, whose whereabouts strangers are told to ten kilometres and not to the door."""

import math
import random
from dataclasses import dataclass
from typing import Final

from places.distance import Position, degrees, kilometres

LEAST: Final = 100
MOST: Final = 5_000
"""Metres that may be chosen as the radius of a home."""

_SQUARE_KM: Final = 10.0
_KM_PER_DEGREE: Final = math.pi * 6371.0 / 180
# Nearer to the poles the squares of a row would become needles.
_NARROWEST: Final = 0.02
_RANDOM: Final = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Home:
    """What is hidden: a circle that holds the home and reaches `km` from a middle which is not the home's.

    A hole in a map points to its middle, so the middle must be nowhere in particular.
    """

    lat: float
    lng: float
    km: float

    def holds(self, lat: float, lng: float) -> bool:
        """Whether a position lies in it."""
        return kilometres(Position(lat=self.lat, lng=self.lng), Position(lat=lat, lng=lng)) <= self.km

    @property
    def shown(self) -> tuple[float, float]:
        """The position that strangers are told of all that is in it: the middle of a square of a fixed grid.

        The square is at least 10 km wide and twice as wide as the circle, and the same for every photo, so that no
        average of many leads anywhere.
        """
        width = max(_SQUARE_KM, 4 * self.km)
        lat = _middle(self.lat, width / _KM_PER_DEGREE)
        narrow = max(math.cos(math.radians(lat)), _NARROWEST)
        lng = _middle(self.lng, width / _KM_PER_DEGREE / narrow)
        return round(max(-90.0, min(90.0, lat)), 4), round((lng + 180) % 360 - 180, 4)


def aside(lat: float, lng: float, radius: float) -> tuple[float, float]:
    """A point at random within a radius in metres: what is twice as wide around it holds all within the radius."""
    angle, share = _RANDOM.uniform(0, 2 * math.pi), math.sqrt(_RANDOM.random())
    up, across = degrees(lat, radius * share)
    moved = lat + up * math.sin(angle), lng + across * math.cos(angle)
    return max(-90.0, min(90.0, moved[0])), (moved[1] + 180) % 360 - 180


def _middle(value: float, step: float) -> float:
    return (math.floor(value / step) + 0.5) * step
