"""Dates as metadata writes them: EXIF, ISO, IPTC, with blanks, fractions and offsets."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from library.meta import timezones

EARLIEST_YEAR: Final = 1000
YEARS_AHEAD: Final = 3

# What cameras write when their clock was never set.
CLOCK_DEFAULTS: Final = frozenset({(1970, 1, 1, 0, 0, 0), (1980, 1, 1, 0, 0, 0), (2002, 12, 8, 12, 0, 0)})

_TIME = (
    r"(?:[T _.:-]{1,3}(?P<hour>\d{1,2})(?P<sep>[^\d+Z])(?P<minute>\d{1,2})"
    r"(?:(?P=sep)(?P<second>\d{1,2})?(?:[.,](?P<fraction>\d+))?)?)?"
)
_OFFSET = r"\s*(?P<offset>Z|[+-]\d{2}:\d{2}|(?<=\d)[+-]\d{4})?"
_FORMS = tuple(
    re.compile(r"\s*" + date + _TIME + _OFFSET)
    for date in (
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})",
        r"(?P<year>\d{4})(?!\d)(?:[-:/. ](?P<month>\d{1,2}|[ _]{1,2})(?:[-:/. ](?P<day>\d{1,2}|[ _]{1,2}))?)?",
    )
)
_COMPACT_TIME = re.compile(r"(\d{8})[T_ -]?(\d{2})(\d{2})(\d{2})(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A wall clock time (naive), and the zone written with it: "UTC", "UTC+2" or ""."""

    local: datetime
    zone: str = ""


def parse(written: str) -> Timestamp | None:
    """The time in a text such as "2016:06:28 09:45:49.12+10:00"; None if there is none.

    Blank or missing parts count as the first month, day, hour. Years before 1000 or more than
    three ahead, clocks that were never set, and impossible dates are none.
    """
    expanded = _COMPACT_TIME.sub(r"\1 \2:\3:\4", written[:64], count=1)
    matches = (form.match(expanded) for form in _FORMS)
    match = next((found for found in matches if found), None)
    if match is None or (local := _moment(match)) is None:
        return None
    return Timestamp(local, timezones.zone_name(match["offset"] or ""))


def is_plausible_year(year: int) -> bool:
    """Whether a photo can be of that year: not before 1000, not more than three years ahead."""
    return EARLIEST_YEAR <= year <= datetime.now(UTC).year + YEARS_AHEAD


def is_clock_default(moment: datetime) -> bool:
    """Whether a time is what a camera writes when its clock was never set."""
    return moment.timetuple()[:6] in CLOCK_DEFAULTS


def _moment(match: re.Match[str]) -> datetime | None:
    fraction = (match["fraction"] or "")[:6].ljust(6, "0")
    year, month, day = _part(match["year"]), _part(match["month"]), _part(match["day"])
    hour, minute, second = _part(match["hour"]), _part(match["minute"]), _part(match["second"])
    try:
        moment = datetime(year, month or 1, day or 1, hour, minute, min(second, 59), int(fraction))
    except ValueError:
        return None
    return None if is_clock_default(moment) or not is_plausible_year(year) else moment


def _part(written: str | None) -> int:
    return int(written) if written and written.strip(" _") else 0
