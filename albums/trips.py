"""Trips: journeys away from home, found in the photos at any moment, each with an album that people may rename.

`places.journeys` says what a journey is. The albums are moments with a stored search for the days; where a journey
grows, shrinks or is named otherwise, its album follows, but for a title that somebody gave it. Trips are those of the
shared library; who has photos of their own has trips of their own, in which both count.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from slugify import slugify

from albums.made import Made
from albums.models import TRIP, Album, AlbumType, Home
from library.access import Grant
from library.models import DayCount
from library.query import EVERYTHING, And, Filter, conjoin, parse, unparse
from library.search.grouping import Group, grouped
from library.search.visibility import LIBRARY_ROLES
from places import journeys
from places.countries import UNKNOWN
from places.distance import Position
from places.journeys import Day, Journey, Stop, countries_named
from places.localized import country_name
from places.models import Place

_LONGEST: Final = 160

# The journeys of travellers, by what tells of them.
_found: dict[int, tuple[Journey, ...]] = {}
_MOST_FOUND: Final = 8


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey and its album; `title` is in the reader's language if nobody gave another."""

    album: Album
    journey: Journey
    title: str
    made: Made

    @property
    def days(self) -> int:
        return (self.journey.last - self.journey.first).days + 1

    @property
    def countries(self) -> tuple[str, ...]:
        """Their names in the reader's language."""
        return tuple(map(country_name, self.journey.countries))


class Traveller:
    """Whose journeys a grant is shown: everybody's (`owner_key` 0), or those of its own account.

    `grant` sees the photos that tell of them. What was read is kept, so there is one for each request.
    `tells_home` says whether who asks may know where home is, which photos tell that were not shared with guests.
    """

    def __init__(self, grant: Grant) -> None:
        own = DayCount.objects.filter(owner_key=grant.user_id or -1, photos__gt=0)
        self.tells_home = grant.is_member
        self.user = grant.user if own.exists() else None
        self.owner_key: int = self.user.pk if self.user else 0
        self.grant = Grant(user=self.user, role="viewer", permissions=frozenset(["library.view_photo"]))

    @cached_property
    def home_said(self) -> Home | None:
        """Where somebody said home is."""
        return Home.objects.filter(owner_key=self.owner_key).first()

    @property
    def home_found(self) -> Position | None:
        """Where the latest photos say that it is, by the rule of journeys; None if they do not."""
        found = journeys.homes(self.days)
        return found[-1] if found else None

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days with the places of their photos, the earliest first."""
        stops: dict[str, list[Stop]] = defaultdict(list)
        groups = grouped(EVERYTHING, self.grant, "local_day", "place", located=True)
        named = _named({group.key[1] for group in groups})
        for group in sorted(groups, key=lambda group: group.key):
            country, state, city = named.get(group.key[1], (UNKNOWN, "", ""))
            stops[group.key[0]].append(Stop(group.lat, group.lng, group.count, country, state, city))
        return tuple(Day(date.fromisoformat(day), tuple(there)) for day, there in stops.items())


def trips(grant: Grant, traveller: Traveller | None = None) -> list[Trip]:
    """The trips that a grant is shown, the latest first; their albums are up to date."""
    if grant.scope is not None or grant.role not in LIBRARY_ROLES:
        return []
    traveller = traveller or Traveller(grant)
    found = _journeys(traveller.days, _said(traveller.home_said))
    albums = _albums(found, traveller)
    by_day = {date.fromisoformat(group.key[0]): group for group in grouped(EVERYTHING, grant, "local_day")}
    shown = [_trip(journey, albums[journey], by_day) for journey in found if albums[journey].deleted_at is None]
    return [trip for trip in reversed(shown) if grant.sees_all or traveller.owner_key or not trip.album.private]


def _named(places: set[str]) -> dict[str, tuple[str, str, str]]:
    rows = Place.objects.exclude(pk=UNKNOWN).values_list("pk", "country", "state", "city")
    return {pk: (country, state, city) for pk, country, state, city in rows if pk in places}


def _said(home: Home | None) -> journeys.Home | None:
    return journeys.Home(Position(lat=home.lat, lng=home.lng), home.since or date.min) if home else None


def _journeys(days: tuple[Day, ...], home: journeys.Home | None) -> tuple[Journey, ...]:
    """Found anew only where the days are others; these themselves, of which there are many, are not kept."""
    key = hash((days, home))
    found = _found.get(key)
    if found is None:
        found = tuple(journeys.journeys(days, home))
        if len(_found) >= _MOST_FOUND:
            _found.clear()
        _found[key] = found
    return found


def _albums(found: Sequence[Journey], traveller: Traveller) -> dict[Journey, Album]:
    """The album of each journey: the one whose days it shares the most of, else a new one."""
    rows = list(Album.objects.filter(type=AlbumType.MOMENT, template=TRIP, owner=traveller.user).order_by("pk"))
    pairs = [(journey, album) for journey in found for album in rows if _shared_days(journey, album)]
    pairs.sort(key=lambda pair: (-_shared_days(*pair), pair[0].first, pair[1].pk))
    albums: dict[Journey, Album] = {}
    taken: set[int] = set()
    for journey, album in pairs:
        if journey not in albums and album.pk not in taken:
            albums[journey] = album
            taken.add(album.pk)
    return {journey: _kept(journey, albums.get(journey), traveller) for journey in found}


def _kept(journey: Journey, album: Album | None, traveller: Traveller) -> Album:
    """The album with the journey's days; written only if something is new."""
    values = _values(journey)
    if album is None:
        owned = {"owner": traveller.user, "private": traveller.owner_key > 0}
        return Album.objects.create(type=AlbumType.MOMENT, template=TRIP, **owned, **values)
    if not _is_automatic(album):
        values = {name: value for name, value in values.items() if name not in ("title", "slug")}
    changed = [name for name, value in values.items() if getattr(album, name) != value]
    if changed:
        for name in changed:
            setattr(album, name, values[name])
        album.save(update_fields=[*changed, "updated_at"])
    return album


