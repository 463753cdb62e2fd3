"""What a filter answers: a condition on photos, or rows of another table that point to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from library.access import Grant
from library.query import Node
from library.query.values import Range, numbers, patterns
from library.search.alike import Alike
from library.search.sql import like


@dataclass(frozen=True, slots=True)
class Linked:
    """The photos that rows of another table point to; each row has a `photo`."""

    rows: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A condition that no index answers: if it holds for few photos, these are looked up first."""

    condition: Q


@dataclass(frozen=True, slots=True)
class Meant:
    """A query in place of an answer: what it finds for a grant, its words as a lexicon explains them."""

    node: Node
    grant: Grant
    lexicon: Any


# Several of them must all hold.
Answer: TypeAlias = Q | Linked | Scanned | Meant | Alike | tuple[Q | Linked | Scanned | Meant | Alike, ...]


def matches(column: str, value: str) -> Q:
    """Any of the patterns `a*|b` in a column, upper and lower case alike."""
    return any_of(like(column, found) for found in patterns(value))


def within(column: str, value: str, *, tolerance: float = 0) -> Q:
    """Any of the ranges `100|200-400|>800` in a column."""
    return any_of(_range_q(column, found, tolerance) for found in numbers(value))


def any_of(conditions: Iterable[Q]) -> Q:
    """The conditions ored; none of them means nothing."""
    combined = Q(pk__in=[])
    for condition in conditions:
        combined |= condition
    return combined


def _range_q(column: str, found: Range, tolerance: float) -> Q:
    if found.low is not None and found.low == found.high and not tolerance and found.low.is_integer():
        return Q(**{column: int(found.low)})
    condition = Q()
    if found.low is not None:
        condition &= Q(**{f"{column}__{'gt' if found.above else 'gte'}": found.low - tolerance})
    if found.high is not None:
        condition &= Q(**{f"{column}__{'lt' if found.below else 'lte'}": found.high + tolerance})
    return condition
