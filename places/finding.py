"""Finds populated places by what they are called, from bundled data."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from places import towns
from places.countries import name_of, names
from places.outlines import regions

LONGEST: Final = 100  # characters
MOST_LOOKED_AT: Final = 2_000


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place; `reach_km` grows with the number of its people."""

    name: str
    label: str
    country: str
    lat: float
    lng: float
    reach_km: float


def find_places(text: str, count: int = 10) -> list[FoundPlace]:
    """Places whose name begins with the text, or after a comma with a state or country too; the largest first.

    `find_places("paris, te")` finds Paris in Texas. Capital letters and accents make no difference.
    """
    wanted, *within = [folded(part) for part in text[:LONGEST].split(",")]
    if not wanted:
        return []
    data, index = towns.load(), _names()
    numbers = [number for number in index.numbers(wanted) if _lies_in(int(data.regions[number]), within)]
    numbers.sort(key=lambda number: (data.is_section[number], -index.fit(number, wanted) * data.reach_km[number]))
    return [_found(number) for number in numbers[:count]]


def folded(text: str) -> str:
    """Lower case, without accents and surplus blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


class _Names:
    """All names folded, one a line in one text of two megabytes, in which a search is a matter of a millisecond."""

    def __init__(self) -> None:
        data = towns.load()
        lines = [folded(data.name(number)) for number in range(len(data.regions))]
        self.text = "\n" + "\n".join(lines) + "\n"
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def numbers(self, wanted: str) -> list[int]:
        """The places whose name, or a later word of it, begins with the text; the former before the latter."""
        begins = self._at(re.compile("\n" + re.escape(wanted)))
        return begins if len(begins) >= MOST_LOOKED_AT else begins + self._at(re.compile("[ '-]" + re.escape(wanted)))

    def fit(self, number: int, wanted: str) -> float:
        """How much the size of a place weighs: most where the text is all of its name."""
        name = self.text[self.starts[number] + 1 : self.starts[number + 1]]
        return 4.0 if name == wanted else 1.0 if name.startswith(wanted) else 0.2

    def _at(self, pattern: re.Pattern[str]) -> list[int]:
        found: dict[int, None] = {}
        for match in pattern.finditer(self.text):
            found[bisect_right(self.starts, match.start()) - 1] = None
            if len(found) >= MOST_LOOKED_AT:
                break
        return list(found)


@cache
def _names() -> _Names:
    return _Names()


def _lies_in(region: int, within: list[str]) -> bool:
    found = regions()[region]
    names_here = [folded(found.state), folded(name_of(found.country)), found.country]
    return all(any(name.startswith(part) for name in names_here) for part in within if part)


def _found(number: int) -> FoundPlace:
    data = towns.load()
    region, name = regions()[int(data.regions[number])], data.name(number)
    country = names().get(region.country, "")
    label = ", ".join(dict.fromkeys(part for part in (name, region.state, country) if part))
    lat, lng = round(float(data.lat[number]), 5), round(float(data.lng[number]), 5)
    return FoundPlace(name, label, region.country, lat, lng, round(float(data.reach_km[number]), 2))
