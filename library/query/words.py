"""Pure: what free words may mean (a date, a kind, a colour, a known name), and the words meant by a typing error."""

import difflib
import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from library.query.datewords import MONTHS, SEASONS, dates
from library.query.folding import fold
from library.query.nodes import And, Filter, Node, Not, Or, Text, conjoin, either, negate
from library.query.values import escape, pattern, unescape

Kind: TypeAlias = Literal[
    "place",
    "date",
    "person",
    "label",
    "album",
    "camera",
    "color",
    "type",
    "rating",
    "favorite",
    "similar",
    "meaning",
    "keyword",
    "text",
    "filter",
    "group",
]

# Whether words that stand together, in small letters, mean one thing.
Knows: TypeAlias = Callable[[str], bool]

LONGEST_NAME = 4  # words, as in "republic of the congo"

# Words that join and say nothing of their own: "photos of Anna taken at the beach".
_FILLERS: Final = """
    a all an and at by during find for from i image images in me my near of on or our photo photos pic pics picture
    pictures show taken the to with
"""
FILLERS: Final = frozenset(_FILLERS.split())

COLORS: Final = (
    *("black", "grey", "brown", "gold", "white", "purple", "blue", "cyan"),
    *("teal", "green", "lime", "yellow", "magenta", "orange", "red", "pink"),
)
_OTHER_COLORS: Final = {"gray": "grey", "violet": "purple", "golden": "gold", "turquoise": "teal"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that words may stand for: what it is called, and the query for it."""

    kind: Kind
    label: str
    node: Node


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbours in a query that are one term, from `start` to before `end`."""

    start: int
    end: int
    is_filler: bool = False


def _kind(label: str, key: str, value: str = "yes", *, kind: Kind = "type") -> Meaning:
    return Meaning(kind, label, Filter(key, value))


# What to call it, the filter and its value, the words that PhotoPrism's search box and people know it by.
KINDS: Final = (
    {
        word: meaning
        for meaning, words in (
            (_kind("Animations", "animated"), "animated animation animations gif gifs"),
            (_kind("Audio", "audio"), "audio sound sounds"),
            (_kind("Documents", "document"), "document documents pdf pdfs"),
            (_kind("Favorites", "favorite", kind="favorite"), "favorite favorites favourite favourites liked loved"),
            (_kind("Live photos", "live"), "live"),
            (_kind("Black and white", "mono"), "mono monochrome bw"),
            (_kind("Panoramas", "panorama"), "pano panos panorama panoramas"),
            (_kind("People", "faces", kind="person"), "faces people"),
            (_kind("Photos", "photo"), "photo photos picture pictures image images"),
            (_kind("RAW", "raw"), "raw raws"),
            (_kind("Scans", "scan"), "scan scans scanned"),
            (_kind("Screenshots", "keywords", "screenshot|screenshots"), "screenshot screenshots"),
            (_kind("Stacks", "stack"), "stack stacks"),
            (_kind("Vector graphics", "vector"), "vector vectors"),
            (_kind("Videos", "video"), "clip clips movie movies video videos"),
        )
        for word in words.split()
    }
    | {
        word: _kind(word.upper(), "filename", "|".join(f"*.{extension}" for extension in words.split()))
        for words in (
            *(
                "avif",
                "bmp",
                "cr2",
                "cr3",
                "dng",
                "heic heif",
                "jpeg jpg",
                "jxl",
                "mkv",
                "mov",
                "mp4",
                "nef",
                "arw",
                "orf",
            ),
            *("png", "psd", "raf", "rw2", "svg", "tiff tif", "webp"),
        )
        for word in words.split()
    }
    | {
        "live photo": _kind("Live photos", "live"),
        "live photos": _kind("Live photos", "live"),
        "black white": _kind("Black and white", "mono"),
    }
)

_QUANTITIES: Final[tuple[tuple[re.Pattern[str], str, str, Kind], ...]] = (
    (re.compile(r"([0-9]{1,4}(?:-[0-9]{1,4})?) ?mm"), "mm", "{} mm", "camera"),
    (re.compile(r"f/?([0-9]{1,2}(?:\.[0-9])?)"), "f", "f/{}", "camera"),
    (re.compile(r"iso ?([0-9]{2,7})"), "iso", "ISO {}", "camera"),
    (re.compile(r"([0-9]{1,3}) ?mp"), "mp", "{} MP", "filter"),
    (re.compile(r"([1-5])[- ]stars?"), "rating", "{} stars", "rating"),
)


_MEANT: Final = frozenset([*MONTHS, *SEASONS, *KINDS, *COLORS, *_OTHER_COLORS])


def meanings(phrase: str) -> tuple[Meaning, ...]:
    """What a word, or some words together, may stand for in any library; empty if it is only a word."""
    name = fold(phrase.strip())
    found = [Meaning("date", date.label, date.node) for date in dates(name)]
    if name in KINDS:
        found.append(KINDS[name])
    color = _OTHER_COLORS.get(name, name)
    if color in COLORS:
        found.append(Meaning("color", color.title(), Filter("color", color)))
    for read, key, label, kind in _QUANTITIES:
        if quantity := read.fullmatch(name):
            found.append(Meaning(kind, label.format(quantity[1]), Filter(key, quantity[1])))
    return tuple(found)


def understand(node: Node, knows: Knows) -> Node:
    """The query without words that only join; words that name one thing stand together as well as each for itself.

    `photos of 2024 new york` becomes `2024 (new york | new\\ york)`. Quoted words and filters stay.
    """
    match node:
        case Not(part):
            return negate(understand(part, knows))
        case Or(parts):
            return either(*(understand(part, knows) for part in parts))
        case And(parts):
            return _understand_parts(whole_names(parts, knows), knows, LONGEST_NAME)
        case Text() | Filter():
            return node


def whole_names(parts: Sequence[Node], knows: Knows) -> tuple[Node, ...]:
    """The parts of an And, in which a name that an "or" tore apart is whole: `new york or los angeles`."""
    found = _rejoined(parts, knows)
    at = len(found)
    while (at := at - 1) >= 0:
        part = found[at]
        if isinstance(part, Or) and len(part.parts) > 1:
            before = _torn_off(found[:at], part.parts[0], knows)
            after = _torn_on(part.parts[-1], found[at + 1 :], knows)
            first = conjoin(*found[at - before : at], part.parts[0])
            last = conjoin(part.parts[-1], *found[at + 1 : at + 1 + after])
            found[at - before : at + 1 + after] = [either(first, *part.parts[1:-1], last)]
            at -= before
    return tuple(found)


def spans(parts: Sequence[Node], knows: Knows, longest: int = LONGEST_NAME) -> Iterator[Span]:
    """The terms of an And, left to right: the longest names first, all else by itself."""
    at = 0
    while at < len(parts):
        run = _longest_name(parts[at : at + longest], knows)
        part = parts[at]
        yield Span(at, at + (run or 1), is_filler=not run and isinstance(part, Text) and _is_filler(part))
        at += run or 1


def phrases(node: Node) -> Iterator[str]:
    """Every word and quoted phrase of a query, and up to four words that stand together, in small letters.

    Words that only join are among them where they stand alone, or within others.
    """
    match node:
        case Text():
            if node.quoted or is_plain(node):
                yield phrase_of((node,))
        case Not(part):
            yield from phrases(part)
        case Or(parts):
            for part in parts:
                yield from phrases(part)
        case And(parts):
            for part in parts:
                if not (isinstance(part, Text) and _is_filler(part)):
                    yield from phrases(part)
            yield from _joined(parts)
            yield from _around_ors(parts)
        case _:
            return


def phrase_of(parts: Iterable[Node]) -> str:
    """The words as one text in small letters."""
    return " ".join(unescape(part.word) for part in parts if isinstance(part, Text)).lower()


def is_plain(node: Node) -> bool:
    """Whether it is a word that may mean something: not in quotes, without wildcards."""
    return isinstance(node, Text) and not node.quoted and pattern(node.word).is_literal


def suggest(name: str, known: Iterable[str]) -> str | None:
    """The known key nearest to a mistyped one, or None if none is near."""
    nearest = difflib.get_close_matches(name[:40].lower(), list(known), n=1, cutoff=0.6)
    return nearest[0] if nearest else None


def meant_words() -> frozenset[str]:
    """The words that mean a date, a kind or a colour in any library."""
    return _MEANT


def misspellings(word: str) -> set[str]:
    """Every text that one typing error makes of a word in small letters: some 50 for each of its letters."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = string.ascii_lowercase
    dropped = {head + tail[1:] for head, tail in splits if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    added = {head + letter + tail for head, tail in splits for letter in letters}
    return (dropped | swapped | changed | added) - {word}


def _understand_parts(parts: Sequence[Node], knows: Knows, longest: int) -> Node:
    understood = [_understand_span(parts[span.start : span.end], knows) for span in _spoken(parts, knows, longest)]
    # "the" alone is what was asked for, not a word between others.
    return conjoin(*(understood or parts))


def _spoken(parts: Sequence[Node], knows: Knows, longest: int) -> Iterator[Span]:
    return (span for span in spans(parts, knows, longest) if not span.is_filler)


def _understand_span(parts: Sequence[Node], knows: Knows) -> Node:
    """A name of several words, or what its words say without it: an album may be called "2024 Italy"."""
    if len(parts) == 1:
        return understand(parts[0], knows)
    return either(_understand_parts(parts, knows, len(parts) - 1), Text(escape(phrase_of(parts))))


def _longest_name(parts: Sequence[Node], knows: Knows) -> int:
    """How many of the parts together mean something; 0 if not even the first does."""
    for length in range(len(parts), 0, -1):
        run = parts[:length]
        if _is_name(run, knows):
            # "photos" alone asks for photos, and says nothing beside another word.
            return 0 if length == 1 and phrase_of(run) in FILLERS else length
    return 0


def _rejoined(parts: Sequence[Node], knows: Knows) -> list[Node]:
    """The parts, in which two neighbouring "or"s that tear one name apart are one: `oslo or new york or rome`."""
    found = list(parts)
    at = len(found)
    while (at := at - 1) >= 0:
        for end in _between_ors(found, at):
            match found[at], found[end]:
                case Or(one), Or(two):
                    name = [one[-1], *found[at + 1 : end], two[0]]
                    if _is_name(name, knows):
                        found[at : end + 1] = [either(*one[:-1], conjoin(*name), *two[1:])]
    return found


def _between_ors(parts: Sequence[Node], at: int) -> Iterator[int]:
    """If an "or" stands here, where the next one stands that may end a name begun in it."""
    if isinstance(parts[at], Or):
        for end in range(at + 1, min(at + LONGEST_NAME, len(parts))):
            if isinstance(parts[end], Or):
                yield end
                return


def _first(node: Node) -> Node:
    return node.parts[0] if isinstance(node, Or) else node


def _torn_off(before: Sequence[Node], first: Node, knows: Knows) -> int:
    """How many of the words before an alternative belong to its name; 0 for none."""
    lengths = range(min(LONGEST_NAME - 1, len(before)), 0, -1)
    return next((length for length in lengths if _is_name([*before[-length:], first], knows)), 0)


def _torn_on(last: Node, after: Sequence[Node], knows: Knows) -> int:
    """How many of the words after it do."""
    lengths = range(min(LONGEST_NAME - 1, len(after)), 0, -1)
    return next((length for length in lengths if _is_name([last, *after[:length]], knows)), 0)


def _is_name(parts: Sequence[Node], knows: Knows) -> bool:
    return all(map(is_plain, parts)) and knows(phrase_of(parts))


def _joined(parts: Sequence[Node]) -> Iterator[str]:
    for start in range(len(parts)):
        for end in range(start + 2, min(start + LONGEST_NAME, len(parts)) + 1):
            if not is_plain(parts[end - 1]) or not is_plain(parts[start]):
                break
            yield phrase_of(parts[start:end])


def _around_ors(parts: Sequence[Node]) -> Iterator[str]:
    """The names that an "or" may have torn apart."""
    for at, part in enumerate(parts):
        if isinstance(part, Or) and len(part.parts) > 1:
            yield from _joined([*parts[max(0, at + 1 - LONGEST_NAME) : at], part.parts[0]])
            yield from _joined([part.parts[-1], *parts[at + 1 : at + LONGEST_NAME]])
            for end in _between_ors(parts, at):
                yield from _joined([part.parts[-1], *parts[at + 1 : end], _first(parts[end])])


def _is_filler(text: Text) -> bool:
    return not text.quoted and text.word.lower() in FILLERS
