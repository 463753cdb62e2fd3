"""The countries, states and cities of the photos that a grant finds: how many photos, since when, and the newest."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from library.access import Grant
from library.query import EVERYTHING, Node
from library.search.grouping import Group, grouped, merged
from places.countries import UNKNOWN
from places.models import Place

# As many places are looked up by name; of more all are read.
_NAMED: Final = 500


@dataclass(frozen=True, slots=True)
class Region:
    """A country, or a state of one; `cover` is the id of its newest photo, `cities` how many were photographed."""

    country: str
    state: str
    count: int
    first: date
    last: date
    cover: int
    cities: int


@dataclass(frozen=True, slots=True)
class Atlas:
    """Those of many photos first."""

    countries: tuple[Region, ...]
    states: tuple[Region, ...]

    @property
    def cities(self) -> int:
        return sum(region.cities for region in self.countries)


class _Named(NamedTuple):
    state: str
    state_slug: str
    city_slug: str


_NOWHERE: Final = _Named("", "", "")


def atlas(grant: Grant, query: str | Node = EVERYTHING) -> Atlas:
    """Where the photos of a query were taken, as far as their countries are known. Raises QueryError.

    States and cities are told apart by their names without accents, as the filters do.
    """
    groups = [group for group in grouped(query, grant, "country", "place") if group.key[0] not in ("", UNKNOWN)]
    named = _named({group.key[1] for group in groups})
    cities: dict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[tuple[str, str], str] = {}
    for group in sorted(groups, key=lambda group: -group.count):
        country, place = group.key
        found = named.get(place, _NOWHERE)
        names.setdefault((country, found.state_slug), found.state)
        if found.city_slug:
            # Cities of one name in two states are two.
            for state in {"", found.state_slug}:
                cities[country, state].add(f"{found.state_slug}/{found.city_slug}")
    by_country = merged(groups, lambda group: (group.key[0], ""))
    by_state = merged(groups, lambda group: _state(group, named.get(group.key[1], _NOWHERE)))
    return Atlas(
        tuple(_region(group, "", cities[group.key]) for group in _largest(by_country)),
        tuple(_region(group, names[group.key], cities[group.key]) for group in _largest(by_state)),
    )


def _state(group: Group, named: _Named) -> tuple[str, str] | None:
    return (group.key[0], named.state_slug) if named.state_slug else None


def _region(group: Group, state: str, cities: Collection[str]) -> Region:
    return Region(group.key[0], state, group.count, group.first, group.last, group.cover, len(cities))


def _largest(groups: Sequence[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (-group.count, group.key))


def _named(places: set[str]) -> dict[str, _Named]:
    rows = Place.objects.exclude(pk=UNKNOWN)
    if len(places) <= _NAMED:
        rows = rows.filter(pk__in=places)
    return {pk: _Named(*names) for pk, *names in rows.values_list("pk", "state", "state_slug", "city_slug")}
