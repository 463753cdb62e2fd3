"""Pure: ISO 3166 country codes, their English names, and those in other languages."""

import csv
from functools import cache
from pathlib import Path
from types import MappingProxyType

UNKNOWN = "zz"
UNKNOWN_NAME = "Unknown"


@cache
def names() -> MappingProxyType[str, str]:
    """English names by lower-case code, without the unknown country."""
    path = Path(__file__).parent / "data" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: row["name"] for row in csv.DictReader(file)})


def name_of(code: str) -> str:
    """The name for a code in either case; "Unknown" for any other text."""
    return names().get(code.lower(), UNKNOWN_NAME)


def name_in(code: str, language: str) -> str:
    """The name in a language such as "de" or "pt-br"; in English where the language or the name is not known."""
    told, known = language.lower(), _translations()
    names_there = known.get(told) or known.get(told.partition("-")[0]) or {}
    return names_there.get(code.lower()) or name_of(code)


def code_of(name: str) -> str:
    """The code for a name in any case, or for a code; "zz" for any other text."""
    wanted = name.strip().casefold()
    if wanted in names():
        return wanted
    return spellings().get(wanted, UNKNOWN)


@cache
def spellings() -> MappingProxyType[str, str]:
    """Codes by every known name in small letters: the English ones, short forms ("usa"), those of common languages."""
    path = Path(__file__).parent / "data" / "country_names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        others = {row["name"].casefold(): row["code"] for row in csv.DictReader(file)}
    return MappingProxyType(others | {name.casefold(): code for code, name in names().items()})


@cache
def _translations() -> dict[str, dict[str, str]]:
    """Names by code, for each language."""
    path = Path(__file__).parent / "data" / "country_languages.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        _, *languages = next(rows)
        columns = list(zip(*rows, strict=True))
    codes = columns[0]
    return {
        language: dict(zip(codes, column, strict=True)) for language, column in zip(languages, columns[1:], strict=True)
    }
