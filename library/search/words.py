"""Free words: what they mean to whoever asks, and the rows that a word finds by itself."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias

from django.db.models import Q, QuerySet
from slugify import slugify

from library.models import Keyword, Label, PhotoKeyword, PhotoLabel, PhotoTextWord, TextWord
from library.query import Filter, Node, Text, meanings
from library.query.folding import forms
from library.query.values import Pattern, escape, pattern, unescape
from library.query.words import Meaning, phrase_of
from library.search.alike import Alike
from library.search.answers import Answer, Linked, Scanned
from library.search.families import below_each
from library.search.names import Named, Sight, named
from library.search.pictured import pictured
from library.search.sql import contains, equals, like, starts_with
from library.search.texts_read import is_word, with_any, word_q
from library.search.untold import labels_told, texts_told, words_told
from library.whereabouts import Whereabouts
from places.models import Place

# PhotoPrism's rule: shorter words are found whole only, "cat" is not "cathedral".
PREFIX_LENGTH: Final = 4
REMOVED: Final = 100

# What a phrase in quotes may name; labels and places are compared with it as they are written.
_LITERAL: Final = frozenset(["person", "album", "camera"])

# Rows named in a statement by their numbers; more are left to the database.
_FEW: Final = 200

# A part of what a word finds: an answer, or a query for the filter table.
Part: TypeAlias = Answer | Node


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the words of one query mean to a grant; without a sight they are but words."""

    sight: Sight | None = None
    things: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)
    looks: Mapping[str, Alike] = field(default_factory=dict)
    # What was found out of a text, which takes some lookups.
    _told: dict[Text, list[tuple[Meaning | None, Part]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, phrases: Collection[str], sight: Sight) -> "Lexicon":
        """Looks the phrases up, each kind of name in a few queries for all of them."""
        things = named(phrases, sight)
        return cls(sight, things, pictured(phrases, things))

    def knows(self, phrase: str) -> bool:
        """Whether the words mean one thing."""
        return phrase in self.things or phrase in self.looks or bool(meanings(phrase))

    def meanings(self, text: Text) -> tuple[Meaning, ...]:
        """What a text means: names of the library, dates, kinds, colours, what it looks like; in quotes only names."""
        phrase = phrase_of((text,))
        things = tuple(thing.meaning for thing in self.things.get(phrase, ()))
        if text.quoted:
            return tuple(meaning for meaning in things if meaning.kind in _LITERAL)
        return (*things, *meanings(phrase), *(meaning for meaning, _ in self._likened(phrase)))

    def parts(self, text: Text) -> list[Part]:
        """What the text finds, in parts of which any will do."""
        return [part for _, part in self.evidence(text)]

    def evidence(self, text: Text) -> list[tuple[Meaning | None, Part]]:
        """The same with the meaning of each part; None for rows and texts with just these words."""
        if text not in self._told:
            self._told[text] = self._evidence(text)
        return self._told[text]

    def _evidence(self, text: Text) -> list[tuple[Meaning | None, Part]]:
        phrase = phrase_of((text,))
        things: list[tuple[Meaning | None, Part]] = [
            (thing.meaning, thing.answer) for thing in self.things.get(phrase, ())
        ]
        where = Whereabouts.of(self.sight.grant) if self.sight else Whereabouts()
        if text.quoted:
            literal = [(meaning, part) for meaning, part in things if meaning and meaning.kind in _LITERAL]
            return [*literal, *((None, answer) for answer in phrase_answers(text, where))]
        meant = [*things, *((meaning, meaning.node) for meaning in meanings(phrase))]
        likened = self._likened(phrase)
        if " " in phrase:
            return [*meant, *likened]
        rows = list(self._rows(text))
        linked: list[tuple[Meaning | None, Part]] = [(None, Linked(some)) for some in (*rows, *_read(text))]
        # Reading every title is slow: only for a word that nothing else knows.
        is_known = meant or self._sees(rows)
        texts = [] if is_known else [(None, _in_texts(pattern(text.word), where))]
        return [*meant, *linked, *texts, *likened]

    def _likened(self, phrase: str) -> list[tuple[Meaning, Answer]]:
        """What looks like it, without photos of which somebody said that it is not."""
        alike = self.looks.get(phrase)
        if alike is None:
            return []
        meaning = Meaning("meaning", f"Looks like {phrase}", Filter("meaning", escape(phrase)))
        refused = _refused(phrase)
        return [(meaning, (alike, ~refused) if refused else alike)]

    def is_word(self, text: Text) -> bool:
        """Whether a keyword or label that is seen begins so, or a word in a picture."""
        return self._sees((*self._rows(text), *_read(text)))

    def _rows(self, text: Text) -> Iterator[QuerySet[Any]]:
        """The rows of labels and keywords that are called so or begin so."""
        word = pattern(text.word)
        named = Label.objects.filter(_label_q(word, is_whole_named=self.sight is not None), deleted_at__isnull=True)
        if labels := _few(named):
            yield PhotoLabel.objects.filter(label__in=labels, uncertainty__lt=REMOVED)
        if keywords := _few(Keyword.objects.filter(_keyword_q(word), skip=False)):
            linked = PhotoKeyword.objects.filter(keyword__in=keywords)
            yield words_told(linked, self.sight.grant) if self.sight else linked

    def _sees(self, rows: Iterable[QuerySet[Any]]) -> bool:
        """What a word finds must not depend on photos that are out of sight, or it would tell what they hold."""
        sight = self.sight
        return sight is not None and any(some.filter(sight.shown()).exists() for some in rows)


def phrase_answers(text: Text, where: Whereabouts) -> list[Answer]:
    """What a quoted phrase finds: texts with just these words, of what may be told."""
    phrase = unescape(text.word)
    labels = Label.objects.filter(equals("name", phrase), deleted_at__isnull=True)
    places = Place.objects.filter(contains("label", phrase))
    linked = Linked(PhotoLabel.objects.filter(label__in=labels, uncertainty__lt=REMOVED))
    texts = Scanned(texts_told(partial(contains, text=phrase), where))
    return [texts, Q(place__in=places) & labels_told(where), linked, with_any([Pattern((phrase,))])]


def _read(text: Text) -> list[QuerySet[Any]]:
    """The rows of photos in whose picture the word is read, or one that begins so."""
    word = pattern(text.word)
    if not is_word(word):
        return [with_any([word]).rows] if any(word.pieces) else []
    words = _few(TextWord.objects.filter(word_q(word)))
    return [PhotoTextWord.objects.filter(word__in=words)] if words else []


def _refused(phrase: str) -> Q:
    """The photos from which somebody took a label that is called so, or one below it; empty where there is none."""
    slugs = [slugify(form) for form in forms(phrase)]
    called = Label.objects.filter(Q(slug__in=slugs) | Q(custom_slug__in=slugs)).values_list("pk", "merged_into")
    below = below_each({pk for row in called for pk in row if pk})
    labels = {*below, *(pk for some in below.values() for pk in some)}
    taken = PhotoLabel.objects.filter(label__in=sorted(labels), uncertainty__gte=REMOVED)
    return Q(pk__in=taken.values("photo")) if labels else Q()


def _few(rows: QuerySet[Any]) -> Any:
    """Their numbers, or the query for them where they are many."""
    ids = list(rows.values_list("pk", flat=True)[: _FEW + 1])
    return ids if len(ids) <= _FEW else rows.values("pk")


def _keyword_q(word: Pattern) -> Q:
    if not word.is_literal:
        return _fits("keyword", word)
    text = word.prefix.lower()
    whole = Q(keyword__in=forms(text))
    return whole | starts_with("keyword", text) if len(text) >= PREFIX_LENGTH else whole


def _label_q(word: Pattern, *, is_whole_named: bool) -> Q:
    """Labels of this name or beginning; a whole name is left out where the names of the library have answered it."""
    if not word.is_literal:
        return _in_slugs(partial(_fits, word=word))
    slugs = [slugify(form) for form in forms(word.prefix.lower())]
    whole = Q(slug__in=slugs) | Q(custom_slug__in=slugs)
    begun = _in_slugs(partial(starts_with, prefix=slugs[0])) if len(slugs[0]) >= PREFIX_LENGTH else Q(pk__in=[])
    return begun & ~whole if is_whole_named else begun | whole


def _in_slugs(condition: Callable[[str], Q]) -> Q:
    return condition("slug") | condition("custom_slug")


def _fits(column: str, word: Pattern) -> Q:
    lowered = Pattern(tuple(piece.lower() for piece in word.pieces))
    return starts_with(column, lowered.prefix) & like(column, lowered) if lowered.prefix else like(column, lowered)


def _in_texts(word: Pattern, where: Whereabouts) -> Scanned:
    pieces = Pattern(("", *word.pieces, ""))
    return Scanned(texts_told(partial(like, pattern=pieces), where))
