"""Pure: sets of ids, a bit for each or, where they are few, the numbers themselves: a million combine at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.int64]
Bits: TypeAlias = NDArray[np.uint8]

_WORD: Final = 64  # bits that take as much room as one number


@dataclass(frozen=True, slots=True, eq=False)
class IdSet:
    """A set of ids from 0 on; `members` in order, or `bits` of as many bytes as the highest needs."""

    members: Ids | None
    bits: Bits | None

    @classmethod
    def of(cls, ids: Ids | Iterable[int]) -> "IdSet":
        given = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, np.int64)
        if len(given) * _WORD > int(given.max(initial=-1)) + 1 > _WORD:
            # Sorting them would take longer than all the rest.
            return cls(None, _packed(given))
        return cls(np.unique(given), None)

    def __len__(self) -> int:
        if self.bits is not None:
            return int(np.bitwise_count(self.bits).sum(dtype=np.int64))
        return 0 if self.members is None else len(self.members)

    @property
    def nbytes(self) -> int:
        return sum(part.nbytes for part in (self.members, self.bits) if part is not None)

    @property
    def ids(self) -> Ids:
        """The ids in order."""
        if self.bits is None:
            return _NONE if self.members is None else self.members
        return np.flatnonzero(np.unpackbits(self.bits, bitorder="little").view(bool)).astype(np.int64, copy=False)

    def has(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of the ids are in the set."""
        if self.bits is None:
            return np.isin(ids, self.ids)
        inside = ids < len(self.bits) * 8
        known = np.where(inside, ids, 0)
        flags: NDArray[np.bool_] = (self.bits[known >> 3] >> (known & 7).astype(np.uint8) & 1) == 1
        return flags & inside

    def __and__(self, other: "IdSet") -> "IdSet":
        few, many = (self, other) if self.bits is None else (other, self)
        if few.bits is None:
            return IdSet(few.ids[many.has(few.ids)], None)
        one, two = _cut(self._dense(), other._dense())
        return IdSet(None, one & two)._thin()

    def __or__(self, other: "IdSet") -> "IdSet":
        if self.bits is None and other.bits is None:
            return IdSet.of(np.concatenate([self.ids, other.ids]))
        short, long = sorted((self._dense(), other._dense()), key=len)
        joined = long.copy()
        joined[: len(short)] |= short
        return IdSet(None, joined)

    def __sub__(self, other: "IdSet") -> "IdSet":
        if self.bits is None:
            return IdSet(self.ids[~other.has(self.ids)], None)
        left = self.bits.copy()
        taken = other._dense()[: len(left)]
        left[: len(taken)] &= ~taken
        return IdSet(None, left)._thin()

    def _dense(self) -> Bits:
        return _packed(self.ids) if self.bits is None else self.bits

    def _thin(self) -> "IdSet":
        """As numbers, where these take less room."""
        bits = self._dense()
        return IdSet(self.ids, None) if len(self) * 8 < len(bits) else self


_NONE: Final = np.empty(0, np.int64)
EMPTY: Final = IdSet(_NONE, None)


def _packed(ids: Ids) -> Bits:
    flags = np.zeros(int(ids.max(initial=-1)) + 1, np.uint8)
    flags[ids] = 1
    return np.packbits(flags, bitorder="little")


def _cut(one: Bits, two: Bits) -> tuple[Bits, Bits]:
    length = min(len(one), len(two))
    return one[:length], two[:length]
