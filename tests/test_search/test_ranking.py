"""Pages of an order, against sorting everything."""

import numpy as np
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.search.ranking import behind, covering, ranked

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=60)


def keys_of(rows: list[tuple[int, int]]) -> list[np.ndarray]:
    """Two keys with many equals, and one that tells all apart."""
    first, second = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
    return [first, second, np.arange(len(rows), dtype=np.int64)[::-1]]


class RankingTest(SimpleTestCase):
    @given(ROWS, st.integers(0, 70), st.integers(0, 70))
    def test_a_part_is_that_of_the_sorted_whole(self, rows: list[tuple[int, int]], start: int, count: int) -> None:
        keys = keys_of(rows)
        whole = np.lexsort(keys[::-1]).tolist()
        self.assertEqual(ranked(keys, start, start + count).tolist(), whole[start : start + count])

    def test_many_equals_are_told_apart_by_their_next_key(self) -> None:
        keys = [np.zeros(20_000, np.int64), np.arange(20_000)[::-1].copy()]
        self.assertEqual(ranked(keys, 10_000, 10_003).tolist(), [9_999, 9_998, 9_997])

    @given(ROWS, st.integers(0, 59))
    def test_what_stands_behind_a_place(self, rows: list[tuple[int, int]], place: int) -> None:
        keys = keys_of(rows)
        whole = np.lexsort(keys[::-1]).tolist()
        if place < len(whole):
            mark = [int(key[whole[place]]) for key in keys]
            self.assertCountEqual(np.flatnonzero(behind(keys, mark)).tolist(), whole[place + 1 :])

    def test_all_that_may_have_a_place_by_one_key(self) -> None:
        among, before = covering(np.array([5, 1, 1, 9, 5]), 2, 4)
        self.assertEqual((among.tolist(), before), ([0, 4], 2))
