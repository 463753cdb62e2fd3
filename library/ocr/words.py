"""Pure: the words of a text that was read in a picture, as the search compares them."""

import re
from collections.abc import Iterator
from typing import Final

from library.query.folding import fold

LONGEST: Final = 64
"""Letters of a word that is kept; what is longer is no word that anybody types."""

# Chinese and Japanese are written without blanks.
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN: Final = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED: Final = re.compile(rf"[{_UNSPACED}]")


def runs(text: str) -> list[str]:
    """The letters and digits between other signs, without case and accents, in their order."""
    return _RUN.findall(fold(text))


def words(text: str) -> set[str]:
    """What the text is found by: its words, or of a script without blanks every two signs that stand together.

    >>> sorted(words("BUS-STOP 12"))
    ['12', 'bus', 'stop']
    """
    return {word for run in runs(text) for word in _words(run)}


def line(text: str) -> str:
    """The text for comparing it with phrases: its runs with one blank around each.

    >>> line("Bus, Stop!")
    ' bus stop '
    """
    return f" {' '.join(runs(text))} "


def is_unspaced(run: str) -> bool:
    """Whether a run is of a script without blanks, so that a phrase may begin within it."""
    return bool(_IS_UNSPACED.match(run))


def _words(run: str) -> Iterator[str]:
    if not is_unspaced(run):
        yield run[:LONGEST]
    elif len(run) == 1:
        yield run
    else:
        yield from (run[at : at + 2] for at in range(len(run) - 1))
