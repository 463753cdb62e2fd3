"""The search language: text to nodes and back, values, and what a free word may mean. Pure."""

from library.query.nodes import (
    EVERYTHING,
    And,
    BadValue,
    Filter,
    Node,
    Not,
    Or,
    QueryError,
    QueryTooLong,
    Text,
    UnknownFilter,
    conjoin,
    either,
    negate,
    terms,
)
from library.query.syntax import bounded, parse, unparse
from library.query.words import Meaning, meanings, suggest, understand

__all__ = [
    "EVERYTHING",
    "And",
    "BadValue",
    "Filter",
    "Meaning",
    "Node",
    "Not",
    "Or",
    "QueryError",
    "QueryTooLong",
    "Text",
    "UnknownFilter",
    "bounded",
    "conjoin",
    "either",
    "meanings",
    "negate",
    "parse",
    "suggest",
    "terms",
    "understand",
    "unparse",
]
