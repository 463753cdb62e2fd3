"""Home, from which trips lead away: what it is taken for, and where somebody says that it is."""

from dataclasses import dataclass
from datetime import date

from albums.models import Home
from albums.trips import Traveller
from library.access import Grant
from places.locate import look_up


@dataclass(frozen=True, slots=True)
class ShownHome:
    """`is_said` if somebody said so, `since` that day on; else it is where the latest photos were taken mostly."""

    lat: float
    lng: float
    name: str
    is_said: bool
    since: date | None = None


def shown_home(traveller: Traveller) -> ShownHome | None:
    """None if nobody said where home is, and too few days have photos with a place to tell; and for guests."""
    if not traveller.tells_home:
        return None
    if said := traveller.home_said:
        return ShownHome(said.lat, said.lng, _name(said.lat, said.lng), is_said=True, since=said.since)
    found = traveller.home_found
    return ShownHome(found.lat, found.lng, _name(found.lat, found.lng), is_said=False) if found else None


def say_home(grant: Grant, *, lat: float, lng: float, since: date | None) -> None:
    """From that day on, or always."""
    place = {"lat": lat, "lng": lng, "since": since}
    Home.objects.update_or_create(owner_key=Traveller(grant).owner_key, defaults=place)


def forget_home(grant: Grant) -> None:
    """The photos tell again."""
    Home.objects.filter(owner_key=Traveller(grant).owner_key).delete()


def _name(lat: float, lng: float) -> str:
    found = look_up(lat, lng)
    return found.city or found.state or found.label
