"""Pure: groups of photos from pairs: each is like one in the middle, so no chain leads from one picture to another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]


def groups_of(pairs: Iterable[Pair], are_distinct: Callable[[int, int], bool]) -> Iterator[list[int]]:
    """Groups of two or more, their ids in order; what was said to be distinct is never in one."""
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        if not are_distinct(one, other):
            near[one].add(other)
            near[other].add(one)
    for joined in _joined(near):
        yield from _stars(joined, near, are_distinct)


def _joined(near: dict[int, set[int]]) -> Iterator[list[int]]:
    """What pairs lead to from each other."""
    seen: set[int] = set()
    for start in sorted(near):
        if start in seen:
            continue
        seen.add(start)
        joined, waiting = [start], [start]
        while waiting:
            new = near[waiting.pop()] - seen
            seen |= new
            joined += new
            waiting += new
        yield joined


def _stars(
    joined: Sequence[int], near: dict[int, set[int]], are_distinct: Callable[[int, int], bool]
) -> Iterator[list[int]]:
    """Round the photo that is like most of those that are left, the older of equals."""
    left = set(joined)
    waiting = [(-len(near[pk]), pk) for pk in joined]
    heapify(waiting)
    while waiting:
        count, middle = heappop(waiting)
        others = near[middle] & left
        if middle not in left or not others:
            continue
        if len(others) < -count:
            heappush(waiting, (-len(others), middle))
            continue
        star = [middle]
        for other in sorted(others):
            if not any(are_distinct(other, member) for member in star):
                star.append(other)
        left -= set(star)
        yield sorted(star)
