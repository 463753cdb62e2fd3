"""Pure: class probabilities in 30 bytes, so that photos can be compared with words later without their pictures."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

KEPT: Final = 10
"""Classes that are kept of a photo, the most likely ones."""

_PAIR: Final = np.dtype([("number", "<u2"), ("root", "u1")])


def pack(probabilities: NDArray[np.float32]) -> bytes:
    """The ten most likely classes, best first: each a number in two bytes and its probability in one.

    The byte is 255 times the square root, so that a probability of 0.001 is still told from 0.
    """
    best = np.argsort(probabilities)[::-1][:KEPT]
    pairs = np.zeros(KEPT, dtype=_PAIR)
    pairs["number"][: len(best)] = best
    pairs["root"][: len(best)] = np.rint(np.sqrt(np.clip(probabilities[best], 0, 1)) * 255)
    return pairs.tobytes()


def unpack(packed: bytes) -> list[tuple[int, float]]:
    """The classes with their probabilities, best first; those that were not likely at all are left out."""
    pairs = np.frombuffer(packed, dtype=_PAIR)
    return [(int(pair["number"]), (int(pair["root"]) / 255) ** 2) for pair in pairs if pair["root"]]
