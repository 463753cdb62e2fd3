"""Pure: GPX tracks: where somebody was at which time."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO, Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from places.distance import Movement, Position

MOST_POINTS: Final = 500_000
# Without a point for so long nobody knows where they were; while standing still a logger may be silent longer.
LONGEST_SILENCE: Final = timedelta(minutes=10)
LONGEST_REST: Final = timedelta(hours=2)
RESTING_KM: Final = 0.2
# Before the first and after the last point of a track.
BESIDE: Final = timedelta(minutes=5)


class NotATrack(ValueError):
    """The file has no points with times; its text is a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Track:
    """Positions in the order of their times; each has one."""

    points: tuple[Position, ...]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when it can tell a position."""
        return _time(self.points[0]) - BESIDE, _time(self.points[-1]) + BESIDE

    def at(self, moment: datetime) -> Position | None:
        """Where they were, None when the track does not tell."""
        after = bisect_left(self.points, moment, key=_time)
        if after < len(self.points) and _time(self.points[after]) == moment:
            return self.points[after]
        if after in (0, len(self.points)):
            edge = self.points[min(after, len(self.points) - 1)]
            return edge if abs(_time(edge) - moment) <= BESIDE else None
        movement = Movement(self.points[after - 1], self.points[after])
        silence = timedelta(seconds=movement.seconds)
        limit = LONGEST_REST if movement.km <= RESTING_KM else LONGEST_SILENCE
        return movement.estimate(moment) if silence <= limit else None


def read_gpx(*files: IO[bytes]) -> Track:
    """The timed points of all tracks and routes in GPX files. Raises NotATrack."""
    points = [point for file in files for point in _read(file)]
    return Track(tuple(_distinct(sorted(points, key=_time))))


def _read(file: IO[bytes]) -> list[Position]:
    name = getattr(file, "name", "") or ""
    named = f"“{name}”" if isinstance(name, str) and name else "This"
    try:
        points = list(_points(file))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotATrack(f"{named} is not a GPX file that can be read.") from error
    if not points:
        raise NotATrack(f"{named} has no points with times in it, so it tells nothing about photos.")
    return points


def _points(file: IO[bytes]) -> Iterator[Position]:
    count = 0
    for _, element in iterparse(file, events=("end",), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if name in ("trkpt", "rtept", "wpt") and (point := _point(element)):
            count += 1
            if count > MOST_POINTS:
                raise ValueError("more points than a year of seconds has hours")
            yield point
        # What has been read is let go, as files of a year of walks are large.
        if name in ("trkpt", "rtept", "wpt", "trkseg", "trk", "rte"):
            element.clear()


def _point(element: "object") -> Position | None:
    find = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in element}  # type: ignore[attr-defined]
    time = _moment(find.get("time", ""))
    lat, lng = (_number(element.get(name, "")) for name in ("lat", "lon"))  # type: ignore[attr-defined]
    if time is None or lat is None or lng is None or abs(lat) > 90 or abs(lng) > 180:
        return None
    return Position(lat=lat, lng=lng, altitude=_number(find.get("ele", "")) or 0.0, time=time)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e6 else None


def _distinct(points: Iterable[Position]) -> Iterator[Position]:
    """One point a moment."""
    last: datetime | None = None
    for point in points:
        if point.time != last:
            yield point
        last = point.time


def _time(point: Position) -> datetime:
    return point.time or datetime.min.replace(tzinfo=UTC)
