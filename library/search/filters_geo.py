"""Filters on places and altitude; those on the point itself are in `filters_position`."""

from django.db.models import Q
from slugify import slugify

from library.query.values import one_of, switch
from library.search.answers import any_of, within
from library.search.compile import search_filter
from library.search.sql import contains
from places.countries import UNKNOWN, code_of
from places.models import Cell, Place


@search_filter("geo")
def geo(value: str) -> Q:
    """With coordinates."""
    return Q(lat__isnull=not switch(value))


@search_filter("alt")
def altitude(value: str) -> Q:
    return within("altitude", value)


@search_filter("country")
def country(value: str) -> Q:
    """By code or English name; `zz` for an unknown one."""
    codes = {wanted: code_of(wanted) for wanted in one_of(value)}
    return Q(country__in=[code for wanted, code in codes.items() if code != UNKNOWN or wanted.lower() == UNKNOWN])


@search_filter("state")
def state(value: str) -> Q:
    return _places(_named("state", value))


@search_filter("city")
def city(value: str) -> Q:
    return _places(_named("city", value))


@search_filter("place")
def place(value: str) -> Q:
    """By any part of the place's label."""
    return _places(any_of(contains("label", wanted) for wanted in one_of(value)))


@search_filter("category")
def category(value: str) -> Q:
    """By what a place is: airport, beach."""
    return Q(cell__in=Cell.objects.filter(category__in=[wanted.lower() for wanted in one_of(value)]))


def _named(column: str, value: str) -> Q:
    """The whole name; capitals and accents make no difference."""
    return Q(**{f"{column}_slug__in": {slug for wanted in one_of(value) if (slug := slugify(wanted))}})


def _places(condition: Q) -> Q:
    return Q(place__in=Place.objects.filter(condition).values("pk"))
