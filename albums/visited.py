"""What the pages of countries and trips show: counts, covers and names in the reader's language."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from albums.listing import Card
from albums.made import made_albums, state_uid
from albums.models import Album, AlbumType
from albums.serializers import count_links
from albums.shown import Filling, primary_hashes
from albums.trips import Trip
from library.access import Grant
from library.search.regions import Atlas, Region, atlas
from places.localized import country_name

# Names on the card of a trip.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Visited:
    """A country or a state: `url` is its page, `filling` its photos."""

    code: str
    name: str
    url: str
    filling: Filling
    cities: int

    @property
    def told(self) -> dict[str, Any]:
        """What the map of the world tells of it."""
        facts = {name: value for name, value in asdict(self).items() if name != "filling"}
        return {**facts, "count": self.filling.count, "span": years_between(self.filling.first, self.filling.last)}


@dataclass(frozen=True, slots=True)
class VisitedCountries:
    countries: tuple[Visited, ...]
    cities: int
    first: date | None
    last: date | None

    @property
    def span(self) -> str:
        return years_between(self.first, self.last)

    @property
    def told(self) -> list[dict[str, Any]]:
        return [country.told for country in self.countries]


@dataclass(frozen=True, slots=True)
class VisitedCountry:
    country: Visited
    states: tuple[Visited, ...]


def visited_countries(grant: Grant) -> VisitedCountries:
    """Those of many photos first."""
    found = atlas(grant)
    hashes = primary_hashes([region.cover for region in found.countries], grant)
    countries = tuple(_country(region, hashes) for region in found.countries)
    first = min((region.first for region in found.countries), default=None)
    last = max((region.last for region in found.countries), default=None)
    return VisitedCountries(countries, found.cities, first, last)


def visited_country(code: str, grant: Grant) -> VisitedCountry | None:
    """None if the grant finds no photo of it."""
    found = atlas(grant)
    country = next((region for region in found.countries if region.country == code), None)
    if country is None:
        return None
    states = _states(code, found, grant)
    hashes = primary_hashes([country.cover, *(region.cover for region, _ in states)], grant)
    shown = (_state(region, album, hashes) for region, album in states)
    return VisitedCountry(_country(country, hashes), tuple(shown))


def trip_cards(found: Sequence[Trip], grant: Grant) -> list[Card]:
    """As the list of albums shows them."""
    hashes = primary_hashes([trip.made.cover for trip in found], grant)
    links = count_links([trip.album.uid for trip in found], grant)
    return [
        Card(trip.album, _trip_filling(trip, hashes), links.get(trip.album.uid, 0), trip.title, _told(trip))
        for trip in found
    ]


def years_between(first: date | None, last: date | None) -> str:
    """ "2019", "2012 – 2024", "" """
    return " – ".join(dict.fromkeys(str(day.year) for day in (first, last) if day))


def _country(region: Region, hashes: dict[int, str]) -> Visited:
    url = reverse("country", args=[region.country])
    return Visited(region.country, country_name(region.country), url, _filling(region, hashes), region.cities)


def _state(region: Region, album: Album, hashes: dict[int, str]) -> Visited:
    url = reverse("album", args=[album.uid, album.slug or "view"])
    title = region.state if album.title == region.state else album.title
    return Visited(region.country, title, url, _filling(region, hashes), region.cities)


def _states(code: str, found: Atlas, grant: Grant) -> list[tuple[Region, Album]]:
    """The states of a country with their albums."""
    made_albums(AlbumType.STATE, grant)
    regions = {state_uid(code, region.state): region for region in found.states if region.country == code}
    rows = Album.objects.filter(type=AlbumType.STATE, country=code, deleted_at__isnull=True)
    albums = {album.uid: album for album in rows if grant.sees_all or not album.private}
    return [(region, albums[uid]) for uid, region in regions.items() if uid in albums]


def _filling(region: Region, hashes: dict[int, str]) -> Filling:
    return Filling(region.count, hashes.get(region.cover, ""), region.first, region.last)


def _trip_filling(trip: Trip, hashes: dict[int, str]) -> Filling:
    made = trip.made
    return Filling(made.count, hashes.get(made.cover, ""), made.first, made.last)


def _told(trip: Trip) -> str:
    """The cities or states it led through, without the one it is called by."""
    journey = trip.journey
    countries = list(trip.countries) if len(journey.countries) > 1 else []
    names = [name for name in (*journey.cities, *countries) if name != journey.name]
    return ", ".join(names[:_NAMED]) + (f" +{len(names) - _NAMED}" if len(names) > _NAMED else "")
