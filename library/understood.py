"""What was understood of a query as JSON: for the API, and for the page that was opened with it."""

from typing import TypedDict

from library.query import Filter, Meaning, Node, unparse
from library.search.understanding import Term, Understanding


class MeaningJson(TypedDict):
    """One thing that words may stand for; without a key the value is a query."""

    kind: str
    key: str
    value: str
    label: str


class TermJson(MeaningJson):
    """One part of a query; `without` is the query that is left when it is removed, `thumb` the hash of a
    picture that stands for it or ""."""

    negated: bool
    text: str
    without: str
    thumb: str
    meanings: list[MeaningJson]


class UnderstandingJson(TypedDict):
    query: str
    error: str
    suggestion: str
    terms: list[TermJson]


def understood_json(found: Understanding) -> UnderstandingJson:
    """The query, what is wrong with it, and its terms."""
    return {
        "query": found.query,
        "error": found.error,
        "suggestion": found.suggestion,
        "terms": [_term(term) for term in found.terms],
    }


def _term(term: Term) -> TermJson:
    return {
        "kind": term.kind,
        "key": term.key,
        "value": term.value,
        "label": term.label,
        "negated": term.negated,
        "text": term.text,
        "without": term.without,
        "thumb": term.thumb,
        "meanings": [_meaning(meaning) for meaning in term.meanings],
    }


def _meaning(meaning: Meaning) -> MeaningJson:
    key, value = _parts(meaning.node)
    return {"kind": meaning.kind, "key": key, "value": value, "label": meaning.label}


def _parts(node: Node) -> tuple[str, str]:
    return (node.key, node.value) if isinstance(node, Filter) else ("", unparse(node))
