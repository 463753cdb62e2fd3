"""Pure: the value after a filter's colon: `a|b`, `a&b`, `200-400`, `>800`, `img_*`, yes, 2024-05.

    one_of("cat|dog")          ("cat", "dog")
    all_of("sand and sea|lake")  (("sand",), ("sea", "lake"))
    patterns("img_*|dsc*")     two Patterns; `*` and `%` stand for any text
    numbers("200-400|>800")    two Ranges
    switch("no")               False
    period("2024-05", today)   the days from 1 to 31 May 2024

A backslash takes the meaning from `|`, `&`, `*` and `%`. Every function reads its value once from left to
right, and raises BadValue with a sentence for a value of the wrong kind.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from library.query.nodes import BadValue

OPERATORS = "|&*%"
WILDCARDS = "*%"

# Databases hold integers of 64 bits, JavaScript numbers 53: a larger one is a typing error.
LARGEST_NUMBER = 2**53

# First letters of "no" in the languages of the interface (no, нет, hayır, ei, false ...): PhotoPrism's rule.
NO_LETTERS = "0nhufeн"

_NUMBER = re.compile(r"[+-]?[0-9]{1,16}(?:\.[0-9]{1,18})?")
_BETWEEN = re.compile(rf"({_NUMBER.pattern})\s*-\s*({_NUMBER.pattern})?")
_COMPARISON = re.compile(rf"(>=|<=|>|<)\s*({_NUMBER.pattern})")
_BELOW_ZERO = re.compile(r"-[0-9]{1,16}(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with wildcards, as the literal pieces between them: `a*b` is ("a", "b")."""

    pieces: tuple[str, ...]

    @property
    def is_literal(self) -> bool:
        return len(self.pieces) == 1

    @property
    def prefix(self) -> str:
        """What every match starts with."""
        return self.pieces[0]

    def like(self) -> str:
        r"""The pattern for SQL's LIKE ... ESCAPE '\'."""
        return "%".join(re.sub(r"([\\%_])", r"\\\1", piece) for piece in self.pieces)

    def matches(self, text: str) -> bool:
        """Whether the whole text fits, upper and lower case alike; its cost grows with the text only."""
        lowered, pieces = text.casefold(), [piece.casefold() for piece in self.pieces]
        if len(pieces) == 1:
            return lowered == pieces[0]
        first, *middle, last = pieces
        if len(lowered) < len(first) + len(last) or not (lowered.startswith(first) and lowered.endswith(last)):
            return False
        position, end = len(first), len(lowered) - len(last)
        for piece in middle:
            found = lowered.find(piece, position, end)
            if found < 0:
                return False
            position = found + len(piece)
        return True


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; None leaves an end open, and an `above`/`below` end is not itself included."""

    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False

    def holds(self, number: float) -> bool:
        if self.low is not None and (number < self.low or (self.above and number == self.low)):
            return False
        return self.high is None or number < self.high or (number == self.high and not self.below)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def one_of(value: str) -> tuple[str, ...]:
    """The alternatives of `a|b`, without blanks around them and without empty ones."""
    return tuple(unescape(piece) for piece in split(value, "|"))


def all_of(value: str) -> tuple[tuple[str, ...], ...]:
    """The groups of `a&b` that must all hold, each with its alternatives; `|` binds tighter than `&`.

    Between blanks the English words `and` and `or` count as the signs.
    """
    return tuple(tuple(unescape(piece) for piece in group) for group in groups(value))


def groups(value: str) -> tuple[tuple[str, ...], ...]:
    """The same, still escaped and with its wildcards."""
    anded = split(_word_to_operator(value, "and", "&"), "&")
    found = (tuple(split(_word_to_operator(piece, "or", "|"), "|")) for piece in anded)
    return tuple(group for group in found if group)


def words(value: str) -> tuple[tuple[str, ...], ...]:
    """The same for single words, among which a blank means `and`: `sand red|blue` is `sand & red|blue`."""
    found: list[tuple[str, ...]] = []
    for group in groups(value):
        alternatives = [piece.split() for piece in group]
        first, *following = alternatives
        found.extend((word,) for word in first)
        for more in following:
            found[-1] = (*found[-1], more[0])
            found.extend((word,) for word in more[1:])
    return tuple(found)


def patterns(value: str) -> tuple[Pattern, ...]:
    """The alternatives of `a*|b`, each with its wildcards; one with blanks around it is meant with and without them."""
    pieces = split(value, "|")
    return tuple(pattern(piece) for piece in ([*pieces, value] if [value.strip()] == pieces != [value] else pieces))


def pattern(value: str) -> Pattern:
    """One text with wildcards; several in a row count as one."""
    pieces = [""]
    for character, is_escaped in _characters(value):
        if not is_escaped and character in WILDCARDS:
            if len(pieces) == 1 or pieces[-1]:
                pieces.append("")
        else:
            pieces[-1] += character
    return Pattern(tuple(pieces))


def numbers(value: str) -> tuple[Range, ...]:
    """The alternatives of `100|200-400|>800|400-`; a leading minus belongs to the number."""
    return tuple(_range(unescape(piece)) for piece in split(value, "|"))


def unsigned(value: str) -> str:
    """The same value for what is never below zero: `-400` is up to 400, as `400-` is from there on."""
    return "|".join(f"<={piece[1:]}" if _BELOW_ZERO.fullmatch(piece) else piece for piece in split(value, "|"))


def integers(value: str) -> tuple[int, ...]:
    """The alternatives of `1990|2003`; -1 is for the filter to read as unknown."""
    return tuple(_integer(piece) for piece in one_of(value))


def whole_number(value: str) -> int | None:
    """The number if the value is nothing but digits, as for `faces:2`; None for anything else."""
    found = value.strip()
    return int(found) if re.fullmatch(r"[0-9]{1,16}", found) else None


def is_number(value: str) -> bool:
    """Whether `numbers` can read it."""
    try:
        return bool(numbers(value))
    except BadValue:
        return False


def number(value: str) -> float:
    """One number, as for lat, lng and dist."""
    return _number(unescape(value).strip(), "a number such as 12.5")


def switch(value: str) -> bool:
    """No for what starts like a no in some language, yes for anything else."""
    return value.strip()[:1].lower() not in tuple(NO_LETTERS)


def moment(value: str) -> datetime:
    """A time such as `2006-01-02T15:04:05Z`, aware; without a zone it is taken as UTC."""
    try:
        found = datetime.fromisoformat(unescape(value).strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise BadValue(value, "a time such as 2024-05-30 or 2024-05-30T18:00:00Z") from None


def period(value: str, today: date) -> Period:
    """The days meant by `2024`, `2024-05`, `2024-05-30`, a time, `today`, `last-week`, `last-summer` and the like."""
    text = unescape(value).strip().lower().replace("-", " ")
    try:
        found = _relative_period(text, today) or _calendar_period(unescape(value).strip())
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadValue(value, "a date such as 2024, 2024-05, 2024-05-30, yesterday or last-summer")
    return found


def split(value: str, operator: str) -> list[str]:
    """The pieces between the unescaped operators (`|` or `&`), still escaped, trimmed, none empty."""
    pieces = [[""]]
    for character, is_escaped in _characters(value):
        if character == operator and not is_escaped:
            pieces.append([])
        else:
            pieces[-1].append(escape(character) if is_escaped else character)
    return [piece for piece in ("".join(characters).strip() for characters in pieces) if piece]


def escape(text: str) -> str:
    """The value that means exactly this text."""
    return re.sub(r"([|&*%\\])", r"\\\1", text)


def unescape(value: str) -> str:
    """The text that a value means when its operators are taken as characters."""
    return "".join(character for character, _ in _characters(value))


def _characters(value: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether a backslash stood before it; a backslash before others is itself."""
    position = 0
    while position < len(value):
        character = value[position]
        following = value[position + 1 : position + 2]
        if character == "\\" and following and following in OPERATORS + "\\":
            yield following, True
            position += 2
        else:
            yield character, character == "\\"
            position += 1


