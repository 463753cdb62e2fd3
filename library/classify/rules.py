"""Pure: the tree of labels (`labels.txt`), and which of them a picture with these class probabilities gets."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from library.meta import clean

CLASSES: Final = 1000
MOST: Final = 5
"""Labels of one photo, as PhotoPrism has it."""

Probabilities: TypeAlias = NDArray[np.float32]

_FILE: Final = Path(__file__).with_name("labels.txt")
_INDENT: Final = 2
_DEFAULT_PERCENT: Final = 35
# PhotoPrism keeps labels that are at least a third as likely as the most likely one.
_LEAST_SHARE: Final = 1 / 3
# What one look says of a class is taken as it is from the one probability on; below the other share of its threshold
# no label is expected of a second look.
_CLEAR: Final = 0.65
_HOPEFUL: Final = 0.85


class WrongRules(ValueError):
    """A line of the file cannot be understood; the text says which."""


@dataclass(slots=True)
class Kind:
    """One label of the tree. `percent` is what its classes have to sum up to; `above` its direct parents' slugs."""

    name: str
    slug: str
    classes: tuple[int, ...] = ()
    percent: int = _DEFAULT_PERCENT
    rank: int = 0
    rank_below: int = 0
    is_group: bool = False
    is_shown: bool = False
    above: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A label that a picture gets, with how unsure it is in percent, 0 to 99."""

    slug: str
    uncertainty: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The tree: kinds by slug, which classes count for each, and the words that mean them."""

    kinds: Mapping[str, Kind]
    words: Mapping[str, tuple[str, ...]]
    _parents: frozenset[str] = field(repr=False)
    _order: tuple[str, ...] = field(repr=False)
    _classes: NDArray[np.intp] = field(repr=False)
    _starts: NDArray[np.intp] = field(repr=False)
    _least: NDArray[np.float32] = field(repr=False)

    def above(self, slug: str) -> tuple[str, ...]:
        """The slugs of all that a label is a kind of, the nearest first; none for a label of a person's making."""
        found: list[str] = []
        waiting = list(self.kinds[slug].above) if slug in self.kinds else []
        while waiting:
            if (parent := waiting.pop(0)) not in found:
                found.append(parent)
                waiting += self.kinds[parent].above
        return tuple(found)

    def is_wide(self, slug: str) -> bool:
        """Whether a label says little: it stands at the root of the tree, and others lie below it."""
        kind = self.kinds.get(slug)
        return kind is not None and not kind.above and slug in self._parents

    def meant_by(self, words: Iterable[str]) -> tuple[str, ...]:
        """The slugs of labels that words stand for, given in the form of slugs."""
        return tuple(dict.fromkeys(slug for word in words for slug in self.words.get(word, ())))

    def labels_of(self, probabilities: Probabilities) -> tuple[Seen, ...]:
        """The labels of a picture, the most likely first: the most exact ones that are likely enough, and the shown.

        The classes of a label count together, so that a cat is a cat even if it is not clear of what breed.
        """
        sums = self._sums(probabilities)
        likely = {self._order[at]: float(sums[at]) for at in np.flatnonzero(sums >= self._least)}
        behind = {parent for slug in likely for parent in self.above(slug)}
        chosen = {slug: p for slug, p in likely.items() if slug not in behind or self.kinds[slug].is_shown}
        best = sorted(chosen.items(), key=lambda found: (-found[1], found[0]))[:MOST]
        return tuple(Seen(slug, _uncertainty(p)) for slug, p in best if p > best[0][1] * _LEAST_SHARE)

    def is_unclear(self, probabilities: Probabilities) -> bool:
        """Whether another look may change the labels: one is near its threshold, and no class is clear."""
        sums = self._sums(probabilities)
        return bool((sums >= self._least * _HOPEFUL).any()) and float(probabilities.max()) < _CLEAR

    def _sums(self, probabilities: Probabilities) -> NDArray[np.float32]:
        """How likely each label is: no product of matrices, as the threads of BLAS would cost more than the sums."""
        sums: NDArray[np.float32] = np.add.reduceat(probabilities[self._classes], self._starts)
        return sums

    def without(self, seen: Iterable[Seen], refused: AbstractSet[str]) -> tuple[Seen, ...]:
        """Without the labels that a person does not want, and without those that are a kind of one."""
        return tuple(one for one in seen if not refused & {one.slug, *self.above(one.slug)})


