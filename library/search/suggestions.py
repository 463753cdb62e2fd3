"""What a query being typed may go on with: names, filters with help, their values, dates, kinds, colours, keywords."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef

from library.access import Grant
from library.models import Keyword, PhotoKeyword
from library.query import EVERYTHING, Filter, Node, QueryError, Text, parse, unparse
from library.query.datewords import MONTHS, RELATIVE, SEASONS, dates, month_name
from library.query.folding import fold
from library.query.syntax import MAX_CHARACTERS, printable
from library.query.values import escape, unescape
from library.query.words import COLORS, FILLERS, KINDS, LONGEST_NAME, Kind, is_plain
from library.search.alike import is_anything_seen
from library.search.encoding import begin_loading
from library.search.filter_help import FILTERS, kind_of
from library.search.filter_titles import titles_of
from library.search.names import Offer, Sight, begins_a_word, first_seen, offered
from library.search.seen import years_seen
from library.search.sight import sight_of
from library.search.sql import starts_with
from library.search.untold import words_told
from library.search.visibility import Shown, View, asked_for, with_view

MOST: Final = 50

# How many of a kind stand in a list before those of others had their turn.
_SHARES: Final[dict[Kind, int]] = {
    **dict.fromkeys(("person", "place", "label"), 4),
    **dict.fromkeys(("album", "filter"), 3),
}
_OTHER_SHARE: Final = 2
_ORDER: Final[tuple[Kind, ...]] = (
    *("person", "place", "date", "label", "album", "type", "favorite", "color"),
    *("camera", "rating", "meaning", "filter", "keyword", "text", "group"),
)
_FILTER_BEING_TYPED: Final = re.compile(r"([a-z][a-z0-9_]*):(.*)", re.IGNORECASE | re.DOTALL)
# What may stand before the first letter of a value.
_BEFORE_VALUE: Final = '!"“”„ '
# A single letter begins too many keywords.
_SHORTEST_KEYWORD: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`match` is the part of the label that was typed, `query` the whole query with this in it."""

    offer: Offer
    query: str
    match: tuple[int, int]

    @property
    def kind(self) -> Kind:
        return self.offer.kind

    @property
    def label(self) -> str:
        return self.offer.label


@dataclass(frozen=True, slots=True)
class _Typing:
    """The unfinished end of a query: `head` stays as it is, `sign` is a dash or group before the word."""

    head: str
    sign: str
    word: str

    @classmethod
    def of(cls, query: str) -> "_Typing":
        start = _last_word(query)
        word = query[start:]
        bare = word.lstrip("(-!")
        return cls(query[:start], word[: len(word) - len(bare)], bare)

    def with_words_before(self) -> Iterator["_Typing"]:
        """The same with up to three plain words before it, the most first: "new yor" in "2024 new yor"."""
        starts = list(self._starts_before()) if self.word and not self.sign else []
        text = self.head + self.word
        yield from (_Typing(text[:start], "", text[start:]) for start in reversed(starts))

    def _starts_before(self) -> Iterator[int]:
        """Where these words begin; a name does not begin with one that only joins."""
        head = self.head
        for _ in range(LONGEST_NAME - 1):
            start = _last_word(head.rstrip())
            word = head[start:].strip()
            if not _is_plain(word):
                return
            if word.lower() not in FILLERS:
                yield start
            head = head[:start]


