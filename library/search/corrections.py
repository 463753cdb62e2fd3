"""The word that is meant by one which finds nothing: the nearest among the names and keywords that the grant sees."""

import difflib
from collections.abc import Collection
from typing import Final

from library.models import Keyword, Label, PhotoKeyword
from library.query.words import meant_words, misspellings
from library.search.names import Sight, named
from library.search.sql import starts_with
from library.search.untold import words_told
from places.models import Place

# Shorter words are near to too many others, the more so by several errors.
_SHORTEST: Final = 3
_LONG_ENOUGH: Final = 5
_LONGEST: Final = 24
# Letters that are taken to be right when there is more than one error.
_SURE: Final = 2
_LOOKED_AT: Final = 2_000
_NEAR: Final = 0.75
_CANDIDATES: Final = 5


def nearest_word(word: str, sight: Sight) -> str:
    """One typing error away, or a few behind a right beginning; "" for none."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
        return ""
    return _one_error(word, sight) or _more_errors(word, sight)


def _one_error(word: str, sight: Sight) -> str:
    variants = misspellings(word)
    known = {*(variants & meant_words()), *named(variants, sight)} or _seen_keywords(variants, sight)
    return _best(word, known)


def _more_errors(word: str, sight: Sight) -> str:
    """Among words that begin the same."""
    if len(word) < _LONG_ENOUGH:
        return ""
    beginning = word[:_SURE]
    columns = ((Keyword, "keyword"), (Label, "custom_slug"), (Place, "city_slug"), (Place, "state_slug"))
    words = {found for model, column in columns for found in _beginning(model, column, beginning)}
    near = difflib.get_close_matches(word, [*words, *meant_words()], n=_CANDIDATES, cutoff=_NEAR)
    seen = {*named(near, sight), *_seen_keywords(near, sight), *(meant_words() & set(near))}
    return next((found for found in near if found in seen), "")


def _beginning(model: type[Keyword | Label | Place], column: str, beginning: str) -> list[str]:
    rows = model.objects.filter(starts_with(column, beginning)).order_by().values_list(column, flat=True).distinct()
    return [slug.replace("-", " ") for slug in rows[:_LOOKED_AT]]


def _seen_keywords(words: Collection[str], sight: Sight) -> set[str]:
    rows = dict(Keyword.objects.filter(keyword__in=words, skip=False).values_list("keyword", "pk"))
    links = words_told(PhotoKeyword.objects.filter(sight.shown()), sight.grant)
    return {word for word, pk in rows.items() if links.filter(keyword=pk).exists()}


def _best(word: str, known: Collection[str]) -> str:
    """The one whose letters are the same most of all."""
    return max(sorted(known), key=lambda one: difflib.SequenceMatcher(None, word, one).ratio(), default="")
