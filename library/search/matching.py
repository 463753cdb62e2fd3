"""What a query finds in a large library, as a set of ids put together from remembered ones.

As few as possible is read: where one part of a query finds little, its photos are asked whether the others hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeAlias

from django.db.models import Q

from library.models import Photo
from library.query import And, Filter, Node, Not, Or, Text
from library.query.distances import with_distances
from library.search.alike import Alike
from library.search.answers import Answer, Linked, Meant, Scanned
from library.search.compile import ALL, FEW, Ask, filter_answer, is_open
from library.search.idsets import EMPTY, IdSet
from library.search.memory import Memory
from library.search.remembered import Found
from library.search.texts import candidates


@dataclass(frozen=True, slots=True)
class Rows:
    """The photos that rows point to, or that look like something; of a `scanned` condition no index tells them."""

    found: Found | Alike
    scanned: Q | None = None


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: "Tree"


Tree: TypeAlias = Rows | All | Any | Without

# A part that restricts nothing, whether it is anded, ored or negated; it is known by its identity.
_OPEN: All = All(())


def tree_of(node: Node, ask: Ask) -> Tree:
    """The query with a set of ids for each word and filter. Raises UnknownFilter and BadValue."""
    match node:
        case And(parts):
            return All(tuple(tree_of(part, ask) for part in with_distances(parts)))
        case Or(parts):
            closed = tuple(tree for part in parts if (tree := tree_of(part, ask)) is not _OPEN)
            return Any(closed) if closed else _OPEN
        case Not(part):
            tree = tree_of(part, ask)
            return _OPEN if tree is _OPEN else Without(tree)
        case Filter():
            return _OPEN if is_open(node) else _leaf(filter_answer(node, ask.grant))
        case Text():
            return Any(tuple(tree_of_part(part, ask) for part in ask.lexicon.parts(node)))


def tree_of_q(condition: Q) -> Tree:
    """A condition on photos as one set."""
    return Rows(Found(Photo.objects.filter(condition)))


class Matcher:
    """Puts trees together to sets, all of them within the photos that may be seen."""

    def __init__(self, visible: Tree, memory: Memory) -> None:
        self._visible = visible
        self._memory = memory

    def found(self, tree: Tree) -> IdSet:
        """What may be seen and passes."""
        return self._all([self._visible, tree])

    def little(self, tree: Tree) -> IdSet | None:
        """The same if it is little and told quickly, else None."""
        found, unread = self._cheaply(_flat([self._visible, tree]))
        return None if found is None or len(found) > FEW else self._among(All(tuple(unread)), found)

    def among(self, tree: Tree, ids: Sequence[int]) -> IdSet:
        """Which of a few photos may be seen and pass."""
        return self._among(All((self._visible, tree)), IdSet.of(ids))

    def is_new(self, tree: Tree) -> bool:
        """Whether some of it was never asked for."""
        rows = [rows.found for rows in _leaves(tree)]
        return not all(self._memory.knows(found) or self._memory.is_large(found) for found in rows)

    def _all(self, parts: Iterable[Tree]) -> IdSet:
        found, unread = self._cheaply(_flat(parts))
        wanted = [part for part in unread if not isinstance(part, Without)]
        unwanted = [part for part in unread if isinstance(part, Without)]
        while wanted and (found is None or len(found) > FEW):
            read = self._whole(wanted.pop(0))
            found = read if found is None else found & read
        if found is None:
            found = self._whole(self._visible)
        if len(found) <= FEW:
            return self._among(All((*wanted, *unwanted)), found)
        return reduce(lambda left, part: left - self._whole(part.part), unwanted, found)

    def _cheaply(self, parts: Iterable[Tree]) -> tuple[IdSet | None, list[Tree]]:
        """What some of the parts find together, as far as it is known or little; and the parts that are left."""
        found: IdSet | None = None
        unread: list[Tree] = []
        for part in sorted(parts, key=lambda part: not self._is_held(part)):
            is_little = found is not None and len(found) <= FEW
            cheap = None if is_little or isinstance(part, Without) else self._cheap(part)
            if cheap is None:
                unread.append(part)
            else:
                found = cheap if found is None else found & cheap
        return found, unread

    def _cheap(self, tree: Tree) -> IdSet | None:
        """What is remembered or little, else None."""
        match tree:
            case Rows(found) if not self._memory.knows(found):
                return None if self._memory.is_large(found) else self._little(tree)
            case Any(parts):
                known = [self._cheap(part) for part in parts]
                joined = [part for part in known if part is not None]
                return reduce(or_, joined, EMPTY) if len(joined) == len(parts) else None
            case _:
                return self._whole(tree) if self._is_held(tree) else None

    def _little(self, rows: Rows) -> IdSet | None:
        """What few rows point to. For a scanned condition, the titles in memory say which photos are to be asked."""
        if rows.scanned is None:
            little = rows.found.first(FEW)
        else:
            near = candidates(rows.scanned, self._memory, FEW)
            little = None if near is None else rows.found.among(near.ids.tolist())
        if little is None:
            self._memory.note_large(rows.found)
        else:
            self._memory.put(rows.found, little)
        return little

    def _among(self, tree: Tree, few: IdSet) -> IdSet:
        """Which of a few photos pass."""
        if not len(few):
            return few
        match tree:
            case Rows(found):
                known = self._memory.knows(found)
                return few & (self._memory.get(found) if known else found.among(few.ids.tolist()))
            case All(parts):
                return reduce(lambda left, part: self._among(part, left), parts, few)
            case Any(parts):
                return reduce(or_, (self._among(part, few) for part in parts), EMPTY)
            case Without(part):
                return few - self._among(part, few)

    def _whole(self, tree: Tree) -> IdSet:
        match tree:
            case Rows(found):
                return self._memory.get(found)
            case All(parts):
                return self._all(parts) if parts else self._whole(self._visible)
            case Any(parts):
                return reduce(or_, map(self._whole, parts), EMPTY)
            case Without(part):
                return self._whole(self._visible) - self._whole(part)

    def _is_held(self, tree: Tree) -> bool:
        return all(self._memory.knows(rows.found) for rows in _leaves(tree))


def _leaf(answer: Answer) -> Tree:
    match answer:
        case Linked(rows):
            return Rows(Found(rows, "photo"))
        case Scanned(condition):
            return Rows(Found(Photo.objects.filter(condition)), condition)
        case Meant(node, grant, lexicon):
            return tree_of(node, Ask(grant, "few", lexicon))
        case Alike():
            return Rows(answer)
        case tuple():
            return All(tuple(map(_leaf, answer)))
        case _:
            return _leaf_of_q(answer)


def _leaf_of_q(condition: Q) -> Tree:
    if not condition:
        return _OPEN
    if condition == ALL:
        return All(())
    return Without(tree_of_q(~condition)) if condition.negated else tree_of_q(condition)


def tree_of_part(part: Answer | Node, ask: Ask) -> Tree:
    """What a part of what a word finds is in the tree."""
    match part:
        case And() | Or() | Not() | Filter() | Text():
            return tree_of(part, ask)
        case _:
            return _leaf(part)


def _flat(parts: Iterable[Tree]) -> Iterable[Tree]:
    for part in parts:
        if isinstance(part, All):
            yield from _flat(part.parts)
        elif isinstance(part, Without) and isinstance(part.part, Without):
            yield from _flat([part.part.part])
        else:
            yield part


def _leaves(tree: Tree) -> Iterable[Rows]:
    match tree:
        case Rows():
            yield tree
        case All(parts) | Any(parts):
            for part in parts:
                yield from _leaves(part)
        case Without(part):
            yield from _leaves(part)