def suggestions(query: str, grant: Grant, *, count: int = 10, view: View = "") -> list[Suggestion]:
    """At most `count` ways to go on, the best first; for a text that ends with a blank what has the most photos."""
    if len(query) > MAX_CHARACTERS:
        return []
    if is_anything_seen():
        begin_loading()
    typing = _Typing.of(printable(query))
    sight = sight_of(grant, _shown_by(typing.head, view))
    found = _FILTER_BEING_TYPED.fullmatch(typing.word)
    if found:
        return list(islice(_values(typing, found[1].lower(), found[2], sight, count), count))
    longer = [
        suggestion
        for more in typing.with_words_before()
        for suggestion in _written(more, offered(more.word, sight, count // 2 + 1))
    ]
    # What goes on with several words is meant rather than what goes on with the last.
    last = _written(typing, _offers(typing.word, sight, count)) if 2 * len(longer) < count else ()
    return _shared_out([*longer, *last], count)


def _offers(word: str, sight: Sight, count: int) -> Iterator[Offer]:
    """Whatever begins with the word, of every kind."""
    # No kind fills the list by itself while others wait.
    yield from offered(word, sight, count // 2 + 1)
    if not word:
        return
    yield from _dates(word, sight)
    yield from _kinds(word)
    yield from _colors(word)
    yield from _filters(word)
    if len(word) >= _SHORTEST_KEYWORD:
        yield from _keywords(word, sight, count)


def _values(typing: _Typing, key: str, value: str, sight: Sight, count: int) -> Iterator[Suggestion]:
    """The values of a filter that begin as the one being typed; alternatives before it stay."""
    before, bar, last = value.rpartition("|")
    beginning = unescape(last.strip().lstrip(_BEFORE_VALUE))
    kept = before.strip().lstrip(_BEFORE_VALUE) + bar
    within = _Typing(typing.head, typing.sign + ("-" if value.startswith("!") else ""), beginning)
    offers = [*offered(beginning, sight, count, key), *_known_offers(key, beginning, sight)]
    return _written(within, (_after(kept, offer) for offer in offers))


def _after(kept: str, offer: Offer) -> Offer:
    if not (kept and isinstance(offer.node, Filter)):
        return offer
    return replace(offer, node=Filter(offer.node.key, kept + offer.node.value))


def _known_offers(key: str, beginning: str, sight: Sight) -> Iterator[Offer]:
    """The values that a filter knows by heart, by what they are called or as they are written."""
    known = [Filter(key, value) for value in _known_values(key, sight)]
    titles = titles_of(known, sight)
    for one in known:
        if begins_a_word(beginning, titles[one]) is not None or begins_a_word(beginning, one.value) is not None:
            yield Offer(kind_of(key), titles[one], one, "" if titles[one].lower() == one.value else one.value)


def _known_values(key: str, sight: Sight) -> list[str]:
    if key == "year":
        return [str(year) for year in years_seen(sight.grant)]
    if key == "month":
        return [str(number) for number in range(1, 13)]
    return list(FILTERS[key].values) if key in FILTERS else []


def _dates(word: str, sight: Sight) -> Iterator[Offer]:
    folded = fold(word)
    for year in years_seen(sight.grant) if word.isdigit() else ():
        if str(year).startswith(word):
            yield Offer("date", str(year), Filter("year", str(year)), "Year")
    months = {MONTHS[name] for name in MONTHS if name.startswith(folded)}
    yield from (Offer("date", month_name(number), Filter("month", str(number)), "Month") for number in sorted(months))
    names = [*sorted({season for name, season in SEASONS.items() if name.startswith(folded)}), *RELATIVE]
    for name in names:
        if begins_a_word(word, name) is not None:
            yield from (Offer("date", found.label, found.node, "Date") for found in dates(name))


def _kinds(word: str) -> Iterator[Offer]:
    meant = {meaning.label: meaning for name, meaning in KINDS.items() if name.startswith(fold(word))}
    yield from (Offer(meaning.kind, meaning.label, meaning.node) for meaning in meant.values())


def _colors(word: str) -> Iterator[Offer]:
    named = (name for name in COLORS if name.startswith(fold(word)))
    yield from (Offer("color", name.title(), Filter("color", name), "Color") for name in named)


def _filters(word: str) -> Iterator[Offer]:
    keys = (key for key in FILTERS if key.startswith(word.lower()))
    yield from (Offer("filter", f"{key}:", Filter(key, ""), FILTERS[key].help) for key in keys)


def _keywords(word: str, sight: Sight, count: int) -> Iterator[Offer]:
    rows = Keyword.objects.filter(starts_with("keyword", word.lower()), skip=False).order_by("keyword")
    told = words_told(PhotoKeyword.objects.filter(sight.shown()), sight.grant)
    linked = told.filter(keyword=OuterRef("pk"))
    for row in first_seen(rows, lambda some: some.filter(Exists(linked)), count):
        yield Offer("keyword", row.keyword, Text(escape(row.keyword)), "Keyword")


def _written(typing: _Typing, offers: Iterable[Offer]) -> Iterator[Suggestion]:
    """The offers as they would stand in the query; a filter without a value waits for it."""
    for offer in offers:
        is_open = isinstance(offer.node, Filter) and not offer.node.value
        query = f"{typing.head}{typing.sign}{_grouped(offer.node, typing.sign)}{'' if is_open else ' '}"
        match = begins_a_word(typing.word, offer.label) if typing.word else None
        yield Suggestion(offer, query, match or (0, 0))


def _grouped(node: Node, sign: str) -> str:
    written = unparse(node)
    return f"({written})" if sign and not isinstance(node, Filter | Text) else written


def _shared_out(found: Iterable[Suggestion], count: int) -> list[Suggestion]:
    """So many that each kind has its share, sorted by kind; each query and each name of a kind once."""
    once: dict[tuple[Kind, str], Suggestion] = {}
    for suggestion in found:
        once.setdefault((suggestion.kind, suggestion.label.lower()), suggestion)
    named = {label for kind, label in once if kind != "keyword"}
    kept = [one for (kind, label), one in once.items() if kind != "keyword" or label not in named]
    ranks: dict[Kind, int] = {}
    ranked: list[tuple[int, Suggestion]] = []
    for suggestion in kept:
        rank = ranks[suggestion.kind] = ranks.get(suggestion.kind, -1) + 1
        ranked.append((rank // _SHARES.get(suggestion.kind, _OTHER_SHARE), suggestion))
    ranked.sort(key=lambda pair: (pair[0], _ORDER.index(pair[1].kind)))
    chosen = [suggestion for _, suggestion in ranked[:count]]
    return sorted(chosen, key=lambda suggestion: (not suggestion.match[1], _ORDER.index(suggestion.kind)))


def _shown_by(head: str, view: View) -> Shown:
    try:
        return asked_for(with_view(parse(head), view))
    except QueryError:
        return asked_for(with_view(EVERYTHING, view))


def _last_word(text: str) -> int:
    """Where the last word begins; blanks in quotes and behind a backslash belong to it."""
    start = at = 0
    is_quoted = False
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] in '"“”„':
            is_quoted = not is_quoted
        elif text[at].isspace() and not is_quoted:
            start = at + 1
        at += 1
    return min(start, len(text))


def _is_plain(word: str) -> bool:
    """Whether a text is one word that may be part of a name."""
    try:
        return is_plain(parse(word))
    except QueryError:
        return False
