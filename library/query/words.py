"""Pure: what a free word may mean (a year, a month, a kind, a known name), and the key meant by a typing error."""

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from library.query.nodes import And, Filter, Node, Not, Or, Text, conjoin, either, negate
from library.query.values import escape, unescape

# Filter key -> the names it knows (small letters) -> the filter's value: {"country": {"italy": "it"}}.
Vocabulary: TypeAlias = Mapping[str, Mapping[str, str]]

LONGEST_NAME = 4  # words, as in "republic of the congo"
FIRST_YEAR, LAST_YEAR = 1800, 2199

# Words that join and say nothing of their own: "sunset in tuscany".
FILLERS = frozenset(["a", "an", "and", "at", "by", "from", "in", "near", "of", "on", "or", "the", "to", "with"])

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

# Words that PhotoPrism's search box reads as switches, and their plurals.
_KINDS = {
    "animated": Filter("animated", "yes"),
    "faces": Filter("faces", "yes"),
    "favorites": Filter("favorite", "yes"),
    "gif": Filter("animated", "yes"),
    "gifs": Filter("animated", "yes"),
    "live": Filter("live", "yes"),
    "mono": Filter("mono", "yes"),
    "monochrome": Filter("mono", "yes"),
    "panoramas": Filter("panorama", "yes"),
    "people": Filter("faces", "yes"),
    "raw": Filter("raw", "yes"),
    "raws": Filter("raw", "yes"),
    "scans": Filter("scan", "yes"),
    "stacks": Filter("stack", "yes"),
    "vector": Filter("vector", "yes"),
    "vectors": Filter("vector", "yes"),
    "video": Filter("video", "yes"),
    "videos": Filter("video", "yes"),
}


def meanings(phrase: str, vocabulary: Vocabulary) -> tuple[Filter, ...]:
    """The filters that a word, or some words together, may stand for; empty if it is only a word."""
    name = phrase.strip().lower()
    found = [Filter(key, escape(names[name])) for key, names in vocabulary.items() if name in names]
    if name in _KINDS:
        found.append(_KINDS[name])
    if name in _MONTHS:
        found.append(Filter("month", str(_MONTHS.index(name) + 1)))
    if _is_year(name):
        found.append(Filter("year", str(int(name))))
    return tuple(found)


def understand(node: Node, vocabulary: Vocabulary) -> Node:
    """The query with each plain word widened by its meanings; words that name one thing are taken together.

    `2024 new york` becomes `(2024 | year:2024) ((new york) | city:"new york")`. Quoted words and filters stay.
    """
    match node:
        case Not(part):
            return negate(understand(part, vocabulary))
        case Or(parts):
            return either(*(understand(part, vocabulary) for part in parts))
        case And(parts):
            return _understand_parts(parts, vocabulary)
        case Text() | Filter():
            return _understand_parts((node,), vocabulary)


def suggest(name: str, known: Iterable[str]) -> str | None:
    """The known key nearest to a mistyped one, or None if none is near."""
    nearest = difflib.get_close_matches(name[:40].lower(), list(known), n=1, cutoff=0.6)
    return nearest[0] if nearest else None


def _understand_parts(parts: Sequence[Node], vocabulary: Vocabulary) -> Node:
    understood: list[Node] = []
    at = 0
    while at < len(parts):
        run = _longest_name(parts[at : at + LONGEST_NAME], vocabulary)
        part = parts[at]
        if run:
            understood.append(
                either(conjoin(*parts[at : at + run]), *meanings(_join(parts[at : at + run]), vocabulary))
            )
        elif isinstance(part, Text):
            understood.extend([] if _is_filler(part) else [part])
        else:
            understood.append(understand(part, vocabulary) if not isinstance(part, Filter) else part)
        at += run or 1
    # "the" alone is what was asked for, not a word between others.
    return conjoin(*(understood or parts))


def _longest_name(parts: Sequence[Node], vocabulary: Vocabulary) -> int:
    """How many of the parts together mean something; 0 if not even the first does."""
    for length in range(len(parts), 0, -1):
        run = parts[:length]
        if all(isinstance(part, Text) and not part.quoted for part in run) and meanings(_join(run), vocabulary):
            return length
    return 0


def _join(parts: Collection[Node]) -> str:
    return " ".join(unescape(part.word) for part in parts if isinstance(part, Text))


def _is_filler(text: Text) -> bool:
    return not text.quoted and text.word.lower() in FILLERS


def _is_year(name: str) -> bool:
    return len(name) == 4 and name.isascii() and name.isdigit() and FIRST_YEAR <= int(name) <= LAST_YEAR
