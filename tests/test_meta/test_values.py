"""Single values."""

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.meta import values

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


class TextTest(SimpleTestCase):
    def test_the_default_language_comes_first(self) -> None:
        self.assertEqual(values.text({'lang="de"': "Hallo", 'lang="x-default"': "Hello"}), "Hello")

    def test_the_first_entry_that_says_something(self) -> None:
        self.assertEqual(values.text(["", "  ", "Ann", "Bob"]), "Ann")

    def test_what_programs_write_for_nothing_is_empty(self) -> None:
        for nothing in ("", " - ", "0", "-1", "z", "%", "NULL", "nan", "0000:00:00 00:00:00"):
            with self.subTest(nothing):
                self.assertTrue(values.is_empty(nothing))
        for something in ("zz", "Z2", "new", "10"):
            self.assertFalse(values.is_empty(something), something)

    def test_control_characters_and_character_sets_go(self) -> None:
        self.assertEqual(values.text('charset="Ascii" a\x00b\x02'), "ab")


class NumberTest(SimpleTestCase):
    def test_the_forms_of_numbers(self) -> None:
        written = (5, "5.6", "1/250", "100 0", ["200"], "1e3")
        self.assertEqual([values.number(value) for value in written], [5, 5.6, 0.004, 100, 200, 1000])

    def test_what_is_no_number_is_unknown(self) -> None:
        for value in (None, True, "", "abc", "1/0", "inf", "nan", float("inf"), 10**400, "1/2/3"):
            self.assertIsNone(values.number(value), value)


class DegreesTest(SimpleTestCase):
    def test_the_forms_of_angles(self) -> None:
        self.assertAlmostEqual(values.degrees("41/1 13/1 1308/100", "N") or 0, 41.2203)
        self.assertAlmostEqual(values.degrees("41,13.218S") or 0, -41.2203)
        self.assertAlmostEqual(values.degrees("-96.071625") or 0, -96.071625)
        self.assertAlmostEqual(values.degrees("96.071625", "W") or 0, -96.071625)

    def test_broken_minutes_leave_the_degrees(self) -> None:
        self.assertEqual(values.degrees("41/1 0/0 0/0", "N"), 41)

    def test_what_is_no_angle_is_unknown(self) -> None:
        for written in ("", "0/0 0/0 0/0", "181", "1 2 3 4", "north"):
            self.assertIsNone(values.degrees(written), written)


class AnythingTest(SimpleTestCase):
    @given(ANYTHING)
    def test_no_value_can_break_a_reader(self, value: object) -> None:
        values.text(value)
        values.number(value)
        values.whole(value)
        values.degrees(value, "S")
