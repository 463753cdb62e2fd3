"""`python -m places.data.translations`: what countries are called in other languages, by the CLDR in Babel."""

import csv
import importlib
import sys
from pathlib import Path
from typing import Any, Final, TextIO

from django.conf.global_settings import LANGUAGES

from places.countries import names

# English comes from `countries.csv`; dialects that call no country otherwise are left out.
LEFT_OUT: Final = frozenset(["en", "en-au", "en-gb", "es-ar", "es-co", "es-mx", "es-ni", "es-ve", "ar-dz"])


def write(file: TextIO) -> None:
    """A row for each country, a column for each language that Django knows and CLDR has names in."""
    told = {language: found for language, _ in LANGUAGES if language not in LEFT_OUT and (found := _names(language))}
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["code", *told])
    rows.writerows([code, *(found.get(code.upper(), "") for found in told.values())] for code in names())


def _names(language: str) -> dict[str, str]:
    babel: Any = importlib.import_module("babel")
    try:
        found: dict[str, str] = dict(babel.Locale.parse(language, sep="-").territories)
    except babel.UnknownLocaleError:
        return {}
    return found


if __name__ == "__main__":
    path = Path(__file__).parent / "country_languages.csv"
    with path.open("w", encoding="utf-8", newline="") as written:
        write(written)
    sys.stdout.write(f"{path}\n")
