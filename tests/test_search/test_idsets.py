"""Sets of ids."""

import numpy as np
from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.search.idsets import EMPTY, IdSet

# Few among many, and nearly all: one is kept as numbers, the other as bits.
SETS = st.one_of(st.frozensets(st.integers(0, 100_000), max_size=20), st.frozensets(st.integers(0, 300), min_size=50))


class IdSetTest(SimpleTestCase):
    @given(SETS, SETS)
    def test_they_combine_as_sets_do(self, one: frozenset[int], two: frozenset[int]) -> None:
        first, second = IdSet.of(one), IdSet.of(two)
        for combined, expected in (
            (first & second, one & two),
            (first | second, one | two),
            (first - second, one - two),
        ):
            self.assertEqual(combined.ids.tolist(), sorted(expected))
            self.assertEqual(len(combined), len(expected))

    @given(SETS, st.lists(st.integers(0, 200_000)))
    def test_which_ids_they_have(self, members: frozenset[int], asked: list[int]) -> None:
        found = IdSet.of(members).has(np.array(asked, np.int64))
        self.assertEqual(found.tolist(), [number in members for number in asked])

    def test_an_id_may_come_twice(self) -> None:
        self.assertEqual(IdSet.of([3, 1, 3]).ids.tolist(), [1, 3])
        self.assertEqual(len(IdSet.of(np.zeros(500, np.int64))), 1)

    def test_an_empty_set(self) -> None:
        self.assertEqual(len(EMPTY), 0)
        self.assertEqual(len(EMPTY | EMPTY), 0)
        self.assertEqual((IdSet.of([5]) - EMPTY).ids.tolist(), [5])

    def test_many_of_a_million_take_an_eighth_of_a_megabyte(self) -> None:
        self.assertLessEqual(IdSet.of(np.arange(1_000_000)).nbytes, 125_001)
        self.assertEqual(IdSet.of([999_999]).nbytes, 8)
