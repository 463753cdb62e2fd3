"""Pure: distances on the globe, and where someone was between two known positions."""

import math
import random
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

EARTH_RADIUS_KM = 6371.0
_KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
# Nearer to a pole, a distance is no longer a sensible number of degrees of longitude.
_LAST_LATITUDE = 89.9
# Outside the time between two positions closer than this, the middle is the better guess.
_SAME_SPOT_KM = 1.0
# Rounded down: an accuracy is no measurement.
_METRES_PER_DEGREE = 100_000
_RANDOM = random.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A point on the globe in degrees, altitude in metres.

    `estimated` if nothing measured it; `accuracy` is how many metres it may be off.
    """

    lat: float
    lng: float
    altitude: float = 0.0
    name: str = ""
    time: datetime | None = None
    estimated: bool = False
    accuracy: int = 0

    def is_within(self, lat: float, lng: float, degrees: float) -> bool:
        """Whether it lies in the square of that half width around a point."""
        return abs(self.lat - lat) <= degrees and abs(_wrapped(self.lng - lng)) <= degrees

    def scattered(self, degrees: float) -> Self:
        """Moved at random, so that estimated photos do not lie on top of each other."""
        return replace(
            self,
            lat=max(min(self.lat + _RANDOM.uniform(-degrees, degrees), 90.0), -90.0),
            lng=_wrapped(self.lng + _RANDOM.uniform(-degrees, degrees)),
            accuracy=self.accuracy + round(degrees * _METRES_PER_DEGREE),
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of degrees; `west` is greater than `east` where it crosses 180 degrees."""

    south: float
    west: float
    north: float
    east: float


def kilometres(one: Position, other: Position) -> float:
    """Great circle distance (haversine)."""
    south, north = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((north - south) / 2) ** 2
    half_lng = math.sin(math.radians(other.lng - one.lng) / 2) ** 2
    share = half_lat + math.cos(south) * math.cos(north) * half_lng
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(share, 1.0)))


def degrees(lat: float, metres: float) -> tuple[float, float]:
    """How many degrees of latitude and of longitude a distance is at a latitude."""
    return degrees_of_km(lat, metres / 1000)


def degrees_of_km(lat: float, km: float) -> tuple[float, float]:
    per_lat = km / _KM_PER_DEGREE
    narrow = math.cos(math.radians(max(min(lat, _LAST_LATITUDE), -_LAST_LATITUDE)))
    return per_lat, per_lat / narrow


def box_around(lat: float, lng: float, km: float) -> Box:
    """The smallest rectangle that holds every point within a distance."""
    up = km / _KM_PER_DEGREE
    south, north = max(lat - up, -90.0), min(lat + up, 90.0)
    if north == 90 or south == -90:
        return Box(south, -180.0, north, 180.0)
    # Widest nearer to the pole than the middle is.
    across = math.degrees(math.asin(min(math.sin(math.radians(up)) / math.cos(math.radians(lat)), 1.0)))
    return Box(south, _wrapped(lng - across), north, _wrapped(lng + across))


def box_within(lat: float, lng: float, km: float) -> Box | None:
    """A rectangle all of which is within a distance; None where a pole is too near for one."""
    up = km / _KM_PER_DEGREE / math.sqrt(2)
    south, north = lat - up, lat + up
    if north >= 90 or south <= -90:
        return None
    across = min(_reach(lat, edge, km) for edge in (south, north))
    if across >= 180:
        return Box(south, -180.0, north, 180.0)
    return Box(south, _wrapped(lng - across), north, _wrapped(lng + across))


def _reach(lat: float, edge: float, km: float) -> float:
    """How many degrees of longitude a circle of that radius spans to each side on another latitude."""
    middle, other = math.radians(lat), math.radians(edge)
    cosine = math.cos(km / EARTH_RADIUS_KM) - math.sin(middle) * math.sin(other)
    cosine /= math.cos(middle) * math.cos(other)
    return math.degrees(math.acos(max(min(cosine, 1.0), -1.0)))


def _wrapped(lng: float) -> float:
    return (lng + 180) % 360 - 180


@dataclass(frozen=True, slots=True)
class Movement:
    """From one timed position to a later one."""

    start: Position
    end: Position

    @classmethod
    def between(cls, one: Position, other: Position) -> Self:
        """Puts the earlier position first. Both need a time."""
        first, last = sorted((one, other), key=_time)
        return cls(first, last)

    @property
    def seconds(self) -> float:
        return (_time(self.end) - _time(self.start)).total_seconds()

    @property
    def hours(self) -> float:
        return self.seconds / 3600

    @property
    def km(self) -> float:
        return kilometres(self.start, self.end)

    @property
    def km_per_hour(self) -> float:
        """Zero if no time passed."""
        return self.km / self.hours if self.seconds else 0.0

    @property
    def degrees_lat(self) -> float:
        return self.end.lat - self.start.lat

    @property
    def degrees_lng(self) -> float:
        """The shorter way round the globe."""
        return _wrapped(self.end.lng - self.start.lng)

    @property
    def midpoint(self) -> Position:
        return self._at(0.5)

    def estimate(self, time: datetime) -> Position:
        """Where they were at a time: on the way between, or at the nearer end if outside it."""
        passed = (time - _time(self.start)).total_seconds()
        if 0 <= passed <= self.seconds and self.seconds:
            return self._at(passed / self.seconds)
        if self.km < _SAME_SPOT_KM:
            return self.midpoint
        return self._at(0.0 if passed < 0 else 1.0)

    def _at(self, share: float) -> Position:
        return Position(
            lat=self.start.lat + share * self.degrees_lat,
            lng=_wrapped(self.start.lng + share * self.degrees_lng),
            altitude=self.start.altitude + share * (self.end.altitude - self.start.altitude),
            estimated=True,
        )


def _time(position: Position) -> datetime:
    if position.time is None:
        raise ValueError("A movement needs two positions with a time.")
    return position.time
