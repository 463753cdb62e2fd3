"""Near hashes are found without comparing each with each, and groups do not chain."""

import random

import numpy as np
from django.test import SimpleTestCase
from numpy.typing import NDArray

from library.duplicates import pairs
from library.duplicates.clusters import groups_of
from library.duplicates.pairs import Distances, Ids, near_pairs, near_to


def everything(first: Ids, second: Ids, distances: Distances) -> NDArray[np.bool_]:
    return np.ones(len(first), bool)


def changed(value: int, bits: int, chance: random.Random) -> int:
    for bit in chance.sample(range(64), bits):
        value ^= 1 << bit
    return value


class NearPairsTest(SimpleTestCase):
    def setUp(self) -> None:
        self.chance = random.Random(7)

    def found(self, values: list[int], most: int) -> set[tuple[int, int, int]]:
        first, second, distances = near_pairs(np.array(values, np.uint64), most, everything, lambda: None)
        return set(zip(first.tolist(), second.tolist(), distances.tolist(), strict=True))

    def test_every_pair_up_to_eleven_bits_is_found(self) -> None:
        values = [self.chance.getrandbits(64) for _ in range(300)]
        values += [changed(value, at % 12, self.chance) for at, value in enumerate(values)]
        expected = {
            (one, other, distance)
            for one in range(len(values))
            for other in range(one + 1, len(values))
            if 0 < (distance := (values[one] ^ values[other]).bit_count()) <= 11
        }
        found = self.found(values, 11)
        self.assertEqual({pair for pair in found if pair[2]}, expected)
        self.assertEqual(sum(1 for pair in found if not pair[2]), 25)

    def test_it_does_not_depend_on_how_much_is_compared_at_once(self) -> None:
        values = [self.chance.getrandbits(64) for _ in range(50)]
        values += [changed(value, 3, self.chance) for value in values * 3]
        expected, pairs._AT_ONCE = self.found(values, 8), 7
        try:
            self.assertEqual(self.found(values, 8), expected)
        finally:
            pairs._AT_ONCE = 1 << 20

    def test_equal_hashes_are_paired_with_the_first(self) -> None:
        self.assertEqual(self.found([5, 9 << 40, 5, 5], 0), {(0, 2, 0), (0, 3, 0)})

    def test_what_is_not_confirmed_is_no_pair(self) -> None:
        none = near_pairs(np.array([5, 4, 5], np.uint64), 8, lambda first, *_: np.zeros(len(first), bool), lambda: None)
        self.assertEqual([len(part) for part in none], [0, 0, 0])

    def test_nothing_to_compare(self) -> None:
        self.assertEqual(self.found([], 11), set())
        self.assertEqual(self.found([3], 11), set())

    def test_what_is_near_to_one(self) -> None:
        near, distances = near_to(np.array([1, 3, 2**63, 1], np.uint64), 0, 1)
        self.assertEqual((near.tolist(), distances.tolist()), ([0, 1, 3], [0, 1, 0]))


class GroupsTest(SimpleTestCase):
    def groups(self, found: list[tuple[int, int]], *distinct: set[int]) -> list[list[int]]:
        return list(groups_of(found, lambda one, other: any({one, other} <= some for some in distinct)))

    def test_pairs_join(self) -> None:
        self.assertEqual(self.groups([(1, 2), (2, 3), (8, 9)]), [[1, 2, 3], [8, 9]])

    def test_a_chain_does_not_lead_from_one_picture_to_another(self) -> None:
        self.assertEqual(self.groups([(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]), [[1, 2, 3], [4, 5, 6]])

    def test_what_is_distinct_is_never_in_one_group(self) -> None:
        self.assertEqual(self.groups([(1, 2)], {1, 2}), [])
        self.assertEqual(self.groups([(1, 3), (2, 3)], {1, 2}), [[1, 3]])

    def test_nothing(self) -> None:
        self.assertEqual(self.groups([]), [])
