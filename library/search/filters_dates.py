"""Filters on dates: the wall clock of a photo, and when it came, changed and was edited."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from library.query import BadValue
from library.query.values import Period, moment, one_of, period
from library.search.answers import any_of, within
from library.search.compile import search_filter


@search_filter("year")
def year(value: str) -> Q:
    """The local year; -1 for photos without a known date."""
    return within("year", value)


@search_filter("month")
def month(value: str) -> Q:
    return within("month", value)


@search_filter("day")
def day(value: str) -> Q:
    return within("day", value)


@search_filter("taken")
def taken(value: str) -> Q:
    """On a day, in a month or a year of the local date: `2024-05-30`, `2024-05`, `last-week`."""
    return any_of(_between(period(wanted, timezone.localdate())) for wanted in one_of(value))


@search_filter("before")
def before(value: str) -> Q:
    """On that local day or earlier."""
    return Q(taken_at_local__lt=_midnight_after(_day_of(value).last))


@search_filter("after")
def after(value: str) -> Q:
    """On that local day or later."""
    return Q(taken_at_local__gte=_midnight(_day_of(value).first))


@search_filter("added")
def added(value: str) -> Q:
    return Q(created_at__gte=_moment_of(value))


@search_filter("updated")
def updated(value: str) -> Q:
    return Q(updated_at__gte=_moment_of(value))


@search_filter("edited")
def edited(value: str) -> Q:
    return Q(edited_at__gte=_moment_of(value))


def _between(found: Period) -> Q:
    return Q(taken_at_local__gte=_midnight(found.first), taken_at_local__lt=_midnight_after(found.last))


def _day_of(value: str) -> Period:
    return period(value, timezone.localdate())


def _moment_of(value: str) -> datetime:
    """A time, or the start of a day, a month, a year or of what `last-week` means."""
    try:
        return moment(value)
    except BadValue:
        return _midnight(_day_of(value).first)


def _midnight(day: date) -> datetime:
    """The start of a local day, in the form in which wall clocks are stored."""
    return datetime.combine(day, time.min, tzinfo=UTC)


def _midnight_after(day: date) -> datetime:
    """The end of a local day; of the last one that can be written, its last moment."""
    return datetime.max.replace(tzinfo=UTC) if day == date.max else _midnight(day + timedelta(days=1))
