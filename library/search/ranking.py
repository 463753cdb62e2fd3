"""Pure: a page of an order without sorting all of it."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Keys: TypeAlias = NDArray[np.int64]

# More than so many of one value are told apart by their next key alone.
_MANY: Final = 5_000


def ranked(keys: Sequence[Keys], start: int, stop: int) -> NDArray[np.int64]:
    """The positions of the places `start` to `stop`, counted from 0, where the first key decides, then the next.

    The last keys have to be all different.
    """
    among, before = covering(keys[0], start, stop)
    rest = [key[among] for key in keys]
    if len(among) > _MANY and len(keys) > 1 and rest[0].min() == rest[0].max():
        return among[ranked(rest[1:], start - before, stop - before)]
    return among[np.lexsort(rest[::-1])][start - before : stop - before]


def covering(key: Keys, start: int, stop: int) -> tuple[NDArray[np.int64], int]:
    """The positions of all that may have these places if only this key is known, and how many come before them."""
    stop = min(stop, len(key))
    if start >= stop:
        return np.empty(0, np.int64), start
    low, high = np.partition(key, [start, stop - 1])[[start, stop - 1]]
    return np.flatnonzero((key >= low) & (key <= high)), int(np.count_nonzero(key < low))


def behind(keys: Sequence[Keys], mark: Sequence[int]) -> NDArray[np.bool_]:
    """Which stand after the place that has the keys of `mark`."""
    after: Any = np.zeros(len(keys[0]), np.bool_)
    equal: Any = np.ones(len(keys[0]), np.bool_)
    for key, value in zip(keys, mark, strict=True):
        after |= equal & (key > value)
        equal &= key == value
    found: NDArray[np.bool_] = after
    return found
