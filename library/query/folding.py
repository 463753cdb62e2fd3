"""Pure: texts without case and accents, and the other forms of an English word."""

import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
_IRREGULAR: Final = {
    "children": "child",
    "feet": "foot",
    "geese": "goose",
    "leaves": "leaf",
    "loaves": "loaf",
    "men": "man",
    "mice": "mouse",
    "people": "person",
    "shelves": "shelf",
    "teeth": "tooth",
    "wives": "wife",
    "wolves": "wolf",
    "women": "woman",
}
_PLURALS: Final = {one: many for many, one in _IRREGULAR.items()}
_HISSING: Final = ("s", "x", "z", "ch", "sh")
_SHORTEST: Final = 3  # letters of a word that is bent


def fold(text: str) -> str:
    """`fold("São Tomé") == "sao tome"`; letters of other scripts stay."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(character for character in plain if not unicodedata.combining(character))


def forms(words: str) -> tuple[str, ...]:
    """The words first, then what may be the singular and the plural of the last: golden dish, golden dishes.

    A form that does not exist does no harm, as nothing has that name.
    """
    head, blank, last = words.rpartition(" ")
    if len(last) < _SHORTEST or not last.isalpha():
        return (words,)
    bent = [last, *_singulars(last), *_plurals(last)]
    return tuple(dict.fromkeys(head + blank + word for word in bent))


def _singulars(word: str) -> list[str]:
    if word in _IRREGULAR:
        return [_IRREGULAR[word]]
    found = []
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        found.append(word[:-3] + "y")
    if word.endswith("ves"):
        found.append(word[:-3] + "f")
    if word.endswith("es") and word[:-2].endswith((*_HISSING, "o")):
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return found


def _plurals(word: str) -> list[str]:
    if word in _PLURALS:
        return [_PLURALS[word]]
    if word.endswith("s"):
        return [word + "es"] if word.endswith("ss") else []
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    return [word + "es"] if word.endswith(_HISSING) else [word + "s"]
