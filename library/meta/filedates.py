"""Dates from file and folder names: "2020-01-30_09-57-18.jpg", "IMG_20200130_095718", "2020/01"."""

import re
from datetime import UTC, datetime
from typing import Final

from library.meta.timestamps import is_plausible_year

EARLIEST_YEAR: Final = 1970
FIRST_SHORT_YEAR: Final = 90

_DATE_TIME = re.compile(
    r"(?<!\d)(?P<year>\d{4}|\d{2})[-_](?P<month>\d{2})[-_](?P<day>\d{2})\D{1,4}"
    r"(?P<hour>\d{2})[\W_](?P<minute>\d{2})[\W_](?P<second>\d{2})(?!\d)(?:\s?(?P<half>[AP])M\b)?",
    re.IGNORECASE,
)
_PHONE_TIME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<sep>[-_]?)(?P<month>\d{2})(?P=sep)(?P<day>\d{2})"
    r"[-_ T]?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?:\d{3})?(?!\d)"
)
_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})[-_](?P<month>\d{2})[-_](?P<day>\d{2})(?!\d)")
_WHATSAPP = re.compile(r"(?:IMG|VID)-(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})-WA", re.IGNORECASE)
_PHONE_DATE = re.compile(r"(?<![\dA-Za-z])(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?![\dA-Za-z])")
_FOLDERS = re.compile(r"(?:^|/)(?P<year>\d{4})/(?P<month>\d{1,2})(?!\d|/\d{3,}(?:/|$))(?:/(?P<day>\d{1,2})(?![\d-]))?")
# Names given at import are date, time and a checksum. Their date is the one indexing found before, possibly only the
# age of the file, so it proves nothing. Where the folders say the same they were made from it, and know no day.
_IMPORTED = re.compile(
    r"(?:^|/)(?P<year>\d{4})/(?P<month>\d{2})/(?P=year)(?P=month)(?P<day>\d{2})"
    r"_(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})_[0-9A-F]{8}(?![0-9A-Za-z])[^/]*$",
    re.IGNORECASE,
)
_GIVEN_AT_IMPORT = re.compile(r"\d{8}_\d{6}_[0-9A-F]{8}(?![0-9A-Za-z])", re.IGNORECASE)


def date_from_name(name: str) -> datetime | None:
    """The wall clock time in a file's path below the originals, marked as UTC; None if unknown.

    In this order: date and time; the run-together time of phones; the date alone; WhatsApp;
    the run-together date; the folders year/month/day. Without a time it is midnight, without
    a day the first of the month. Two-digit years are 1990 to this year. A date with time that
    cannot be, such as 25 o'clock, makes the whole name untrustworthy.
    """
    if match := _last(_DATE_TIME, name):
        return _moment(match)
    if match := _IMPORTED.search(name):
        return _moment(match)
    trusted = _GIVEN_AT_IMPORT.sub("", name)
    matches = (_last(form, trusted) for form in (_PHONE_TIME, _DATE, _WHATSAPP, _PHONE_DATE, _FOLDERS))
    return next((moment for match in matches if match and (moment := _moment(match))), None)


def _last(form: re.Pattern[str], written: str) -> re.Match[str] | None:
    """The match nearest to the file's own name."""
    last = None
    for match in form.finditer(written):
        last = match
    return last


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    year = _full_year(parts["year"])
    hour = _hour(int(parts.get("hour") or 0), parts.get("half") or "")
    if year is None:
        return None
    try:
        return datetime(
            year,
            int(parts["month"]),
            int(parts.get("day") or 1),
            hour,
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None


def _full_year(written: str) -> int | None:
    year = int(written)
    if len(written) == 2:
        this_year = datetime.now(UTC).year % 100
        year += 1900 if year >= FIRST_SHORT_YEAR else 2000 if year <= this_year else -100
    return year if year >= EARLIEST_YEAR and is_plausible_year(year) else None


def _hour(hour: int, half: str) -> int:
    """The hour of the day from a clock of twelve hours, as American computers name screenshots."""
    if half.upper() == "P" and hour < 12:
        return hour + 12
    return 0 if half.upper() == "A" and hour == 12 else hour
