"""S2 cells: tokens, levels, ranges."""

from django.test import SimpleTestCase

from places import s2

ALPS = (47.4211, 10.9853)


class CellIdTest(SimpleTestCase):
    def test_a_finer_token_begins_like_the_cell_around_it(self) -> None:
        self.assertEqual(s2.cell_id(*ALPS, level=8)[:3], s2.cell_id(*ALPS, level=21)[:3])

    def test_a_stored_cell_is_less_than_ten_metres_off(self) -> None:
        lat, lng = s2.position(s2.cell_id(*ALPS))
        self.assertLess(max(abs(lat - ALPS[0]), abs(lng - ALPS[1])), 0.0001)

    def test_every_face_of_the_globe_round_trips(self) -> None:
        for lat, lng in [(1, 1), (1, 91), (89, 1), (1, 179), (1, -91), (-89, 1), (90, 0), (-90, 0), (5, -180)]:
            token = s2.cell_id(lat, lng)
            self.assertEqual(s2.cell_id(*s2.position(token)), token)

    def test_zero_zero_is_an_unknown_position(self) -> None:
        self.assertEqual(s2.prefixed_cell_id(0, 0), "")

    def test_a_position_off_the_globe_has_no_cell(self) -> None:
        for lat, lng in [(90.1, 0), (-91, 0), (1, 180.1), (1, -181), (float("nan"), 1)]:
            self.assertEqual(s2.cell_id(lat, lng), "")

    def test_text_that_is_no_token_lies_nowhere(self) -> None:
        for text in ["", "zz", "hello", "s2:", "4799e370ca5c4799e370ca5c"]:
            self.assertEqual(s2.position(text), (0.0, 0.0))


class PrefixTest(SimpleTestCase):
    def test_a_prefix_is_set_once(self) -> None:
        self.assertEqual(s2.with_prefix(s2.with_prefix("4799e4")), "s2:4799e4")

    def test_a_prefix_is_removed(self) -> None:
        self.assertEqual(s2.without_prefix("s2:4799e4"), "4799e4")

    def test_no_token_gets_no_prefix(self) -> None:
        self.assertEqual(s2.with_prefix(""), "")


class RangeTest(SimpleTestCase):
    def test_a_cell_lies_in_the_range_around_it(self) -> None:
        token = s2.cell_id(*ALPS)
        for level in range(22):
            first, behind = s2.token_range(token, level)
            self.assertTrue(first <= token < behind, level)

    def test_a_finer_range_is_narrower(self) -> None:
        token = s2.cell_id(*ALPS)
        wide, narrow = s2.token_range(token, 8), s2.token_range(token, 12)
        self.assertTrue(wide[0] < narrow[0] and narrow[1] < wide[1])

    def test_a_far_cell_lies_outside(self) -> None:
        first, behind = s2.prefixed_range(s2.prefixed_cell_id(*ALPS), 10)
        self.assertFalse(first <= s2.prefixed_cell_id(48.4, 12.9) < behind)

    def test_text_that_is_no_token_has_no_range(self) -> None:
        self.assertEqual(s2.prefixed_range("xyz", 5), ("", ""))


class LevelTest(SimpleTestCase):
    def test_a_level_halves_the_width(self) -> None:
        self.assertEqual([s2.level_for(km) for km in (9000, 4000, 2000, 10, 1)], [0, 1, 2, 10, 13])

    def test_no_level_is_finer_than_a_stored_cell(self) -> None:
        self.assertEqual([s2.level_for(km) for km in (0, 0.0001)], [s2.LEVEL, s2.LEVEL])


class NeighboursTest(SimpleTestCase):
    def test_a_cell_has_four_neighbours_of_its_level(self) -> None:
        token = s2.cell_id(*ALPS)
        found = s2.neighbours(token)
        self.assertEqual(len(set(found) - {token}), 4)
        self.assertTrue(all(token in s2.neighbours(other) for other in found))

    def test_no_token_has_no_neighbours(self) -> None:
        self.assertEqual(s2.neighbours("zz"), [])


class WithinTest(SimpleTestCase):
    def test_the_cells_in_a_cell_are_between_its_ends(self) -> None:
        inside, outside = s2.prefixed_cell_id(*ALPS), s2.prefixed_cell_id(47.5, 11.5)
        for level in (3, 8, 12, 21):
            token = s2.cell_id(*ALPS, level=level)
            first, behind = s2.cells_within(token)
            self.assertTrue(first <= inside < behind, level)
            self.assertTrue(first <= s2.with_prefix(token) < behind, level)
        self.assertFalse(first <= outside < behind)

    def test_the_last_cell_of_the_globe_has_an_end(self) -> None:
        first, behind = s2.cells_within("bfffffffffffffff")
        self.assertLess(first, behind)

    def test_a_cell_is_half_as_wide_as_the_one_around_it(self) -> None:
        self.assertAlmostEqual(s2.width_km(s2.cell_id(*ALPS, level=9)) * 2, s2.width_km(s2.cell_id(*ALPS, level=8)))

    def test_other_text_holds_nothing(self) -> None:
        self.assertEqual((s2.cells_within("xyz"), s2.width_km("xyz")), (("", ""), 0.0))
