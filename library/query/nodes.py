"""Pure: the parts of a query (And, Or, Not, Text, Filter) and what can be wrong with one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


class QueryError(ValueError):
    """A query that cannot be answered; its text is a sentence for the person who typed it."""


class QueryTooLong(QueryError):
    """The query has more characters, terms or nested groups than one search may have."""


class UnknownFilter(QueryError):
    """No filter has this key; `suggestion` is the nearest one, or None."""

    def __init__(self, key: str, suggestion: str | None = None) -> None:
        self.key = key
        self.suggestion = suggestion
        hint = f"; did you mean “{suggestion}”?" if suggestion else "."
        super().__init__(f"There is no filter “{key}”{hint}")


class BadValue(QueryError):
    """A filter's value is not of the kind that the filter takes."""

    def __init__(self, value: str, wanted: str, key: str = "") -> None:
        self.key = key
        self.value = value
        self.wanted = wanted
        shown = f"{key}:{value}" if key else value
        super().__init__(f"“{shown}” is not {wanted}.")

    def of_filter(self, key: str) -> "BadValue":
        """The same error with the name of the filter in its sentence."""
        return BadValue(self.value, self.wanted, key)


@dataclass(frozen=True, slots=True)
class Text:
    """A word, or with `quoted` a phrase that is meant literally.

    `word` is in the value language of `library.query.values`: a wildcard `*`, and a backslash
    before an operator that is meant as a character.
    """

    word: str
    quoted: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Filter:
    """`key:value`. The key is in lower case, the value in the language of `library.query.values`.

    An empty value restricts nothing, so that `label:` shows everything while a value is typed.
    """

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What `part` does not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What every part matches; without parts, everything."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one part matches."""

    parts: tuple["Node", ...]


Node: TypeAlias = And | Or | Not | Text | Filter

EVERYTHING = And()


def conjoin(*nodes: Node) -> Node:
    """The nodes anded in normal form: no And in an And, no And of one part."""
    parts: list[Node] = []
    for node in nodes:
        parts.extend(node.parts if isinstance(node, And) else [node])
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def either(*nodes: Node) -> Node:
    """The nodes ored in normal form; one that matches everything swallows the rest, none match nothing."""
    if EVERYTHING in nodes:
        return EVERYTHING
    parts: list[Node] = []
    for node in nodes:
        parts.extend(node.parts if isinstance(node, Or) else [node])
    if not parts:
        return Not(EVERYTHING)
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def negate(node: Node) -> Node:
    """The opposite; a double negation falls away."""
    return node.part if isinstance(node, Not) else Not(node)


def terms(node: Node) -> Iterator[Text | Filter]:
    """Every word and filter of the query, left to right."""
    match node:
        case Text() | Filter():
            yield node
        case Not(part):
            yield from terms(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms(part)
