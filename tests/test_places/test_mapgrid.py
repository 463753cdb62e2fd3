"""The map's grid: one number for a position, and the squares that cover a box."""

import unittest

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from places.mapgrid import DEPTH, code_of, positions_of, squares_of

LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-180, 179.999)


class MapGridTest(unittest.TestCase):
    def test_without_a_position_there_is_no_number(self) -> None:
        self.assertIsNone(code_of(None, 12.0))
        self.assertIsNone(code_of(12.0, None))

    def test_quarters_follow_each_other_from_the_north_west(self) -> None:
        quarter = 2 * (DEPTH - 1)
        numbers = [code_of(lat, lng) or 0 for lat, lng in ((50, -90), (50, 90), (-50, -90), (-50, 90))]
        self.assertEqual([number >> quarter for number in numbers], [0, 1, 2, 3])

    def test_the_poles_lie_at_the_edge(self) -> None:
        self.assertEqual(code_of(90, 0), code_of(86, 0))
        self.assertEqual(code_of(-90, 180), (1 << 2 * DEPTH) - 1)

    @settings(deadline=None)
    @given(LATITUDES, LONGITUDES, st.floats(0, 20), st.floats(0, 20))
    def test_a_position_inside_a_box_lies_in_its_squares(
        self, lat: float, lng: float, high: float, wide: float
    ) -> None:
        west, east = lng - wide / 3, lng + wide / 2
        west, east = (west + 360 if west < -180 else west), (east - 360 if east > 180 else east)
        found = squares_of(west, max(-90, lat - high / 2), east, min(90, lat + high / 3))
        code = code_of(lat, lng) or 0
        self.assertEqual(sum(square.first <= code < square.last for square in found), 1)

    @settings(deadline=None)
    @given(LATITUDES, LONGITUDES, st.floats(0.001, 5))
    def test_few_squares_cover_a_box(self, lat: float, lng: float, size: float) -> None:
        found = squares_of(lng, lat, min(180, lng + size), min(90, lat + size))
        self.assertLessEqual(len(found), 16)

    def test_a_box_over_the_date_line_is_two(self) -> None:
        found = squares_of(179, -20, -179, -15)
        self.assertTrue(any(square.first <= (code_of(-17, 179.5) or 0) < square.last for square in found))
        self.assertTrue(any(square.first <= (code_of(-17, -179.5) or 0) < square.last for square in found))
        self.assertFalse(any(square.first <= (code_of(-17, 0) or 0) < square.last for square in found))

    @settings(deadline=None)
    @given(LATITUDES, LONGITUDES)
    def test_a_number_leads_back_to_its_position(self, lat: float, lng: float) -> None:
        there, across = positions_of(np.array([code_of(lat, lng)], np.int64))
        self.assertAlmostEqual(there[0], lat, delta=0.0001)
        self.assertAlmostEqual(across[0], lng, delta=0.0001)
