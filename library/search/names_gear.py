"""Names of cameras and lenses: by maker, by model, by a part of it that tells: "5d", "24-70mm"."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from django.db.models import Exists, Q
from slugify import slugify

from library.models import Camera, Lens
from library.models.gear import UNKNOWN, Gear
from library.query import Filter
from library.query.values import escape, whole_number
from library.query.words import Meaning
from library.search.answers import any_of
from library.search.names import Named, Offer, Sight
from library.search.sql import starts_with

_KINDS: Final[tuple[tuple[str, type[Gear]], ...]] = (("camera", Camera), ("lens", Lens))

KEYS: Final = frozenset(["camera", "lens"])

# Words within a model that say which one it is: letters and digits together.
_TELLING: Final = re.compile(r"(?=.*[a-z])(?=.*[0-9])")
_SHORTEST: Final = 2
_MOST_WORDS: Final = 24


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    slug: str
    name: str
    make: str
    model: str

    @property
    def words(self) -> set[str]:
        return set(f"{self.make}-{self.model}-{self.slug}".split("-"))

    def is_called(self, slug: str) -> bool:
        """Whether this is its maker, its model, how one of them begins, or a telling part of it."""
        starts = any(f"{own}-".startswith(f"{slug}-") for own in (self.make, self.model, self.slug))
        return starts or (bool(_TELLING.match(slug)) and f"-{slug}-" in f"-{self.slug}-{self.model}-")


def named(phrases: Collection[str], sight: Sight) -> dict[str, list[Named]]:
    """Cameras and lenses called so; those of one phrase are one thing."""
    slugs = {phrase: slug for phrase in phrases if _can_name(slug := slugify(phrase))}
    found: dict[str, list[Named]] = defaultdict(list)
    for key, kind in _KINDS:
        by_word: dict[str, list[_Row]] = defaultdict(list)
        for row in _rows(kind, set(slugs.values())):
            for word in row.words:
                by_word[word].append(row)
        for phrase, slug in slugs.items():
            called = [row for row in by_word.get(slug.partition("-")[0], ()) if row.is_called(slug)]
            condition = Q(**{f"{key}__in": [row.pk for row in called]})
            if called and sight.sees(condition):
                label = called[0].name if len(called) == 1 else phrase.title()
                node = Filter(key, escape(called[0].name if len(called) == 1 else phrase))
                found[phrase].append(Named(Meaning("camera", label, node), condition))
    return found


def offered(beginning: str, sight: Sight, count: int, key: str) -> Iterator[Offer]:
    """Cameras and lenses of which a word begins so."""
    slug = slugify(beginning)
    if beginning and not slug:
        return
    for own, kind in _KINDS:
        detail = "Camera" if own == "camera" else "Lens"
        rows = _beginning(kind, slug, sight.shown_by(own)) if key in ("", own) else iter(())
        for row in islice(rows, count):
            photos = partial(_photos, Q(**{own: row.pk}), sight)
            yield Offer("camera", str(row), Filter(own, escape(row.name)), detail, photos=photos)


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """The names of cameras and lenses that a filter names by number."""
    ids = {value: number for value in values if (number := whole_number(value)) is not None}
    rows = _all(dict(_KINDS)[key]).filter(sight.shown_by(key), pk__in=ids.values()) if ids else ()
    names = {row.pk: str(row) for row in rows}
    return {value: names[number] for value, number in ids.items() if number in names}


def _can_name(slug: str) -> bool:
    return len(slug) >= _SHORTEST and not slug.replace("-", "").isdigit()


def _rows(kind: type[Gear], slugs: Collection[str]) -> list[_Row]:
    """The rows that hold a word of one of these; for many words all of them, as the tables are short."""
    words = {max((word for word in slug.split("-") if not word.isdigit()), key=len) for slug in slugs}
    holding = any_of(Q(slug__contains=word) for word in words) if len(words) <= _MOST_WORDS else Q()
    rows = _all(kind).filter(holding) if slugs else _all(kind).none()
    return [_Row(row.pk, row.slug, str(row), slugify(row.make), slugify(row.model)) for row in rows]


def _beginning(kind: type[Gear], slug: str, seen: Exists) -> Iterator[Any]:
    rows = _all(kind).filter(seen).order_by("name")
    if not slug:
        yield from rows
        return
    first = list(rows.filter(starts_with("slug", slug)))
    yield from first
    yield from rows.filter(slug__contains=f"-{slug}").exclude(pk__in=[row.pk for row in first])


def _photos(condition: Q, sight: Sight) -> Any:
    return sight.photos().filter(condition).values_list("pk", flat=True)


def _all(kind: type[Gear]) -> Any:
    return kind._default_manager.exclude(slug=UNKNOWN)
