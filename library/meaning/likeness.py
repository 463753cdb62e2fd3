"""How sure it is that pictures show what a text says, by their ten likeliest classes."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from library.classify.packing import KEPT
from library.meaning.onnx import Floats

Classes = NDArray[np.uint16]
Roots = NDArray[np.uint8]

# The rule, as tests/bench/meaning.py measures it: with these numbers three of four finds are right, and a text that
# no class has to do with ("tuesday", a name) finds nothing or next to nothing.
NEAR: Final = 0.55
"""A text to which no class is nearer than this is about something that the label model does not know."""
_CERTAIN: Final = 0.65
_BEHIND: Final = 0.05  # the nearest class
_FAR_BEHIND: Final = 0.35

LIKELY: Final = 0.15
"""From this score on a picture is found."""
SURE: Final = 0.3
"""The same where there are pictures that are labelled with the word."""

_BLOCK: Final = 32_768  # pictures
_PROBABILITIES: Final = ((np.arange(256) / 255) ** 2).astype(np.float32)


def relevance(nearness: Floats) -> Floats | None:
    """For each class the part of its probability that counts, from 0 to 1; None if no class is near.

    By how near it is in comparison with the nearest: "puppy" is not the name of any class, so dogs have to do.
    """
    nearest = float(nearness.max(initial=-1))
    if nearest < NEAR:
        return None
    low, high = max(NEAR, nearest - _FAR_BEHIND), max(_CERTAIN, nearest - _BEHIND)
    clipped: Floats = np.clip((nearness - low) / (high - low), 0, 1).astype(np.float32)
    return clipped


def scores(relevant: Floats, classes: Classes, roots: Roots) -> Floats:
    """For each picture the sum of its probabilities, as far as they count; of shape (n,), as the rows are (n, 10).

    35 ms for a million.
    """
    found = np.empty(len(classes), np.float32)
    for start in range(0, len(classes), _BLOCK):
        part = slice(start, start + _BLOCK)
        np.einsum("ij,ij->i", relevant.take(classes[part]), _PROBABILITIES.take(roots[part]), out=found[part])
    return found


def unpacked(rows: list[bytes]) -> tuple[Classes, Roots]:
    """Rows of `classify.packing` as two arrays of shape (n, 10); a row of another length says nothing."""
    fitting = b"".join(row if len(row) == 3 * KEPT else bytes(3 * KEPT) for row in rows)
    pairs: Any = np.frombuffer(fitting, np.dtype([("number", "<u2"), ("root", "u1")])).reshape(-1, KEPT)
    return np.ascontiguousarray(pairs["number"]), np.ascontiguousarray(pairs["root"])
