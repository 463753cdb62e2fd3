"""Pure: the dates that words name: "2024", "July", "30 May 2024", "last summer", "winter 2019", "the 90s"."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from library.query.folding import fold
from library.query.nodes import And, BadValue, Filter, Node
from library.query.values import period

FIRST_YEAR, LAST_YEAR = 1800, 2199
_OLD_DECADES: Final = 30

# The names of each month in the languages that most interfaces speak; "mar" is the sea in some of them.
_MONTH_NAMES: Final = (
    "january jan januar jänner janvier enero gennaio januari janeiro",
    "february feb februar février febrero febbraio februari fevereiro",
    "march märz maerz mars marzo maart março",
    "april apr avril abril aprile",
    "may mai mayo maggio mei maio maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aug août agosto augustus augusti",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember décembre diciembre dicembre dezembro",
)
_SEASON_NAMES: Final = {
    "spring": "spring springtime frühling fruehling frühjahr printemps primavera",
    "summer": "summer summertime sommer été verano zomer sommar",
    "autumn": "autumn fall herbst automne otoño autunno herfst höst outono",
    "winter": "winter wintertime hiver invierno inverno vinter",
}
_SEASON_MONTHS: Final = {"spring": "3-5", "summer": "6-8", "autumn": "9-11", "winter": "12|1|2"}
_DAY_NAMES: Final = {
    "today": "today heute hoy oggi vandaag hoje aujourd'hui",
    "yesterday": "yesterday gestern ayer ieri gisteren ontem",
}

MONTHS: Final = {fold(name): number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
SEASONS: Final = {fold(name): season for season, names in _SEASON_NAMES.items() for name in names.split()}
_DAYS: Final = {fold(name): day for day, names in _DAY_NAMES.items() for name in names.split()}

# Texts of `period` that a person may type as they are, for suggestions.
RELATIVE: Final = (
    *("today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year"),
    *("last spring", "last summer", "last autumn", "last winter"),
)

_DECADE: Final = re.compile(r"(18|19|20|21)?([0-9]0)['’]?s")
_YEARS: Final = re.compile(r"([0-9]{4})\s?[-–]\s?([0-9]{4})")
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_DAY_OF_MONTH: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?")


@dataclass(frozen=True, slots=True)
class DateWord:
    """What a date is called and the query for it."""

    label: str
    node: Node


def dates(phrase: str) -> Iterator[DateWord]:
    """What a phrase may mean as a date.

    `dates("july")` is month:7, `dates("winter 2019")` the days from December 2019 to February 2020.
    """
    phrase = fold(phrase)
    for read in (_year, _years, _decade, _month, _season, _season_of_year, _relative, _day, _day_in_words):
        found = read(phrase)
        if found:
            yield found


def month_name(number: int) -> str:
    """ "July" for 7."""
    return calendar.month_name[number]


def day_name(day: date) -> str:
    """ "30 May 2024"."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def _year(phrase: str) -> DateWord | None:
    if not (len(phrase) == 4 and phrase.isascii() and phrase.isdigit() and _is_year(int(phrase))):
        return None
    return DateWord(str(int(phrase)), Filter("year", str(int(phrase))))


def _years(phrase: str) -> DateWord | None:
    found = _YEARS.fullmatch(phrase)
    if not found:
        return None
    first, last = int(found[1]), int(found[2])
    if not (_is_year(first) and _is_year(last) and first <= last):
        return None
    return DateWord(f"{first}–{last}", Filter("year", f"{first}-{last}"))


def _decade(phrase: str) -> DateWord | None:
    found = _DECADE.fullmatch(phrase)
    if not found:
        return None
    # Of photos: the 20s are those of this century, the 30s those of the last.
    first = int((found[1] or ("19" if int(found[2]) >= _OLD_DECADES else "20")) + found[2])
    return DateWord(f"{first}s", Filter("year", f"{first}-{first + 9}"))


def _month(phrase: str) -> DateWord | None:
    number = MONTHS.get(phrase)
    return DateWord(month_name(number), Filter("month", str(number))) if number else None


def _season(phrase: str) -> DateWord | None:
    season = SEASONS.get(phrase)
    return DateWord(season.title(), Filter("month", _SEASON_MONTHS[season])) if season else None


def _season_of_year(phrase: str) -> DateWord | None:
    """Only the winter reaches into another year: the year and the months alone would tear it apart."""
    name, _, year = phrase.partition(" ")
    if name.isdigit():
        name, year = year, name
    if SEASONS.get(name) != "winter" or not (found := _year(year)):
        return None
    start = int(found.label)
    last = calendar.monthrange(start + 1, 2)[1]
    days = And((Filter("after", f"{start}-12-01"), Filter("before", f"{start + 1}-02-{last}")))
    return DateWord(f"Winter {start}", days)


def _relative(phrase: str) -> DateWord | None:
    which, _, unit = phrase.partition(" ")
    written = _DAYS.get(phrase, "") or f"{which} {SEASONS.get(unit, unit)}"
    try:
        # Which day is today matters not here: the filter asks when it is answered.
        period(written, date(2000, 7, 1))
    except BadValue:
        return None
    if not (phrase in _DAYS or which in ("this", "last")):
        return None
    return DateWord(written.capitalize(), Filter("taken", written.replace(" ", "-")))


def _day(phrase: str) -> DateWord | None:
    if found := _DOTTED.fullmatch(phrase):
        return _taken(int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(phrase):
        return _taken(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    return None


def _day_in_words(phrase: str) -> DateWord | None:
    """ "30 may 2024", "may 30 2024", "30th may", "may 30"."""
    words = [word.rstrip(",") for word in phrase.split()]
    months = [word for word in words if word in MONTHS]
    if len(words) not in (2, 3) or len(months) != 1:
        return None
    others = [word for word in words if word not in MONTHS]
    day, year = others[0], others[1] if len(others) == 2 else ""
    found = _DAY_OF_MONTH.fullmatch(day)
    if not found or (year and not _year(year)):
        return None
    month = MONTHS[months[0]]
    if year:
        return _taken(int(year), month, int(found[1]))
    if not 1 <= int(found[1]) <= calendar.monthrange(2000, month)[1]:
        return None
    node = And((Filter("day", str(int(found[1]))), Filter("month", str(month))))
    return DateWord(f"{int(found[1])} {month_name(month)}", node)


def _taken(year: int, month: int, day: int | None) -> DateWord | None:
    try:
        found = date(year, month, day or 1)
    except ValueError:
        return None
    if not _is_year(year):
        return None
    if day is None:
        return DateWord(f"{month_name(month)} {year}", Filter("taken", f"{found:%Y-%m}"))
    return DateWord(day_name(found), Filter("taken", f"{found:%Y-%m-%d}"))


def _is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR
