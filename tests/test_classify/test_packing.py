"""Class probabilities in 30 bytes."""

from unittest import TestCase

import numpy as np

from library.classify.packing import pack, unpack


class PackingTest(TestCase):
    def test_the_ten_likeliest_classes_come_back_best_first(self) -> None:
        found = np.full(1000, 1e-6, dtype=np.float32)
        found[[7, 999, 300]] = 0.2, 0.7, 0.004
        packed = pack(found)
        self.assertEqual(len(packed), 30)
        self.assertEqual([number for number, _ in unpack(packed)[:3]], [999, 7, 300])
        for (_, given), expected in zip(unpack(packed), (0.7, 0.2, 0.004), strict=False):
            self.assertAlmostEqual(given, expected, delta=0.004)

    def test_classes_that_are_not_likely_at_all_are_left_out(self) -> None:
        found = np.zeros(1000, dtype=np.float32)
        found[3] = 1
        self.assertEqual(unpack(pack(found)), [(3, 1.0)])
