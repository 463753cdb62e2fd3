"""Stored searches inside of a query: a filter that names some, as `album:summer` does, is replaced by what they say."""

from collections.abc import Callable
from typing import Final, TypeAlias

from library.access import Grant
from library.plugs import plugged_modules
from library.query import And, Filter, Node, Not, Or, Text, bounded, conjoin, either, negate, parse

# Stored searches within each other; deeper ones find nothing.
MOST_NESTED: Final = 4

WriteOut: TypeAlias = Callable[[str, Grant, frozenset[str]], Node]

_WRITERS: dict[str, WriteOut] = {}


def stands_for(*keys: str) -> Callable[[WriteOut], WriteOut]:
    """Enters a function that says, for a filter's value, the query that the filter stands for."""

    def enter(function: WriteOut) -> WriteOut:
        _WRITERS.update(dict.fromkeys(keys, function))
        return function

    return enter


def written_out(node: Node, grant: Grant) -> Node:
    """The query with every stored search in place of its name. Raises QueryTooLong for what grows beyond bounds."""
    plugged_modules("SEARCH_FILTERS")
    out = write_out(node, grant, frozenset())
    return node if out == node else bounded(out)


def write_out(node: Node, grant: Grant, within: frozenset[str]) -> Node:
    """As `written_out`, for a query that is part of the stored searches named `within`."""
    match node:
        case And(parts):
            return conjoin(*(write_out(part, grant, within) for part in parts))
        case Or(parts):
            return either(*(write_out(part, grant, within) for part in parts))
        case Not(part):
            return negate(write_out(part, grant, within))
        case Filter(key, value) if key in _WRITERS and value.strip():
            return _WRITERS[key](value, grant, within)
        case _:
            return node


def stored_query(name: str, text: str, grant: Grant, within: frozenset[str]) -> Node:
    """What a stored search says; one that leads back to itself finds nothing. Raises QueryTooLong."""
    if name in within or len(within) >= MOST_NESTED:
        return Not(And())
    return _apart(write_out(parse(text), grant, within | {name}))


def _apart(node: Node) -> Node:
    """The words of a stored search in a group of their own, as with its neighbours they would mean something else."""
    parts = node.parts if isinstance(node, And) else (node,)
    words = tuple(part for part in parts if isinstance(part, Text))
    others = tuple(part for part in parts if not isinstance(part, Text))
    return conjoin(*others, Or((conjoin(*words),))) if words else node
