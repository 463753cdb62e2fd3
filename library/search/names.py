"""What in the library has a name: words name it, suggestions offer it, chips call it by its title.

Each module of SEARCH_NAMES knows one kind of name (labels, places, cameras, people, albums), by the filters in its
KEYS and three functions:

    named(phrases, sight) -> {phrase: [Named, ...]}
        what words in small letters name
    offered(beginning, sight, count, key) -> [Offer, ...]
        what a text being typed may become, as the value of the filter `key` or, if that is "", of any;
        the best first, for an empty text what has the most photos
    titled(key, values, sight) -> {value: title}
        what the values of a filter are called

None of them tells of anything that is only on photos which the grant does not see.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from library.access import Grant
from library.models import Photo
from library.plugs import plugged_modules
from library.query import Filter, Node
from library.query.folding import fold
from library.query.words import Kind, Meaning
from library.querysets import PhotoQuerySet
from library.search.answers import Answer

# Up to here photos are counted one by one; more are told as they were last counted.
EXACT: Final = 50

# Candidates that are looked at, in turns, until enough of them are seen.
_TURNS: Final = (40, 160, 640)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a grant sees of what a query asks for: the bound, for photos looked at one by one and for all of them."""

    grant: Grant
    near: Q
    wide: Q

    def photos(self) -> PhotoQuerySet:
        """All of it."""
        return Photo.objects.filter(self.wide)

    def shown(self, photo: str = "photo") -> Exists:
        """The condition on rows that point to photos that theirs is seen."""
        return Exists(Photo.objects.filter(self.near, pk=OuterRef(photo)))

    def shown_by(self, column: str) -> Exists:
        """The condition on rows that photos point to that one of theirs is seen."""
        return Exists(Photo.objects.filter(self.wide, **{column: OuterRef("pk")}))

    def kept(self, count: int) -> int:
        """A number that was counted for all who see the library; none for who sees but a part of it."""
        return count if self.grant.scope is None else 0

    def sees(self, condition: Q) -> bool:
        """Whether one of the photos that meet the condition is seen."""
        return self.photos().filter(condition).exists()


@dataclass(frozen=True, slots=True)
class Named:
    """Something that words name, and the photos it stands for."""

    meaning: Meaning
    answer: Answer


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a text may become: `node` goes into the query, `detail` says what it is, `uid` if it has one."""

    kind: Kind
    label: str
    node: Node
    detail: str = ""
    thumb: str = ""
    uid: str = ""
    # Finds the numbers of its photos that are seen; and how many were last counted, if that is for this grant to know.
    photos: Callable[[], QuerySet[Any]] | None = field(default=None, compare=False)
    kept: int = 0

    @property
    def count(self) -> int | None:
        """How many photos it has; None for many that nobody has counted."""
        if self.kept > EXACT:
            return self.kept
        if self.photos is None:
            return None
        counted = len(set(self.photos().order_by()[: EXACT + 1]))
        return counted if counted <= EXACT else None


def named(phrases: Collection[str], sight: Sight) -> dict[str, tuple[Named, ...]]:
    """What each of the phrases names in the library."""
    found: dict[str, tuple[Named, ...]] = {}
    for module in _modules() if phrases else ():
        for phrase, things in module.named(phrases, sight).items():
            found[phrase] = (*found.get(phrase, ()), *things)
    return found


def offered(beginning: str, sight: Sight, count: int, key: str = "") -> Iterator[Offer]:
    """What begins so, of every kind, or as the value of a filter."""
    for module in _modules():
        if not key or key in module.KEYS:
            yield from module.offered(beginning, sight, count, key)


def titled(filters: Collection[Filter], sight: Sight) -> dict[Filter, str]:
    """What the values of these filters are called, where they are the name of something in the library."""
    titles: dict[Filter, str] = {}
    for key in {wanted.key for wanted in filters}:
        values = {wanted.value for wanted in filters if wanted.key == key}
        for module in (module for module in _modules() if key in module.KEYS):
            titles |= {Filter(key, value): title for value, title in module.titled(key, values, sight).items()}
    return titles


def first_seen(rows: QuerySet[Any], seen: Callable[[QuerySet[Any]], Iterable[Any]], count: int) -> list[Any]:
    """The first rows in their order that pass `seen`, which costs too much to be asked of every row."""
    found: list[Any] = []
    start = 0
    for turn in _TURNS:
        ids = list(rows.values_list("pk", flat=True)[start : start + turn])
        passed = {row.pk: row for row in seen(rows.model._default_manager.filter(pk__in=ids))}
        found += [passed[pk] for pk in ids if pk in passed]
        if len(found) >= count or len(ids) < turn:
            break
        start += turn
    return found[:count]


def wants_later_words(slug: str, found: int, count: int) -> bool:
    """Whether names are read through for a later word that begins so: if few begin so, and it is more than a letter."""
    return len(slug) > 1 and "-" not in slug and 2 * found < count


def begins_a_word(beginning: str, name: str) -> tuple[int, int] | None:
    """Where in a name a word begins with this text, case and accents aside; None if none does."""
    wanted, plain = fold(beginning), fold(name)
    at = plain.find(wanted)
    while at >= 0 and at > 0 and plain[at - 1].isalnum():
        at = plain.find(wanted, at + 1)
    return None if at < 0 else _letters(name, at, at + len(wanted))


def _letters(name: str, start: int, end: int) -> tuple[int, int]:
    """A part of the folded name in the name itself, of which a letter may have become two or none."""
    ends = list(accumulate(len(fold(letter)) for letter in name))
    first = next((at for at, until in enumerate(ends) if until > start), len(ends))
    last = next((at + 1 for at, until in enumerate(ends) if until >= end), len(ends))
    return first, max(first, last)


def _modules() -> list[Any]:
    return plugged_modules("SEARCH_NAMES")