@cache
def rules() -> Rules:
    """The rules of this installation, read once."""
    return read_rules(_FILE.read_text(encoding="utf-8"))


def read_rules(text: str) -> Rules:
    """The rules that a text of the form of `labels.txt` says. Raises WrongRules."""
    kinds: dict[str, Kind] = {}
    trail: list[Kind] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                kind = _kind(line, trail)
                if kind.slug in kinds:
                    raise ValueError("a name that was there before")
            except ValueError as error:
                raise WrongRules(f"Line {number} of the labels: {error} in “{line.strip()}”.") from None
            kinds[kind.slug] = kind
    if lost := {parent for kind in kinds.values() for parent in kind.above} - kinds.keys():
        raise WrongRules(f"The labels name parents that have no line: {', '.join(sorted(lost))}.")
    return _ruled(kinds)


def _kind(line: str, trail: list[Kind]) -> Kind:
    """A line as a kind, with what it has of the line above it; `trail` are the lines that it lies below."""
    name, *fields = (part.strip() for part in line.split("|"))
    depth = (len(line) - len(line.lstrip(" "))) // _INDENT
    if depth > len(trail):
        raise ValueError("more blanks than the line above allows")
    del trail[depth:]
    kind = Kind(name, clean.slug(name))
    if trail:
        parent = trail[-1]
        kind.percent, kind.rank, kind.rank_below = parent.percent, parent.rank_below, parent.rank_below
        kind.above = (parent.slug,)
    for text in fields:
        _read(kind, text)
    trail.append(kind)
    return kind


def _read(kind: Kind, text: str) -> None:
    """One field of a line."""
    word, _, rest = text.partition(" ")
    match word:
        case "at":
            kind.percent = int(rest)
        case "rank":
            kind.rank, kind.rank_below = (int(number) for number in (rest.split() * 2)[:2])
        case "group":
            kind.is_group = True
        case "shown":
            kind.is_shown = True
        case "in":
            kind.above += tuple(clean.slug(name) for name in rest.split(","))
        case "also":
            kind.also = tuple(clean.slug(name) for name in rest.split(","))
        case _:
            kind.classes = tuple(int(number) for number in text.split())
            if not all(0 <= number < CLASSES for number in kind.classes):
                raise ValueError("a class that the model does not have")


def _ruled(kinds: Mapping[str, Kind]) -> Rules:
    counted: dict[str, set[int]] = {slug: set(kind.classes) for slug, kind in kinds.items()}
    words: dict[str, list[str]] = {}
    for slug, kind in kinds.items():
        for line in _trunk(kinds, kind):
            counted[line] |= set(kind.classes)
        for word in kind.also:
            words.setdefault(word, []).append(slug)
    # Groups are put on no photo, and what has no classes at all is a group.
    order = tuple(slug for slug, kind in kinds.items() if counted[slug] and not kind.is_group)
    lists = [sorted(counted[slug]) for slug in order]
    return Rules(
        kinds=kinds,
        words={word: tuple(slugs) for word, slugs in words.items()},
        _parents=frozenset(parent for kind in kinds.values() for parent in kind.above),
        _order=order,
        _classes=np.array([number for numbers in lists for number in numbers], dtype=np.intp),
        _starts=np.cumsum([0, *(len(numbers) for numbers in lists[:-1])], dtype=np.intp),
        _least=np.array([kinds[slug].percent / 100 for slug in order], dtype=np.float32),
    )


def _trunk(kinds: Mapping[str, Kind], kind: Kind) -> Iterator[str]:
    """The lines above in the text: a further parent finds a label, but says nothing of how likely it is itself."""
    while kind.above:
        first = kinds[kind.above[0]]
        yield first.slug
        kind = first


def _uncertainty(probability: float) -> int:
    return min(99, max(0, 100 - round(probability * 100)))
