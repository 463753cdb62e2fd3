"""What a filter is called on its chip: "Italy" for country:it, "July" for month:7, "ISO >800"."""

from collections.abc import Collection
from typing import Final

from library.query import BadValue, Filter
from library.query.datewords import month_name
from library.query.values import numbers, split, switch, unescape
from library.search.filter_help import FILTERS, SWITCH
from library.search.names import Sight, titled

_PERIODS: Final = ("taken", "before", "after")
_WRITTEN: Final = {
    "before": "Until {}",
    "after": "Since {}",
    "meaning": "Looks like {}",
    "rating": "{} stars",
    "iso": "ISO {}",
    "f": "f/{}",
    "mm": "{} mm",
    "mp": "{} MP",
    "alt": "{} m high",
    "dist": "{} km",
    "near": "Near {}",
    "text": "Text “{}”",
    "similar": "Like {}",
}
# Filters whose values speak for themselves.
_PLAIN: Final = frozenset(
    [
        *("person", "people", "subject", "subjects", "label", "country", "state", "city", "place", "album", "albums"),
        *("camera", "lens", "color", "type", "year", "month", "taken", "keyword", "keywords", "category"),
    ]
)
_MONTHS: Final = 12


def titles_of(filters: Collection[Filter], sight: Sight) -> dict[Filter, str]:
    """What each filter is called; its values by the names of the library where they are its names."""
    pieces = {one: [Filter(one.key, piece) for piece in split(one.value, "|")] for one in filters}
    known = titled({piece for some in pieces.values() for piece in some}, sight)
    return {one: _title(one, [known.get(piece) or _value(piece) for piece in some]) for one, some in pieces.items()}


def _title(one: Filter, values: list[str]) -> str:
    written = " or ".join(values)
    if not written:
        return f"{one.key}:"
    if FILTERS[one.key].values == SWITCH if one.key in FILTERS else False:
        name = FILTERS[one.key].help.partition(":")[0]
        return name if switch(one.value) else f"Not {name[0].lower()}{name[1:]}"
    if one.key in _PLAIN:
        return written[0].upper() + written[1:] if one.key == "taken" else written
    return _WRITTEN.get(one.key, f"{one.key}: {{}}").format(written)


def _value(one: Filter) -> str:
    text = " & ".join(unescape(piece) for piece in split(one.value, "&"))
    match one.key:
        case "month":
            return _month(one.value)
        case "color" | "type" | "label":
            return text.capitalize()
        case key if key in _PERIODS:
            return _day(text)
        case _:
            return text


def _month(value: str) -> str:
    """ "July", "June–August"."""
    try:
        spans = numbers(value)
    except BadValue:
        return value
    ends = [int(end) for span in spans for end in (span.low, span.high) if end is not None and 1 <= end <= _MONTHS]
    names = dict.fromkeys(month_name(end) for end in ends)
    return "–".join(names) if len(ends) == 2 * len(spans) else value


def _day(text: str) -> str:
    """ "30 May 2024", "May 2024", "last summer"."""
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= _MONTHS):
        return text.replace("-", " ")
    return f"{int(day)} {month_name(int(month))} {year}" if day.isdigit() else f"{month_name(int(month))} {year}"
