"""Pure: journeys: days that follow each other away from home, grouped and named by where they led.

Home is where most days were spent in the year around a day, so a family that moves has two homes, one after the
other; where somebody said where home is, that holds from the day they named on. A day is away if most of its photos
lie more than 80 km from home. Days without photos belong to the journey around them if they are few.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from places.countries import UNKNOWN, name_of
from places.distance import Position, kilometres

AWAY_KM: Final = 80.0
LONGEST_GAP: Final = timedelta(days=2)
SHORTEST: Final = 2  # days
FEWEST_PHOTOS: Final = 8
HOME_YEAR: Final = timedelta(days=183)
# Fewer days than this in a year tell nothing about home.
FEWEST_DAYS: Final = 10
_MOST_NAMED: Final = 3
_DEGREES: Final = 0.25  # of the squares in which days are counted, some 20 km


@dataclass(frozen=True, slots=True)
class Stop:
    """Photos of one day at one place."""

    lat: float
    lng: float
    photos: int
    country: str = UNKNOWN
    state: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the places at which photos were taken."""

    date: date
    stops: tuple[Stop, ...]

    @property
    def middle(self) -> Stop:
        """Where most photos of the day are from."""
        return max(self.stops, key=lambda stop: stop.photos)


@dataclass(frozen=True, slots=True)
class Journey:
    """The days from `first` to `last`, both away; `countries` and `cities` with most photos first.

    `named_by` holds the codes of the countries in its name, if it is named by countries.
    """

    first: date
    last: date
    photos: int
    countries: tuple[str, ...]
    states: tuple[str, ...]
    cities: tuple[str, ...]
    name: str
    named_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody said that they live, from a day on; without one always."""

    position: Position
    since: date = date.min


@dataclass(slots=True)
class _Away:
    days: list[Day] = field(default_factory=list)


def journeys(days: Iterable[Day], home_named: Home | None = None) -> list[Journey]:
    """The journeys among the days, the earliest first."""
    known = sorted((day for day in days if day.stops), key=lambda day: day.date)
    found: list[_Away] = []
    open_journey: _Away | None = None
    for day, home in zip(known, homes(known, home_named), strict=True):
        if home is None or not _is_away(day, home):
            open_journey = None
            continue
        if open_journey is None or day.date - open_journey.days[-1].date > LONGEST_GAP + timedelta(days=1):
            open_journey = _Away()
            found.append(open_journey)
        open_journey.days.append(day)
    return [_journey(away.days) for away in found if _is_long(away.days)]


def homes(days: Sequence[Day], named: Home | None = None) -> list[Position | None]:
    """For each of the days, in their order, the place of most days in the year around it; None if that is unknown.

    From the day on that somebody named it is what they said.
    """
    counted: Counter[tuple[int, int]] = Counter()
    found: list[Position | None] = []
    first = last = 0
    for day in days:
        while last < len(days) and days[last].date <= day.date + HOME_YEAR:
            counted[_square(days[last].middle)] += 1
            last += 1
        while days[first].date < day.date - HOME_YEAR:
            counted[_square(days[first].middle)] -= 1
            first += 1
        if named and day.date >= named.since:
            found.append(named.position)
        else:
            found.append(_home(counted) if last - first >= FEWEST_DAYS else None)
    return found


def countries_named(
    codes: Sequence[str], name: Callable[[str], str] = name_of, gettext: Callable[[str], str] = str
) -> str:
    """ "France and Italy"; of more than three "France, Italy and 2 more countries"; "" of none.

    In another language with its names, and with `gettext` for the words between them.
    """
    if len(codes) < 2:
        return "".join(map(name, codes))
    named = dict(zip(("first", "second", "third"), map(name, codes), strict=False))
    if len(codes) > _MOST_NAMED:
        return gettext("%(first)s, %(second)s and %(n)d more countries") % {**named, "n": len(codes) - 2}
    if len(codes) == _MOST_NAMED:
        return gettext("%(first)s, %(second)s and %(third)s") % named
    return gettext("%(first)s and %(second)s") % named


def _home(counted: Counter[tuple[int, int]]) -> Position:
    # Of squares with as many days the same one wins in every run.
    row, column = max(counted, key=lambda square: (counted[square], square))
    return Position(lat=(row + 0.5) * _DEGREES, lng=(column + 0.5) * _DEGREES)


def _square(stop: Stop) -> tuple[int, int]:
    return int(stop.lat // _DEGREES), int(stop.lng // _DEGREES)


def _is_away(day: Day, home: Position) -> bool:
    away = sum(stop.photos for stop in day.stops if kilometres(Position(lat=stop.lat, lng=stop.lng), home) > AWAY_KM)
    return 2 * away > sum(stop.photos for stop in day.stops)


def _is_long(days: Sequence[Day]) -> bool:
    photos = sum(stop.photos for day in days for stop in day.stops)
    return (days[-1].date - days[0].date).days + 1 >= SHORTEST and photos >= FEWEST_PHOTOS


def _journey(days: Sequence[Day]) -> Journey:
    stops = [stop for day in days for stop in day.stops]
    countries = _by_photos((stop.country, stop.photos) for stop in stops if stop.country != UNKNOWN)
    states = _by_photos((stop.state, stop.photos) for stop in stops if stop.state)
    cities = _by_photos((stop.city, stop.photos) for stop in stops if stop.city)
    photos = sum(stop.photos for stop in stops)
    name = _smallest(stops, cities, states)
    named_by = () if name else _countries(stops, countries)
    name = name or countries_named(named_by)
    return Journey(days[0].date, days[-1].date, photos, countries, states, cities, name, named_by)


def _smallest(stops: Sequence[Stop], cities: Sequence[str], states: Sequence[str]) -> str:
    """The city that holds four fifths of the photos, else the state, "" if none does."""
    for names, kind in ((cities, "city"), (states, "state")):
        if names and _is_most(stops, kind, names[0]):
            return names[0]
    return ""


def _countries(stops: Sequence[Stop], countries: Sequence[str]) -> tuple[str, ...]:
    """The country that holds as many, else all of them; none at sea."""
    return tuple(countries[:1] if countries and _is_most(stops, "country", countries[0]) else countries)


def _is_most(stops: Sequence[Stop], kind: str, name: str) -> bool:
    here = sum(stop.photos for stop in stops if getattr(stop, kind) == name)
    return 5 * here >= 4 * sum(stop.photos for stop in stops)


def _by_photos(counted: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    total: Counter[str] = Counter()
    for name, photos in counted:
        total[name] += photos
    return tuple(sorted(total, key=lambda name: (-total[name], name)))
