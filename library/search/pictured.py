"""Which words of a query are compared with what pictures show: those that name nothing else, or nothing but labels."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from library.meaning.likeness import LIKELY, SURE
from library.meaning.onnx import EncoderUnusable
from library.query import meanings
from library.query.folding import forms
from library.query.words import FILLERS
from library.search.alike import Alike, is_anything_seen, near_texts, own_folder, vocabulary
from library.search.encoding import is_on
from library.search.names import Named

# Each costs the encoder 8 ms, once.
_MOST: Final = 32
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’-]{1,39}")


def pictured(phrases: Collection[str], things: Mapping[str, tuple[Named, ...]]) -> dict[str, Alike]:
    """What these words look like, alone and as they stand together; nothing where no picture was looked at.

    Words that stand together count as one where they are the name of something, "musical instrument", or are nearer to
    something than any of them alone, "cup of tea", and none of them names anything by itself.
    """
    words = [phrase for phrase in phrases if " " not in phrase and _is_free(phrase, things)]
    joined = [phrase for phrase in phrases if " " in phrase and _may_join(phrase, things)]
    if not (words or joined) or not is_on() or not is_anything_seen():
        return {}
    try:
        return _looks(sorted(words), sorted(joined, key=lambda phrase: (phrase.count(" "), phrase)), things)
    except EncoderUnusable:
        # It was told when it was loaded; names, keywords and titles are searched all the same.
        return {}


def _looks(words: list[str], joined: list[str], things: Mapping[str, tuple[Named, ...]]) -> dict[str, Alike]:
    known = frozenset() if own_folder() is not None else vocabulary().known
    named = {phrase for phrase in joined if not known.isdisjoint(forms(phrase))}
    free = {phrase for phrase in joined if _is_all_free(phrase, things)}
    asked = [*words, *(phrase for phrase in joined if phrase in named | free)][:_MOST]
    near = near_texts(asked)
    found = {}
    for text in near:
        if " " not in text or text in named or near[text] >= max(near.get(word, 0) for word in text.split()):
            # Where pictures are labelled so, the others have to be as sure as those.
            found[text] = Alike((text,), SURE if text in things else LIKELY)
    return found


def _is_free(word: str, things: Mapping[str, tuple[Named, ...]]) -> bool:
    """A word that may be about what is in a picture."""
    if word in FILLERS or not _WORD.fullmatch(word) or meanings(word):
        return False
    return all(thing.meaning.kind == "label" for thing in things.get(word, ()))


def _may_join(phrase: str, things: Mapping[str, tuple[Named, ...]]) -> bool:
    """Words of which the first and the last are more than joints, and which name nothing but labels."""
    words = phrase.split()
    if words[0] in FILLERS or words[-1] in FILLERS or not all(map(_WORD.fullmatch, (words[0], words[-1]))):
        return False
    return not meanings(phrase) and all(thing.meaning.kind == "label" for thing in things.get(phrase, ()))


def _is_all_free(phrase: str, things: Mapping[str, tuple[Named, ...]]) -> bool:
    words = [word for word in phrase.split() if word not in FILLERS]
    return all(_is_free(word, things) and word not in things for word in words)
