"""Pure: pairs of perceptual hashes that differ in few bits, without comparing each with each.

Multi-index hashing: of four parts of 16 bits one differs in at most two bits where the whole differs in at most eleven,
so only hashes with such a part in common are compared. Pairs that differ in more are found if their bits lie well.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.int64]
Hashes: TypeAlias = NDArray[np.uint64]
Distances: TypeAlias = NDArray[np.uint8]
Confirm: TypeAlias = Callable[[Ids, Ids, Distances], NDArray[np.bool_]]

_PART: Final = 16
_PARTS: Final = 4
_VALUES: Final = 1 << _PART
_FLIPS: Final = (0, *(1 << one for one in range(_PART)), *(1 << a | 1 << b for a, b in combinations(range(_PART), 2)))
STEPS: Final = _PARTS * len(_FLIPS)
"""How often `near_pairs` calls its `step`."""
_AT_ONCE: Final = 1 << 20
"""Pairs that are compared at once: some 40 MB."""


def near_pairs(hashes: Hashes, most: int, confirm: Confirm, step: Callable[[], None]) -> tuple[Ids, Ids, Distances]:
    """The places of hashes that differ in at most `most` bits and are confirmed, each pair once, the lower first.

    `confirm(first, second, distances)` says which pairs stay; it is asked for a part of them at a time, so memory does
    not grow with what is refused. Of equal hashes only the first is compared with others, and all are paired with it.
    `step` is called often, to report and to stop.
    """
    _, firsts, belongs = np.unique(hashes, return_index=True, return_inverse=True)
    firsts = firsts.astype(np.int64)
    found = [_equal(hashes, firsts[belongs], confirm)]
    for part in range(_PARTS):
        for one, other, distances in _with_part(hashes[firsts], part, most, step):
            left, right = firsts[one], firsts[other]
            first, second = np.minimum(left, right), np.maximum(left, right)
            stays = confirm(first, second, distances)
            found.append((first[stays], second[stays], distances[stays]))
    first, second, distances = (np.concatenate(each) for each in zip(*found, strict=True))
    _, once = np.unique(first * np.int64(len(hashes) or 1) + second, return_index=True)
    return first[once], second[once], distances[once]


def near_to(hashes: Hashes, wanted: int, most: int) -> tuple[Ids, Distances]:
    """The places of the hashes that differ from one in at most so many bits, itself among them."""
    distances = np.bitwise_count(hashes ^ hashes[wanted])
    near = np.flatnonzero(distances <= most)
    return near, distances[near]


def _equal(hashes: Hashes, first: Ids, confirm: Confirm) -> tuple[Ids, Ids, Distances]:
    second = np.arange(len(hashes))
    first, second = first[first != second], second[first != second]
    distances = np.zeros(len(first), np.uint8)
    stays = confirm(first, second, distances)
    return first[stays], second[stays], distances[stays]


def _with_part(hashes: Hashes, part: int, most: int, step: Callable[[], None]) -> Iterator[tuple[Ids, Ids, Distances]]:
    """Pairs of which this part differs in at most two bits, some at a time."""
    values = (hashes >> np.uint64(part * _PART)).astype(np.uint16)
    order = np.argsort(values, kind="stable")
    ordered = hashes[order]
    starts = np.searchsorted(values[order], np.arange(_VALUES + 1))
    counts = np.diff(starts)
    known = np.flatnonzero(counts)
    for flip in _FLIPS:
        step()
        others = known ^ flip
        both = (counts[others] > 0) & (known <= others)
        for left, right in _crossed(known[both], others[both], starts, counts):
            distances = np.bitwise_count(ordered[left] ^ ordered[right])
            near = distances <= most
            if flip == 0:
                near &= left < right
            yield order[left[near]], order[right[near]], distances[near]


def _crossed(values: Ids, others: Ids, starts: Ids, counts: Ids) -> Iterator[tuple[Ids, Ids]]:
    """Every place of a value with every place of the other one, a part at a time."""
    left = _ranges(starts[values], counts[values])
    begins = np.repeat(starts[others], counts[values])
    lengths = np.repeat(counts[others], counts[values])
    ends = np.cumsum(lengths)
    done = 0
    while done < len(left):
        before = ends[done - 1] if done else 0
        until = max(done + 1, int(np.searchsorted(ends, before + _AT_ONCE)))
        some = slice(done, until)
        yield np.repeat(left[some], lengths[some]), _ranges(begins[some], lengths[some])
        done = until


def _ranges(starts: Ids, lengths: Ids) -> Ids:
    """`[5, 9], [2, 3]` is `[5, 6, 9, 10, 11]`."""
    before = np.cumsum(lengths) - lengths
    places: Ids = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return places
