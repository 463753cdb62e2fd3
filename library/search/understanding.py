"""What a query was understood as: a term for each name, date, filter and word, what is wrong, and what may be meant."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from library.access import Grant
from library.query import (
    And,
    Filter,
    Meaning,
    Node,
    Not,
    Or,
    QueryError,
    Text,
    UnknownFilter,
    conjoin,
    either,
    negate,
    parse,
    terms,
    understand,
    unparse,
)
from library.query.values import escape, unescape
from library.query.words import Kind, Span, is_plain, phrases, spans, whole_names
from library.search import find_ids
from library.search.compile import Ask, to_q
from library.search.corrections import nearest_word
from library.search.filter_help import kind_of
from library.search.filter_titles import titles_of
from library.search.names import Sight
from library.search.names_likeness import thumbs_of
from library.search.sight import sight_of
from library.search.stored import written_out
from library.search.visibility import View, asked_for, with_view
from library.search.words import Lexicon

# Words that are looked up with every error that may be in them, which takes a tenth of a second for each.
_MOST_CORRECTED: Final = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query: what it means, the piece of the query it came from, and the query without it.

    `thumb` is the hash of a picture that stands for it.

    `meanings` are all that the words may stand for; kind, key, value and label are those of the first.
    """

    kind: Kind
    label: str
    key: str = ""
    value: str = ""
    negated: bool = False
    text: str = ""
    without: str = ""
    thumb: str = ""
    meanings: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """`error` is a sentence for who typed the query, `suggestion` a whole query that may be meant, else both are ""."""

    query: str
    terms: tuple[Term, ...] = ()
    error: str = ""
    suggestion: str = ""


def understanding(query: str, grant: Grant, *, view: View = "") -> Understanding:
    """What the search understands, for this grant: names that it may not know are words like any other."""
    try:
        asked = _Asked.of(parse(query), grant, view)
    except QueryError as problem:
        return Understanding(query, error=str(problem))
    found = tuple(asked.terms())
    if wrong := asked.problem():
        return Understanding(query, found, str(wrong), _mended(asked.node, wrong))
    return Understanding(query, found, suggestion=asked.corrected(found))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, and what its words mean to who asks."""

    node: Node
    view: View
    sight: Sight
    lexicon: Lexicon

    @classmethod
    def of(cls, node: Node, grant: Grant, view: View) -> "_Asked":
        sight = sight_of(grant, asked_for(with_view(node, view)))
        return cls(node, view, sight, Lexicon.of(set(phrases(node)), sight))

    def terms(self) -> list[Term]:
        """The parts of the query, left to right; what only joins belongs to the part that follows."""
        filters = {part for part in terms(self.node) if isinstance(part, Filter)}
        thumbs = thumbs_of(filters, self.sight)
        found = self._terms_of(self.node, titles_of(filters, self.sight))
        return [replace(term, thumb=thumbs.get(Filter(term.key, term.value), "")) for term in found]

    def problem(self) -> QueryError | None:
        """What keeps the query from being answered."""
        try:
            node = written_out(with_view(self.node, self.view), self.sight.grant)
            to_q(understand(node, self.lexicon.knows), Ask(self.sight.grant, "few", self.lexicon))
        except QueryError as problem:
            return problem
        return None

    def corrected(self, found: Sequence[Term]) -> str:
        """The query with the first words that find nothing replaced by the nearest that do; "" if none is to be."""
        unknown = list(dict.fromkeys(term.label for term in found if term.kind == "text"))[:_MOST_CORRECTED]
        nearest = {word: self._nearest(word) for word in unknown}
        return unparse(_replaced(self.node, nearest)) if any(nearest.values()) else ""

    def _nearest(self, word: str) -> str:
        nearest = nearest_word(word.lower(), self.sight)
        if not nearest:
            return ""
        return "" if find_ids(Text(escape(word)), self.sight.grant, view=self.view, count=1) else nearest

    def _terms_of(self, node: Node, titles: Mapping[Filter, str]) -> Iterator[Term]:
        parts = whole_names(node.parts if isinstance(node, And) else (node,), self.lexicon.knows)
        joined = list(spans(parts, self.lexicon.knows))
        if all(span.is_filler for span in joined):
            joined = [replace(span, is_filler=False) for span in joined]
        start = 0
        for span in joined:
            if not span.is_filler:
                term = self._term(parts[span.start : span.end], titles)
                yield _placed(term, parts, Span(start, span.end), span)
                start = span.end

    def _term(self, parts: Sequence[Node], titles: Mapping[Filter, str]) -> Term:
        """What the parts of one span say."""
        match parts[0]:
            case Not(part):
                term = self._term((part,), titles)
                return replace(term, negated=not term.negated)
            case Filter(key, value) as node:
                return Term(kind_of(key), titles[node], key, value)
            case And() as group:
                return Term("group", self._called(group, titles))
            case Or(inner):
                return Term("group", " or ".join(self._called(part, titles) for part in inner))
            case Text() as text:
                return self._word_term(text, parts)

    def _called(self, node: Node, titles: Mapping[Filter, str]) -> str:
        """What the terms of a group are called, one after the other."""
        found = self._terms_of(node, titles)
        return " ".join(f"not {term.label}" if term.negated else term.label for term in found)

    def _word_term(self, text: Text, parts: Sequence[Node]) -> Term:
        words = " ".join(unescape(part.word) for part in parts if isinstance(part, Text))
        meanings = self.lexicon.meanings(Text(escape(words), quoted=text.quoted))
        if meanings:
            return _meant(meanings)
        if text.quoted:
            return Term("text", f"“{words}”")
        return Term("keyword" if self.lexicon.is_word(text) else "text", words)


def _meant(meanings: tuple[Meaning, ...]) -> Term:
    first = meanings[0]
    key, value = (first.node.key, first.node.value) if isinstance(first.node, Filter) else ("", unparse(first.node))
    return Term(first.kind, first.label, key, value, meanings=meanings)


def _placed(term: Term, parts: Sequence[Node], whole: Span, own: Span) -> Term:
    """The term with its place in the query; words that only join go with it, and stay with words that are but words."""
    shown = whole if term.kind == "text" else own
    rest = [*parts[: whole.start], *parts[whole.end :]]
    return replace(term, text=unparse(conjoin(*parts[shown.start : shown.end])), without=unparse(conjoin(*rest)))


def _mended(node: Node, problem: QueryError) -> str:
    """The query with the filter that was meant in place of one that does not exist."""
    if not (isinstance(problem, UnknownFilter) and problem.suggestion):
        return ""
    key, meant = problem.key, problem.suggestion

    def mend(part: Text | Filter) -> Node:
        return Filter(meant, part.value) if isinstance(part, Filter) and part.key == key else part

    return unparse(_changed(node, mend))


def _replaced(node: Node, nearest: Mapping[str, str]) -> Node:
    def replace_word(part: Text | Filter) -> Node:
        word = nearest.get(unescape(part.word)) if isinstance(part, Text) and is_plain(part) else None
        return parse(word) if word else part

    return _changed(node, replace_word)


def _changed(node: Node, change: Callable[[Text | Filter], Node]) -> Node:
    """The query with each word and filter replaced by what `change` makes of it."""
    match node:
        case And(parts):
            return conjoin(*(_changed(part, change) for part in parts))
        case Or(parts):
            return either(*(_changed(part, change) for part in parts))
        case Not(part):
            return negate(_changed(part, change))
        case Text() | Filter():
            return change(node)