def _word_to_operator(value: str, meant: str, operator: str) -> str:
    pieces = value.split(" ")
    inner = range(1, len(pieces) - 1)
    return " ".join(operator if at in inner and piece.lower() == meant else piece for at, piece in enumerate(pieces))


def _range(text: str) -> Range:
    if exact := _NUMBER.fullmatch(text):
        found = _number(exact.group(), "a number")
        return Range(found, found)
    if between := _BETWEEN.fullmatch(text):
        low, high = between.groups()
        return Range(_number(low, "a number"), _number(high, "a number") if high else None)
    if comparison := _COMPARISON.fullmatch(text):
        sign, limit = comparison.group(1), _number(comparison.group(2), "a number")
        if sign.startswith(">"):
            return Range(low=limit, above=sign == ">")
        return Range(high=limit, below=sign == "<")
    raise BadValue(text, "a number or a range such as 200, 200-400 or >800")


def _integer(text: str) -> int:
    found = _number(text, "a whole number")
    if not found.is_integer():
        raise BadValue(text, "a whole number")
    return int(found)


def _number(text: str, wanted: str) -> float:
    if not _NUMBER.fullmatch(text) or abs(float(text)) > LARGEST_NUMBER:
        raise BadValue(text, wanted)
    return float(text)


def _calendar_period(text: str) -> Period | None:
    found = _DAY.fullmatch(text)
    if not found:
        day = datetime.fromisoformat(text).date()
        return Period(day, day)
    year, month, day_of_month = (int(part) if part else None for part in found.groups())
    if year is None or month is None:
        return Period(date(int(text), 1, 1), date(int(text), 12, 31))
    if day_of_month is None:
        return _month(year, month)
    day = date(year, month, day_of_month)
    return Period(day, day)


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _relative_period(text: str, today: date) -> Period | None:
    if text in ("today", "yesterday"):
        day = today - timedelta(days=text == "yesterday")
        return Period(day, day)
    which, _, unit = text.partition(" ")
    if which not in ("this", "last"):
        return None
    return _span(unit, today, past=which == "last")


def _span(unit: str, today: date, *, past: bool) -> Period | None:
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * past)
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        first = today.replace(day=1)
        first = (first - timedelta(days=1)).replace(day=1) if past else first
        return _month(first.year, first.month)
    if unit == "year":
        return Period(date(today.year - past, 1, 1), date(today.year - past, 12, 31))
    return _season(unit, today, past=past) if unit in _SEASONS else None


def _season(name: str, today: date, *, past: bool) -> Period:
    """Meteorological seasons of the northern half; the last one is the newest that is over."""
    season = _season_from(_SEASONS[name], today.year)
    while season.first > today or (past and season.last >= today):
        season = _season_from(season.first.month, season.first.year - 1)
    return season


def _season_from(month: int, year: int) -> Period:
    end = _month(year + (month + 2 > 12), (month + 1) % 12 + 1)
    return Period(date(year, month, 1), end.last)
