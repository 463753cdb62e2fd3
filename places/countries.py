"""Pure: ISO 3166 country codes and their English names."""

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


def code_of(name: str) -> str:
    """The code for an English name in any case, or for a code; "zz" for any other text."""
    wanted = name.strip().casefold()
    if wanted in names():
        return wanted
    return _codes().get(wanted, UNKNOWN)


@cache
def _codes() -> dict[str, str]:
    return {name.casefold(): code for code, name in names().items()}
