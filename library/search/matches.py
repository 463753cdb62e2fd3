"""How well photos match a query whose words are compared with pictures: what is called so first, then the likest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Q

from library.models import Photo
from library.query import And, Filter, Node, Not, Or, Text, terms
from library.search.alike import Alike
from library.search.asked import Asked
from library.search.compile import Ask, filter_answer, is_open, part_q
from library.search.idsets import EMPTY, Ids, IdSet
from library.search.matching import Any, Tree, tree_of_part
from library.search.words import Part

# A score of 1 as a whole number.
_WHOLE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Term:
    """What a word finds by what pictures show, and by anything else."""

    alike: tuple[Alike, ...]
    others: tuple[Part, ...] = ()


class Matches:
    """For each photo the sum over the words: its score, and 1 more if it has the word itself."""

    def __init__(self, asked: Asked, terms: list[_Term]) -> None:
        self._scored = [one.scored for term in terms for one in term.alike]
        self._called = [_called(asked, term.others) for term in terms if term.others]

    def of(self, ids: Ids) -> Ids:
        """The scores as whole numbers."""
        scores = np.zeros(len(ids), np.float64)
        for scored in self._scored:
            scores += scored.of(ids)
        for called in self._called:
            scores += called.has(ids)
        return np.rint(scores * _WHOLE).astype(np.int64)


def matches_of(asked: Asked) -> Matches | None:
    """None where no word of the query is compared with pictures."""
    terms = [term for term in _terms(asked, asked.node) if term.alike]
    return Matches(asked, terms) if terms else None


def found_by(asked: Asked) -> IdSet:
    """All that the query finds."""
    if matching := asked.matching():
        matcher, tree = matching
        return matcher.found(tree)
    return IdSet.of(asked.photos("all").order_by().values_list("pk", flat=True))


def goes_by_meaning_alone(asked: Asked) -> bool:
    """Whether every part of the query is words that name nothing in the library, and are compared with pictures."""
    parts = asked.node.parts if isinstance(asked.node, And) else (asked.node,)
    return bool(parts) and all(_is_by_meaning(asked, part) for part in parts)


def _is_by_meaning(asked: Asked, node: Node) -> bool:
    """Of words that are one name together that name decides."""
    match node:
        case Text():
            return next((one.kind == "meaning" for one in asked.lexicon.meanings(node)), False)
        case Or(parts):
            words = [part for part in parts if isinstance(part, Text)]
            return any(_is_by_meaning(asked, word) for word in words) and all(
                isinstance(one, Text) for one in terms(node)
            )
        case Filter():
            return node.key == "meaning" and not is_open(node)
        case _:
            return False


def _terms(asked: Asked, node: Node) -> Iterator[_Term]:
    """Of the words that photos have to match; what is not wanted ranks nothing."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _terms(asked, part)
        case Text():
            yield _term([part for _, part in asked.lexicon.evidence(node)])
        case Filter("meaning") if not is_open(node):
            answer = filter_answer(node, asked.grant)
            yield _Term(tuple(one for one in _all(answer) if isinstance(one, Alike)))
        case Filter() | Not():
            return


def _term(parts: list[Part]) -> _Term:
    alike = [one for part in parts for one in _all(part) if isinstance(one, Alike)]
    others = [part for part in parts if not any(isinstance(one, Alike) for one in _all(part))]
    return _Term(tuple(alike), tuple(others))


def _all(part: Part) -> tuple[object, ...]:
    return part if isinstance(part, tuple) else (part,)


def _called(asked: Asked, parts: tuple[Part, ...]) -> IdSet:
    """What may be seen and has the word in its labels, keywords, names or texts."""
    ask = Ask(asked.grant, "few", asked.lexicon)
    if matching := asked.matching():
        tree: Tree = Any(tuple(tree_of_part(part, ask) for part in parts))
        return matching[0].found(tree)
    condition = Q()
    for part in parts:
        condition |= part_q(part, Ask(asked.grant, "all", asked.lexicon))
    ids = Photo.objects.filter(asked.bound("all")).filter(condition).order_by().values_list("pk", flat=True)
    return IdSet.of(ids) if condition else EMPTY
