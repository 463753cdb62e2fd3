"""Nodes to Q, through the filter table; links to other tables become IN or EXISTS by how many photos are looked at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal, TypeAlias

from django.db.models import Exists, OuterRef, Q

from library.access import Grant
from library.models import Photo
from library.plugs import plugged_modules
from library.query import And, BadValue, Filter, Node, Not, Or, Text, UnknownFilter, suggest
from library.query.distances import with_distances
from library.search.alike import Alike
from library.search.answers import Answer, Linked, Meant, Scanned
from library.search.untold import bounded
from library.search.words import Lexicon, Part

# Which photos will be looked at: a few thousand that are known already, the first in an order, or all of them.
# On a million photos EXISTS asks a table once for each that is looked at, IN once for all that it selects.
Reach: TypeAlias = Literal["few", "first", "all"]

# As many ids may stand in a statement on every database.
FEW: Final = 5_000

NOTHING: Final = Q(pk__in=[])
ALL: Final = ~NOTHING


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks, and what for; `lexicon` says what the words of the query mean."""

    grant: Grant
    reach: Reach = "all"
    lexicon: Lexicon = field(default_factory=Lexicon)


FilterFunction: TypeAlias = Callable[[str], Answer]
GrantFilterFunction: TypeAlias = Callable[[str, Grant], Answer]

_FILTERS: dict[str, GrantFilterFunction] = {}


def search_filter(*keys: str) -> Callable[[FilterFunction], FilterFunction]:
    """Enters a function into the filter table: `key:value` finds what it answers for the value."""

    def enter(function: FilterFunction) -> FilterFunction:
        _FILTERS.update(dict.fromkeys(keys, lambda value, _: function(value)))
        return function

    return enter


def grant_filter(*keys: str) -> Callable[[GrantFilterFunction], GrantFilterFunction]:
    """The same for a filter whose answer depends on who asks."""

    def enter(function: GrantFilterFunction) -> GrantFilterFunction:
        _FILTERS.update(dict.fromkeys(keys, function))
        return function

    return enter


def known_keys() -> frozenset[str]:
    """Every key that a query may use."""
    return frozenset(_table())


def to_q(node: Node, ask: Ask) -> Q:
    """The condition on photos that a query means. Raises UnknownFilter and BadValue."""
    match node:
        case And(parts):
            return _all(to_q(part, ask) for part in with_distances(parts) if not is_open(part))
        case Or(parts):
            closed = [found for part in parts if not is_open(part) and (found := to_q(part, ask))]
            return _any(closed) if closed else ALL
        case Not(part):
            return ALL if is_open(part) else ~to_q(part, ask)
        case Filter():
            return _filter_q(node, ask)
        case Text():
            return _text_q(node, ask)


def answer_q(answer: Answer, reach: Reach) -> Q:
    """The condition, in the form that suits the number of photos it is asked of."""
    match answer:
        case Linked():
            return _linked_q(answer, reach)
        case Scanned(condition):
            return condition if reach == "few" else _scanned_q(condition)
        case Meant(node, grant, lexicon):
            return to_q(node, Ask(grant, reach, lexicon))
        case Alike():
            return Q(pk__among=answer.ids)
        case tuple():
            return _all(answer_q(part, reach) for part in answer)
        case _:
            return answer


def _linked_q(linked: Linked, reach: Reach) -> Q:
    if reach == "few":
        return Q(Exists(linked.rows.filter(photo=OuterRef("pk"))))
    return Q(pk__in=linked.rows.values("photo"))


def _scanned_q(condition: Q) -> Q:
    """Walking the timeline in search of a few photos would read every row in the worst order."""
    ids = list(Photo.objects.filter(condition).values_list("pk", flat=True)[: FEW + 1])
    return Q(pk__in=ids) if len(ids) <= FEW else condition


def filter_answer(node: Filter, grant: Grant) -> Answer:
    """What a filter answers. Raises UnknownFilter and BadValue."""
    function = _table().get(node.key)
    if function is None:
        raise UnknownFilter(node.key, suggest(node.key, _table()))
    if is_open(node):
        return ALL
    try:
        return bounded(node, function(node.value, grant), grant)
    except BadValue as error:
        raise error.of_filter(node.key) from None


def _filter_q(node: Filter, ask: Ask) -> Q:
    return answer_q(filter_answer(node, ask.grant), ask.reach)


def _text_q(node: Text, ask: Ask) -> Q:
    return _any(part_q(part, ask) for part in ask.lexicon.parts(node))


def part_q(part: Part, ask: Ask) -> Q:
    """The condition for a part of what a word finds."""
    match part:
        case And() | Or() | Not() | Filter() | Text():
            return to_q(part, ask)
        case _:
            return answer_q(part, ask.reach)


def is_open(node: Node) -> bool:
    """A filter whose value is still being typed: it restricts nothing, and so does its negation."""
    return isinstance(node, Filter) and not node.value.strip()


def _all(parts: Any) -> Q:
    combined = Q()
    for part in parts:
        combined &= part
    return combined if combined else ALL


def _any(parts: Any) -> Q:
    combined = Q()
    for part in parts:
        combined |= part
    return combined if combined else NOTHING


@cache
def _table() -> dict[str, GrantFilterFunction]:
    """The filter table, complete: every wired module has entered its functions."""
    plugged_modules("SEARCH_FILTERS")
    return _FILTERS