def _values(journey: Journey) -> dict[str, Any]:
    """Columns of the album, with the title in English, as a search for it expects."""
    first, last = journey.first, journey.last
    title = _title(journey.name, first)
    return {
        "title": title,
        "slug": slugify(title, max_length=_LONGEST),
        "location": journey.name[:_LONGEST],
        "country": journey.countries[0] if len(journey.countries) == 1 else UNKNOWN,
        "year": first.year,
        "month": first.month,
        "day": first.day,
        "filter": unparse(conjoin(Filter("after", first.isoformat()), Filter("before", last.isoformat()))),
    }


def _title(name: str, first: date) -> str:
    """ "Tuscany, June 2019", in English."""
    with override("en"):
        return _written(name, first)


def _written(name: str, first: date) -> str:
    return f"{(name or _('Journey'))[:120]}, {date_format(first, 'F Y')}"


def _is_automatic(album: Album) -> bool:
    """Whether its title is the one that it was given here."""
    return album.title == _title(album.location, _span(album)[0])


def _trip(journey: Journey, album: Album, by_day: Mapping[date, Group]) -> Trip:
    groups = [by_day[day] for day in _each_day(journey) if day in by_day]
    most = max(groups, key=lambda group: group.count, default=None)
    name = countries_named(journey.named_by, country_name, _) or journey.name
    title = _written(name, journey.first) if _is_automatic(album) else album.title
    count, cover = sum(group.count for group in groups), most.cover if most else 0
    return Trip(album, journey, title, Made(album.uid, {}, count, cover, journey.first, journey.last, title))


def _each_day(journey: Journey) -> Iterable[date]:
    return (journey.first + timedelta(days=number) for number in range((journey.last - journey.first).days + 1))


def _shared_days(journey: Journey, album: Album) -> int:
    first, last = _span(album)
    return max(0, (min(journey.last, last) - max(journey.first, first)).days + 1)


def _span(album: Album) -> tuple[date, date]:
    """The first and the last day that the album's search asks for."""
    node = parse(album.filter)
    parts = node.parts if isinstance(node, And) else (node,)
    days = {part.key: part.value for part in parts if isinstance(part, Filter)}
    try:
        return date.fromisoformat(days["after"]), date.fromisoformat(days["before"])
    except (KeyError, ValueError):
        return date.max, date.min
