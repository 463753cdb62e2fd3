"""What the filter panel lets one choose from: the years, countries, people, labels, cameras and kinds that are seen."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.db.models import Q

from library.access import Grant
from library.models import Camera, Lens
from library.models.gear import UNKNOWN, Gear
from library.models.photo import PhotoType
from library.query import Filter
from library.query.values import unescape
from library.search.names import Offer, Sight, offered
from library.search.seen import remembered, years_seen
from library.search.sight import sight_of
from library.search.visibility import Shown

MOST_COUNTRIES: Final = 300
MOST_PEOPLE: Final = 200
MOST_LABELS: Final = 300

# How a colour of the search is shown.
COLORS: Final = {
    "black": "#141414",
    "grey": "#858585",
    "brown": "#6f4730",
    "gold": "#d4af37",
    "white": "#fafafa",
    "purple": "#8e44ad",
    "blue": "#1e63d6",
    "cyan": "#26c6da",
    "teal": "#00897b",
    "green": "#43a047",
    "lime": "#aeea00",
    "yellow": "#ffeb3b",
    "magenta": "#d500f9",
    "orange": "#fb8c00",
    "red": "#e53935",
    "pink": "#f06292",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Something to choose: the value of its filter, its name, the number of its photos if known, UID and picture."""

    value: str
    name: str
    count: int | None
    uid: str
    thumb: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Years the latest first; countries, people and labels those of many photos first; cameras and lenses by name."""

    years: tuple[int, ...]
    countries: tuple[Counted, ...]
    people: tuple[Counted, ...]
    labels: tuple[Counted, ...]
    cameras: tuple[tuple[int, str], ...]
    lenses: tuple[tuple[int, str], ...]
    types: tuple[str, ...]


def choices(grant: Grant) -> Choices:
    """Of the photos on the grant's timeline, at most a minute old."""
    return remembered("choices", grant, partial(_read, grant))


def _read(grant: Grant) -> Choices:
    sight = sight_of(grant, Shown())
    return Choices(
        years=years_seen(grant),
        countries=_named(sight, "country", MOST_COUNTRIES),
        people=_named(sight, "person", MOST_PEOPLE),
        labels=_named(sight, "label", MOST_LABELS),
        cameras=_gear(Camera, "camera", sight),
        lenses=_gear(Lens, "lens", sight),
        types=tuple(kind for kind in PhotoType.values if sight.sees(Q(type=kind))),
    )


def _named(sight: Sight, key: str, most: int) -> tuple[Counted, ...]:
    return tuple(_counted(offer) for offer in offered("", sight, most, key))


def _counted(offer: Offer) -> Counted:
    value = unescape(offer.node.value) if isinstance(offer.node, Filter) else ""
    return Counted(value, offer.label, offer.count, offer.uid, offer.thumb)


def _gear(kind: type[Gear], column: str, sight: Sight) -> tuple[tuple[int, str], ...]:
    """Those that a photo which is seen was taken with."""
    rows = kind._default_manager.filter(sight.shown_by(column)).exclude(slug=UNKNOWN).order_by("name")
    return tuple((row.pk, str(row)) for row in rows)
