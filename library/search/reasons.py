"""Why photos were found: for each of them the labels, keywords, names and dates that a query met."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from library.access import Grant
from library.models import Photo, PhotoKeyword, PhotoLabel, PhotoTextWord, Recognition
from library.query import And, Filter, Node, Not, Or, Text, parse, understand
from library.query.folding import fold
from library.query.values import escape, unescape
from library.query.words import Kind, phrase_of, phrases, spans, whole_names
from library.search import find
from library.search.alike import Alike, shown_in
from library.search.answers import Answer, Linked, Scanned
from library.search.compile import Ask, filter_answer, part_q, to_q
from library.search.filter_help import kind_of
from library.search.filter_titles import titles_of
from library.search.likeness import KEY as LIKENESS
from library.search.likeness import most_like
from library.search.names import Sight
from library.search.sight import sight_of
from library.search.stored import written_out
from library.search.visibility import View, asked_for, with_view
from library.search.words import Lexicon
from library.whereabouts import Whereabouts

MOST: Final = 500  # photos

# What rows of these tables are called, and what they are.
_CALLED: Final[dict[type, tuple[str, Kind]]] = {
    PhotoLabel: ("label__name", "label"),
    PhotoKeyword: ("keyword__keyword", "keyword"),
    PhotoTextWord: ("word__word", "text"),
}
# How each is said.
_WRITTEN: Final[dict[Kind, Callable[[str], str]]] = {
    "label": str,
    "keyword": str.capitalize,
    "text": "Text in the picture: “{}”".format,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A short word for a tile."""

    kind: Kind
    label: str


