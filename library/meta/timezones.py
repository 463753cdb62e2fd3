"""Time zones: names from offsets, and moving between wall clock and UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

# No two places on earth are further apart: UTC+14 and UTC-12, plus one hour of summer time.
FURTHEST_APART: Final = timedelta(hours=27)

_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
_EAST: Final = timedelta(hours=14)
_WEST: Final = timedelta(hours=-12)


def zone_name(offset: str) -> str:
    """The name of a zone given by its offset; "" if it is none on this earth.

    "+02:00" is "UTC+2", "+05:30" is "UTC+05:30", "Z" and "-00:00" are "UTC".
    """
    written = offset.strip().upper()
    if written in {"Z", "UTC", "GMT"}:
        return "UTC"
    if re.fullmatch(r"\d{1,2}:\d{2}", written):
        written = "+" + written
    shift = _shift(written)
    return "" if shift is None else _name(shift)


def offset_of(name: str) -> timedelta | None:
    """The fixed offset in a name such as "UTC+2"; None for places and nonsense."""
    written = name.strip().upper()
    if written in {"Z", "UTC", "GMT"}:
        return timedelta()
    return _shift(written)


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo | None:
    """The zone for a name: an IANA place, "UTC", or an offset; None if unknown or empty."""
    shift = offset_of(name)
    if shift is not None:
        return timezone(shift) if shift else UTC
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


def to_utc(local: datetime, name: str) -> datetime:
    """The moment a wall clock showed `local` in that zone; as if UTC when the zone is unknown."""
    wall_clock = local.replace(tzinfo=zone(name) or UTC)
    try:
        return wall_clock.astimezone(UTC)
    except OverflowError:
        return local.replace(tzinfo=UTC)


def to_local(moment: datetime, name: str) -> datetime:
    """The wall clock in that zone at a moment, marked as UTC by convention."""
    try:
        return moment.astimezone(zone(name) or UTC).replace(tzinfo=UTC)
    except OverflowError:
        return moment.astimezone(UTC)


def settle(taken_at: datetime, taken_at_local: datetime, written: str, place: str) -> tuple[datetime, datetime]:
    """Moment and wall clock once the zone of the place is known.

    `written` is the zone the file names, `place` the one of its coordinates. A date in UTC, as
    videos have it, is the moment, so the wall clock follows the place. Any other date is what the
    camera's clock showed, and it stays: an offset beside it is often that of home.
    """
    if zone(place) is None:
        return taken_at, taken_at_local
    if offset_of(written) == timedelta():
        return taken_at, to_local(taken_at, place)
    return to_utc(taken_at_local, place), taken_at_local


def can_be_same_moment(taken_at: datetime, taken_at_local: datetime) -> bool:
    """Whether a wall clock can belong to a moment: no more than 27 hours apart."""
    return abs(taken_at_local - taken_at) <= FURTHEST_APART


def zone_between(taken_at: datetime, taken_at_local: datetime) -> str:
    """The name of the offset between a moment and a wall clock, to the quarter of an hour."""
    quarters = round((taken_at_local - taken_at) / timedelta(minutes=15))
    shift = quarters * timedelta(minutes=15)
    return _name(shift) if _WEST <= shift <= _EAST else ""


def _shift(written: str) -> timedelta | None:
    match = _OFFSET.fullmatch(written)
    if match is None:
        return None
    minutes = int(match["minutes"] or 0)
    shift = timedelta(hours=int(match["hours"]), minutes=minutes)
    signed = -shift if match["sign"] == "-" else shift
    return signed if minutes < 60 and _WEST <= signed <= _EAST else None


def _name(shift: timedelta) -> str:
    if not shift:
        return "UTC"
    hours, minutes = divmod(abs(shift) // timedelta(minutes=1), 60)
    sign = "-" if shift < timedelta() else "+"
    return f"UTC{sign}{hours:02}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
