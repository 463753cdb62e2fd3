"""Rows of photos by the text that was read in their pictures: by words, how these begin, or phrases."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from library.models import PhotoTextWord, Recognition, TextWord
from library.ocr.words import LONGEST, is_unspaced, runs, words
from library.query.folding import fold
from library.query.values import Pattern
from library.search.answers import Linked, any_of
from library.search.sql import like, starts_with

# As for keywords: shorter words are found whole only.
PREFIX_LENGTH: Final = 4
# Signs of a script without blanks that are one entry of the index.
_PAIR: Final = 2


def with_any(wanted: Sequence[Pattern]) -> Linked:
    """The photos in whose picture one of these was read; of several words, that they stand together."""
    if all(map(is_word, wanted)):
        return Linked(with_words(any_of(map(word_q, wanted))))
    return Linked(Recognition.objects.filter(any_of(map(_recognition_q, wanted))))


def is_word(wanted: Pattern) -> bool:
    """Whether the index of words answers it alone."""
    if not wanted.is_literal:
        pieces = [piece for piece in wanted.pieces if piece]
        return bool(pieces) and all(piece.isalnum() and not any(map(is_unspaced, piece)) for piece in pieces)
    parts = runs(wanted.prefix)
    return not parts or (len(parts) == 1 and (len(parts[0]) <= _PAIR or not is_unspaced(parts[0])))


def with_words(condition: Q) -> QuerySet[Any]:
    """The links of photos to the words of which the condition holds."""
    return PhotoTextWord.objects.filter(word__in=TextWord.objects.filter(condition))


def word_q(word: Pattern) -> Q:
    """The condition on words for one word of a search."""
    folded = Pattern(tuple(fold(piece) for piece in word.pieces))
    if not word.is_literal:
        return starts_with("word", folded.prefix) & like("word", folded) if folded.prefix else like("word", folded)
    text = "".join(runs(word.prefix))[:LONGEST]
    return starts_with("word", text) if _may_go_on(text) else Q(word=text)


def _recognition_q(wanted: Pattern) -> Q:
    """The words by their index; only photos with all of them are asked for the phrase."""
    if not any(wanted.pieces):
        return ~Q(phrases="")
    if is_word(wanted):
        return Q(pk__in=with_words(word_q(wanted)).values("photo"))
    condition = like("phrases", _phrase(wanted))
    for word in sorted(_whole_words(wanted)):
        condition &= Q(pk__in=with_words(Q(word=word)).values("photo"))
    return condition


def _phrase(wanted: Pattern) -> Pattern:
    """The pattern for the text of a picture, in which each word has a blank on both sides."""
    pieces = [_between_blanks(piece) for piece in wanted.pieces]
    first, last = runs(wanted.pieces[0]), runs(wanted.pieces[-1])
    if first and not is_unspaced(first[0]):
        pieces[0] = f" {pieces[0].lstrip()}"
    if last and not _may_go_on(last[-1]):
        pieces[-1] = f"{pieces[-1].rstrip()} "
    return Pattern(("", *pieces, ""))


def _whole_words(wanted: Pattern) -> Iterator[str]:
    """The words of which no wildcard and no end of the phrase may be a part."""
    last = len(wanted.pieces) - 1
    for at, piece in enumerate(wanted.pieces):
        parts = runs(piece)
        if at > 0 and piece[:1].isalnum():
            parts = parts[1:]
        if parts and piece[-1:].isalnum() and (at < last or (_may_go_on(parts[-1]) and not is_unspaced(parts[-1]))):
            parts = parts[:-1]
        yield from {word for part in parts for word in words(part)}


def _between_blanks(piece: str) -> str:
    text = " ".join(runs(piece))
    before = " " if piece and not piece[0].isalnum() else ""
    after = " " if piece and not piece[-1].isalnum() else ""
    return f"{before}{text}{after}"


def _may_go_on(word: str) -> bool:
    return len(word) >= PREFIX_LENGTH or (bool(word) and is_unspaced(word))
