"""look_up(lat, lng) tells what a position is called; cell_for(location) keeps it as rows."""

import hashlib
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tzfpy

from places import s2
from places.countries import UNKNOWN, name_of
from places.geocoders import Address, geocode

if TYPE_CHECKING:
    from places.models import Cell

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_ID_LENGTH = 12
# Shorter words find too much ("of", "la").
_SHORTEST_KEYWORD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A position in degrees and what it is called.

    `cell_id` is "s2:<token>", `place_id` such as "de:3vZ8kPq1TfXa"; both are "zz" for an unknown
    position. `country` has two lower-case letters, "zz" at sea. `time_zone` is an IANA name.
    """

    lat: float
    lng: float
    cell_id: str = UNKNOWN
    place_id: str = UNKNOWN
    label: str = name_of(UNKNOWN)
    city: str = ""
    district: str = ""
    state: str = ""
    country: str = UNKNOWN
    country_name: str = name_of(UNKNOWN)
    time_zone: str = ""
    keywords: tuple[str, ...] = ()


def look_up(lat: float, lng: float) -> Location:
    """The location of a position in degrees, from bundled data; 0, 0 and no position are unknown."""
    token = s2.cell_id(lat, lng)
    if not token:
        return Location(lat=lat, lng=lng)
    address = geocode(lat, lng)
    label = _label(address)
    return Location(
        lat=lat,
        lng=lng,
        cell_id=s2.with_prefix(token),
        place_id=place_id(address.country, label),
        label=label,
        city=address.city,
        district=address.district,
        state=address.state,
        country=address.country,
        country_name=name_of(address.country),
        time_zone=tzfpy.get_tz(lng, lat),
        keywords=keywords_of(label, address.district),
    )


def _label(address: Address) -> str:
    """Such as "Ambleside, England, United Kingdom"; a name that repeats is said once."""
    if address.country == UNKNOWN:
        return address.sea or name_of(UNKNOWN)
    country, city, state = name_of(address.country), address.city, address.state
    if country in (city, state):
        return country
    if state in (city, f"{city} City"):
        state = ""
    return ", ".join(name for name in (city, state, country) if name)


def place_id(country: str, label: str) -> str:
    """The same for every photo of a place, and in every library: it is made from the label."""
    number = int.from_bytes(hashlib.sha256(label.encode()).digest()[:16])
    letters = []
    for _ in range(_ID_LENGTH):
        number, digit = divmod(number, len(_BASE62))
        letters.append(_BASE62[digit])
    return f"{country}:{''.join(letters)}"


def keywords_of(*names: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", " ".join(names).lower())
    return tuple(dict.fromkeys(word for word in words if len(word) >= _SHORTEST_KEYWORD))


def cell_for(location: Location) -> "Cell":
    """The row of a location's cell; it and its place are made when first seen.

    The place has no district: it is one row for all districts of a city.
    """
    # Here, because look_up runs in workers without Django.
    from places.models import Cell, Place

    place, _ = Place.objects.get_or_create(
        id=location.place_id,
        defaults={
            "label": location.label,
            "city": location.city,
            "state": location.state,
            "country": location.country,
            "keywords": ", ".join(keywords_of(location.label)),
        },
    )
    cell, _ = Cell.objects.get_or_create(id=location.cell_id, defaults={"place": place})
    return cell
