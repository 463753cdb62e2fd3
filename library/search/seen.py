"""The years and countries of the photos on a grant's timeline, remembered for a minute."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar, cast

from django.core.cache import cache
from django.utils.translation import get_language

from library.access import Grant
from library.search import find
from library.search.buckets import kept_days
from places.countries import UNKNOWN

Found = TypeVar("Found")

KEPT: Final = 60  # seconds


def years_seen(grant: Grant) -> tuple[int, ...]:
    """The latest first."""
    return remembered("years", grant, partial(_years, grant))


def countries_seen(grant: Grant) -> frozenset[str]:
    """Their codes."""
    return remembered("countries", grant, partial(_countries, grant))


def remembered(name: str, grant: Grant, read: Callable[[], Found]) -> Found:
    """What was read for an equal grant and in the same language, at most KEPT seconds ago."""
    return cast("Found", cache.get_or_set(f"search-{name}-{get_language()}-{grant.key}", read, KEPT))


def _years(grant: Grant) -> tuple[int, ...]:
    """By the days that are counted for the timeline, else by the photos."""
    if kept := kept_days(grant, ""):
        days = kept.rows().filter(photos__gt=0)
        years = {day.year for day in days.order_by().values_list("day", flat=True)}
    else:
        years = set(find("", grant).order_by().values_list("year", flat=True).distinct())
    return tuple(sorted((year for year in years if year > 0), reverse=True))


def _countries(grant: Grant) -> frozenset[str]:
    """One after the other along their index, as there are few, and a list of all would lead through every photo."""
    codes = find("", grant).order_by("country").values_list("country", flat=True)
    found: set[str] = set()
    last = ""
    while (following := codes.filter(country__gt=last)[:1]) and (last := following[0]):
        found.add(last)
    return frozenset(found - {UNKNOWN})
