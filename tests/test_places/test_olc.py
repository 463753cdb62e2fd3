"""Open Location Codes."""

from django.test import SimpleTestCase

from places import olc, s2
from places.distance import Box

ZURICH = (47.365590, 8.524997)


class EncodeTest(SimpleTestCase):
    def test_a_code_has_eight_digits_and_a_plus(self) -> None:
        self.assertEqual(olc.encode(*ZURICH), "8FVC9G8F+")

    def test_a_longer_code_continues_a_shorter_one(self) -> None:
        self.assertEqual(olc.encode(*ZURICH, 10), "8FVC9G8F+6X")

    def test_a_short_code_is_padded(self) -> None:
        self.assertEqual(olc.encode(*ZURICH, 4), "8FVC0000+")

    def test_an_odd_length_is_rounded_up(self) -> None:
        self.assertEqual(olc.encode(*ZURICH, 7), olc.encode(*ZURICH, 8))

    def test_a_position_off_the_globe_has_no_code(self) -> None:
        self.assertEqual([olc.encode(91, 0), olc.encode(0, 181)], ["", ""])


class DecodeTest(SimpleTestCase):
    def test_a_code_names_the_area_it_was_made_from(self) -> None:
        middle = olc.decode(olc.encode(*ZURICH, 10))
        assert middle
        self.assertAlmostEqual(middle[0], ZURICH[0], places=3)
        self.assertAlmostEqual(middle[1], ZURICH[1], places=3)

    def test_other_text_is_no_code(self) -> None:
        for text in ["", "zurich", "9G8F+6X", "8FVC9G8F"]:
            self.assertIsNone(olc.decode(text))

    def test_a_code_has_an_area(self) -> None:
        self.assertEqual(olc.area("8FVC0000+"), Box(47, 8, 48, 9))
        self.assertIsNone(olc.area("9G8F+6X"))

    def test_a_code_has_a_cell(self) -> None:
        self.assertEqual(olc.cell_id("8FVC9G8F+6X")[:5], s2.cell_id(*ZURICH)[:5])
        self.assertEqual(olc.cell_id("here"), "")
