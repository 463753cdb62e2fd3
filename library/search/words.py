"""Free words: the rows that a word finds, and the names of places that words may mean."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.db.models.functions import Lower

from library.models import Camera, Keyword, Label, PhotoKeyword, PhotoLabel
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
    if keywords.exists():
        found.append(Linked(PhotoKeyword.objects.filter(keyword__in=keywords)))
    if labels.exists():
        found.append(Linked(PhotoLabel.objects.filter(label__in=labels, uncertainty__lt=REMOVED)))
    if ids := list(cameras.values_list("pk", flat=True)):
        found.append(Q(camera__in=ids))
    # Reading every title is slow: only for a word that nothing else knows.
    return found or ([] if is_named else _in_texts(unescape(text.word)))


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
    """Every word that means something by itself or together with its neighbours."""
    return frozenset(word for phrase in _phrases(node) if meanings(phrase, known) for word in phrase.split())


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
