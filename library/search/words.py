"""Free words: the rows that a word finds, and the names of places that words may mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from library.models import Camera, Keyword, Label, Photo, PhotoKeyword, PhotoLabel
from library.query import And, Node, Not, Or, Text, Vocabulary, meanings
from library.query.values import pattern, unescape
from library.query.words import LONGEST_NAME
from library.search.answers import Answer, Linked, Scanned
from library.search.sql import contains, equals, starts_with
from places.countries import name_of
from places.models import Place

# PhotoPrism's rule: shorter words are found whole only, "cat" is not "cathedral".
PREFIX_LENGTH = 4
REMOVED = 100


def word_answers(text: Text, *, is_named: bool) -> list[Answer]:
    """What one word finds; `is_named` spares the look into titles, as the word has a meaning of its own."""
    word = pattern(text.word)
    keywords = Keyword.objects.filter(_begins("keyword", word.prefix.lower(), is_open=not word.is_literal), skip=False)
    labels = Label.objects.filter(_begins("slug", word.prefix.lower(), is_open=not word.is_literal))
    cameras = Camera.objects.filter(equals("make", word.prefix) | equals("model", word.prefix))
    found: list[Answer] = []
    is_known = is_named
    if keywords.exists():
        found.append(Linked(linked := PhotoKeyword.objects.filter(keyword__in=keywords)))
        is_known = is_known or _is_shared(linked)
    if labels.exists():
        found.append(Linked(marked := PhotoLabel.objects.filter(label__in=labels, uncertainty__lt=REMOVED)))
        is_known = is_known or _is_shared(marked)
    if ids := list(cameras.values_list("pk", flat=True)):
        found.append(Q(camera__in=ids))
        is_known = is_known or _shared().filter(camera__in=ids).exists()
    # Reading every title is slow: only for a word that nothing else knows.
    return found if is_known else [*found, *_in_texts(unescape(text.word))]


def phrase_answers(text: Text) -> list[Answer]:
    """What a quoted phrase finds: texts with just these words."""
    phrase = unescape(text.word)
    labels = Label.objects.filter(equals("name", phrase))
    places = Place.objects.filter(contains("label", phrase))
    linked = Linked(PhotoLabel.objects.filter(label__in=labels, uncertainty__lt=REMOVED))
    texts = Scanned(contains("title", phrase) | contains("caption", phrase) | contains("name", phrase))
    return [texts, Q(place__in=places), linked]


def vocabulary(node: Node) -> Vocabulary:
    """The names of the library among the words of a query."""
    names = set(_phrases(node))
    if not names:
        return {}
    return {
        "country": {name: code for code, name in _countries() if name in names},
        "city": {city.lower(): city for city in _place_names("city", names)},
        "state": {state.lower(): state for state in _place_names("state", names)},
    }


def named_words(node: Node, known: Vocabulary) -> frozenset[str]:
    """Every word that means something by itself or together with its neighbours, to anybody who may search."""
    shared = {key: _of_shared(key, names) for key, names in known.items()}
    return frozenset(word for phrase in _phrases(node) if meanings(phrase, shared) for word in phrase.split())


def _is_shared(linked: QuerySet[Any]) -> bool:
    """Whether photos that all may see are among them: what a word finds must not tell what the others hold."""
    return linked.filter(Exists(_shared().filter(pk=OuterRef("photo")))).exists()


def _of_shared(key: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names of the places that photos for all to see were taken at."""
    column = {"country": "country", "city": "place__city", "state": "place__state"}[key]
    return {name: value for name, value in names.items() if _shared().filter(**{column: value}).exists()}


def _shared() -> QuerySet[Photo]:
    return Photo.objects.filter(listed=True, owner__isnull=True)


def _begins(column: str, prefix: str, *, is_open: bool) -> Q:
    if is_open:
        return starts_with(column, prefix)
    whole = Q(**{f"{column}__in": [prefix, prefix.removesuffix("s")]})
    return whole | starts_with(column, prefix) if len(prefix) >= PREFIX_LENGTH else whole


def _in_texts(text: str) -> list[Answer]:
    return [Scanned(contains("title", text) | contains("name", text))]


def _phrases(node: Node) -> Iterator[str]:
    """Up to four plain words that stand together, in small letters."""
    match node:
        case Text(word, quoted=False):
            yield unescape(word).lower()
        case Not(part):
            yield from _phrases(part)
        case Or(parts):
            for part in parts:
                yield from _phrases(part)
        case And(parts):
            yield from _joined(parts)
            for part in parts:
                yield from _phrases(part)
        case _:
            return


def _joined(parts: Sequence[Node]) -> Iterator[str]:
    for start in range(len(parts)):
        phrase: list[str] = []
        for part in parts[start : start + LONGEST_NAME]:
            if not isinstance(part, Text) or part.quoted:
                break
            phrase.append(unescape(part.word).lower())
            if len(phrase) > 1:
                yield " ".join(phrase)


def _countries() -> list[tuple[str, str]]:
    """Code and name of the countries in which there are places."""
    codes = Place.objects.order_by().values_list("country", flat=True).distinct()
    return [(code, name_of(code).lower()) for code in codes]


def _place_names(column: str, names: set[str]) -> Iterable[str]:
    # SQLite lowers ASCII only, so names are also tried with capitals.
    spelled = [*names, *(name.title() for name in names)]
    rows = Place.objects.annotate(lowered=Lower(column)).filter(Q(lowered__in=names) | Q(**{f"{column}__in": spelled}))
    return set(rows.order_by().values_list(column, flat=True))
