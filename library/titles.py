"""The title of a photo from the people, labels, place, date and name it has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAX_LENGTH: Final = 200
UNKNOWN: Final = "Unknown"
MOST_PEOPLE: Final = 3

_SEPARATOR: Final = " / "
_LONG_NAMES: Final = 35
_SHORT_NAMES: Final = 20
_LONG_PLACE: Final = 45
_SHORT_PLACE: Final = 20
_LONG_CITY: Final = 16
_SHORT_FILE_TITLE: Final = 20

# Uncertainty in percent, see LabelFact.
_SURE: Final = 60
_FAIRLY_SURE: Final = 50
_LIKELY: Final = 85
_LOWEST_PRIORITY: Final = -1

_DATE_AT_END: Final = re.compile(r" ((?:19|20)\d\d)(?: \d{1,2})*$")


@dataclass(frozen=True, slots=True)
class LabelFact:
    """What a label says: `uncertainty` 0 (certain) to 100, `priority` -3 to 5; "Animal" `is_wide`, "Dog" is not."""

    name: str
    uncertainty: int = 0
    priority: int = 0
    is_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFacts:
    """What is known about a photo when its title is made.

    `people` are the names of those recognised, `labels` the best first, `place` the name of a
    sight or park at the spot, `year` that of the local date (0 unknown), `file_title` what the
    name of the file gives. `has_place` says whether the spot is known at all.
    """

    people: tuple[str, ...] = ()
    labels: tuple[LabelFact, ...] = ()
    has_place: bool = False
    place: str = ""
    city: str = ""
    country: str = ""
    year: int = 0
    file_title: str = ""


def title_for(facts: TitleFacts) -> str:
    """The title of a photo that nobody named, at most 200 characters; never empty.

    Examples: "Anna & Jens / Berlin / 2020", "Lake / Zurich / 2019", "Zugspitze / 2018".

    PhotoPrism's rules, but that nothing is said twice ("Singapore / 2024"), that the number of a screenshot is not
    ("Screenshot / 2024"), and that a wide label is left for a place ("Berlin / Germany / 2024", not "Animal / Berlin").
    """
    parts = (_at_a_place(facts) if facts.has_place else []) or _anywhere(facts)
    said = {part.casefold(): part for part in reversed(parts) if part}
    return _SEPARATOR.join(part for part in parts if part and said.pop(part.casefold(), ""))[:MAX_LENGTH].strip()


def names_people(people: Sequence[str]) -> bool:
    """Whether a title names these people: more than three would leave no room for anything else."""
    return 1 <= len(people) <= MOST_PEOPLE


def join_names(names: Sequence[str], *, first_names: bool = False) -> str:
    """Names as a sentence has them: "Anna, Jens & Jane Mander".

    People who share their last name have it once; with `first_names` all others lose theirs
    when there are more than two.
    """
    if len(names) < 2:
        return "".join(names)
    split = [name.partition(" ") for name in names]
    families = {family for _, _, family in split}
    family = families.pop() if len(families) == 1 else ""
    if len(family) > 1:
        return _listed([first for first, _, _ in split]) + " " + family
    return _listed([first for first, _, _ in split] if first_names and len(names) > 2 else names)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " & " + names[-1]


def _at_a_place(facts: TitleFacts) -> list[str]:
    label = _best_label(facts)
    if names_people(facts.people):
        return _people_at(facts)
    if label and not _gives_way_to_place(label, facts):
        return _label_at(label.name, facts)
    if facts.place:
        return _place_at(facts)
    return [facts.city, facts.country, _year(facts)] if facts.city or facts.country else []


def _people_at(facts: TitleFacts) -> list[str]:
    names = join_names(facts.people)
    if len(names) > _LONG_NAMES:
        return [names]
    if len(names) > _SHORT_NAMES:
        return [names, _short_city(facts) or _year(facts)]
    return [names, _short_city(facts) or facts.country, _year(facts)]


def _label_at(label: str, facts: TitleFacts) -> list[str]:
    city = _short_city(facts)
    fits = city and label.casefold() not in city.casefold()
    return [label, city if fits else facts.country, _year(facts)]


def _place_at(facts: TitleFacts) -> list[str]:
    if len(facts.place) > _LONG_PLACE:
        return [facts.place]
    drops_city = len(facts.place) > _SHORT_PLACE or facts.city.casefold() in facts.place.casefold()
    return [facts.place, "" if drops_city else _short_city(facts), _year(facts)]


def _anywhere(facts: TitleFacts) -> list[str]:
    label = min(facts.labels, key=lambda label: label.is_wide, default=None)
    if names_people(facts.people):
        return [join_names(facts.people), _year(facts)]
    if not facts.file_title and label and label.uncertainty <= _LIKELY:
        return [label.name, _year(facts)]
    if facts.file_title:
        name = _without_date(facts.file_title, facts.year)
        return [name, _year(facts) if len(name) <= _SHORT_FILE_TITLE else ""]
    return [UNKNOWN, _year(facts)]


def _without_date(file_title: str, year: int) -> str:
    """Without the year at its end and what numbers follow it, where it is that of the photo and not all there is."""
    found = _DATE_AT_END.search(file_title)
    return file_title[: found.start()] if found and int(found[1]) == year else file_title


def _best_label(facts: TitleFacts) -> LabelFact | None:
    fit = (label for label in facts.labels if label.uncertainty <= _SURE and label.priority >= _LOWEST_PRIORITY)
    return min(fit, key=lambda label: label.is_wide, default=None)


def _gives_way_to_place(label: LabelFact, facts: TitleFacts) -> bool:
    if label.is_wide:
        return bool(facts.place or facts.city or facts.country)
    weak = label.priority < 0 or (label.priority == 0 and label.uncertainty > _FAIRLY_SURE)
    return weak and bool(facts.place)


def _short_city(facts: TitleFacts) -> str:
    return facts.city if len(facts.city) <= _LONG_CITY else ""


def _year(facts: TitleFacts) -> str:
    return str(facts.year) if facts.year > 0 else ""