def reasons(query: str, uids: Collection[str], grant: Grant, *, view: View = "") -> dict[str, list[Reason]]:
    """For each photo that the query finds what it met, each name once. Raises QueryError."""
    node = parse(query)
    found = find(query, grant, view=view, reach="few").filter(uid__in=list(uids)[:MOST])
    ids = dict(found.order_by().values_list("pk", "uid"))
    sight = sight_of(grant, asked_for(with_view(node, view)))
    given: dict[int, dict[str, Reason]] = {pk: {} for pk in ids}
    for pk, reason in _Asked(sight, Lexicon.of(set(phrases(node)), sight), frozenset(ids)).reasons(node):
        given[pk].setdefault(reason.label.casefold(), reason)
    return {ids[pk]: list(some.values()) for pk, some in given.items()}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The photos that were found, by their numbers, and what the words of the query mean."""

    sight: Sight
    lexicon: Lexicon
    ids: frozenset[int]

    def reasons(self, node: Node) -> Iterator[tuple[int, Reason]]:
        """Photos with what each part of the query met; what it does not want is no reason."""
        match node:
            case And():
                parts = whole_names(node.parts, self.lexicon.knows)
                for span in spans(parts, self.lexicon.knows):
                    if not span.is_filler:
                        yield from self._of_span(parts[span.start : span.end])
            case Or(parts):
                for part in parts:
                    yield from self.reasons(part)
            case Filter():
                yield from self._of_filter(node)
            case Text():
                yield from self._of_text(node)
            case Not():
                return

    def _of_span(self, parts: Sequence[Node]) -> Iterator[tuple[int, Reason]]:
        """By the name that the words are together; photos that do not have it by the words."""
        if len(parts) == 1:
            yield from self.reasons(parts[0])
            return
        named = list(self.reasons(Text(escape(phrase_of(parts)))))
        yield from named
        met = {pk for pk, _ in named}
        for part in parts:
            yield from ((pk, reason) for pk, reason in self.reasons(part) if pk not in met)

    def _of_text(self, text: Text) -> Iterator[tuple[int, Reason]]:
        for meaning, part in self.lexicon.evidence(text):
            if isinstance(part, Linked) and part.rows.model in _CALLED:
                yield from self._called(part)
            elif isinstance(part, Linked) and part.rows.model is Recognition:
                yield from self._read(part, unescape(text.word))
            elif isinstance(part, Scanned):
                yield from self._texts(part, unescape(text.word))
            elif alike := _alike(part):
                asked = Ask(self.sight.grant, "few", self.lexicon)
                yield from self._shown(alike, self._matching(part_q(part, asked)))
            else:
                # A phrase in quotes is also met by the label of a place.
                reason = Reason(meaning.kind, meaning.label) if meaning else Reason("place", unescape(text.word))
                asked = Ask(self.sight.grant, "few", self.lexicon)
                yield from ((pk, reason) for pk in self._matching(part_q(part, asked)))

    def _of_filter(self, node: Filter) -> Iterator[tuple[int, Reason]]:
        """One without a value restricts nothing, and is no reason."""
        if not node.value.strip():
            return
        if node.key == LIKENESS:
            yield from self._alike(node)
            return
        answer = filter_answer(node, self.sight.grant)
        if alike := _alike(answer):
            yield from self._shown(alike, self._matching(self._condition(node)))
            return
        rows = [part for part in (answer if isinstance(answer, tuple) else (answer,)) if isinstance(part, Linked)]
        if rows and all(part.rows.model in _CALLED for part in rows):
            for part in rows:
                yield from self._called(part)
        elif rows and node.key == "text":
            for part in rows:
                yield from self._read(part, unescape(node.value))
        else:
            reason = Reason(kind_of(node.key), titles_of([node], self.sight)[node])
            yield from ((pk, reason) for pk in self._matching(self._condition(node)))

    def _alike(self, node: Filter) -> Iterator[tuple[int, Reason]]:
        """By how much."""
        likeness = most_like(node.value, self.sight.grant).likeness
        for pk in self.ids & likeness.keys():
            yield pk, Reason("similar", f"{round(100 * likeness[pk])} % alike")

    def _shown(self, alike: Sequence[Alike], found: list[int]) -> Iterator[tuple[int, Reason]]:
        """By what the picture shows, and how sure that is."""
        for wanted in alike:
            for pk, names in shown_in(wanted, found).items():
                yield from ((pk, Reason("meaning", name)) for name in names)

    def _called(self, linked: Linked) -> Iterator[tuple[int, Reason]]:
        """By the names of the rows: labels as they are written, keywords with a capital, words in pictures as such."""
        column, kind = _CALLED[linked.rows.model]
        for pk, name in linked.rows.filter(photo__in=self.ids).values_list("photo", column):
            yield pk, Reason(kind, _WRITTEN[kind](name))

    def _read(self, linked: Linked, phrase: str) -> Iterator[tuple[int, Reason]]:
        """By the phrase that was read in the picture."""
        reason = Reason("text", _WRITTEN["text"](phrase))
        yield from ((pk, reason) for pk in linked.rows.filter(photo__in=self.ids).values_list("photo", flat=True))

    def _texts(self, scanned: Scanned, word: str) -> Iterator[tuple[int, Reason]]:
        """By the title or name that holds the word; a caption is long, so by the word itself."""
        where = Whereabouts.of(self.sight.grant)
        for photo in Photo.objects.select_related("place", "cell").filter(scanned.condition, pk__in=self.ids):
            holding = (text for text in (where.title_of(photo), photo.name) if fold(word) in fold(text))
            yield photo.pk, Reason("text", next(holding, f"“{word}”"))

    def _condition(self, node: Filter) -> Q:
        """What a filter means; an album may stand for a search whose words mean something."""
        written = written_out(node, self.sight.grant)
        words = set(phrases(written))
        lexicon = Lexicon.of(words, self.sight) if words else self.lexicon
        return to_q(understand(written, lexicon.knows), Ask(self.sight.grant, "few", lexicon))

    def _matching(self, condition: Q) -> list[int]:
        return list(Photo.objects.filter(condition, pk__in=self.ids).values_list("pk", flat=True))


def _alike(part: Answer | Node) -> list[Alike]:
    """What of an answer goes by what pictures show."""
    parts = part if isinstance(part, tuple) else (part,)
    return [one for one in parts if isinstance(one, Alike)]
