"""What stands after a filter's colon."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from library.query import BadValue, values
from library.query.values import Pattern, Period, Range

TODAY = date(2024, 1, 31)


class ListsTest(SimpleTestCase):
    def test_alternatives_are_trimmed_and_never_empty(self) -> None:
        self.assertEqual(values.one_of("cat | dog||"), ("cat", "dog"))

    def test_or_between_the_words_of_a_group_is_an_operator(self) -> None:
        self.assertEqual(values.all_of("b* or kuh"), (("b*", "kuh"),))

    def test_or_at_the_edge_is_a_word(self) -> None:
        self.assertEqual(values.all_of("or kuh"), (("or kuh",),))

    def test_in_names_or_and_and_are_words(self) -> None:
        self.assertEqual(values.one_of("Trick or Treat|Salt and Pepper"), ("Trick or Treat", "Salt and Pepper"))

    def test_a_blank_between_single_words_means_and(self) -> None:
        self.assertEqual(values.words("sand red|blue & sea"), (("sand",), ("red", "blue"), ("sea",)))
        self.assertEqual(values.words("a b | c d"), (("a",), ("b", "c"), ("d",)))

    def test_an_escaped_operator_is_a_character(self) -> None:
        self.assertEqual(values.one_of(r"a\|b|c\\"), ("a|b", "c\\"))

    def test_and_holds_groups_of_alternatives(self) -> None:
        self.assertEqual(values.all_of("sand & sea|lake and sun"), (("sand",), ("sea", "lake"), ("sun",)))

    @given(st.text(alphabet="ab|&*%\\", min_size=1))
    def test_an_escaped_text_means_itself(self, text: str) -> None:
        self.assertEqual(values.one_of(values.escape(text)), (text,))


class PatternTest(SimpleTestCase):
    def test_a_wildcard_stands_for_any_text(self) -> None:
        pattern = values.pattern("IMG_*a*z")
        self.assertTrue(pattern.matches("img_1a2z"))
        self.assertFalse(pattern.matches("img_1z"))
        self.assertFalse(values.pattern("ab*ba").matches("aba"))

    def test_a_text_without_wildcard_matches_itself_only(self) -> None:
        self.assertTrue(values.pattern("Straße").is_literal)
        self.assertFalse(values.pattern("cat").matches("cats"))

    def test_wildcards_in_a_row_count_as_one(self) -> None:
        self.assertEqual(values.pattern("yoga**%"), Pattern(("yoga", "")))

    def test_an_escaped_wildcard_is_a_character(self) -> None:
        self.assertEqual(values.pattern(r"50\%*"), Pattern(("50%", "")))

    def test_the_characters_of_like_are_escaped(self) -> None:
        self.assertEqual(values.pattern(r"50\%_*").like(), r"50\%\_%")

    def test_each_alternative_is_a_pattern(self) -> None:
        self.assertEqual(values.patterns("a*|b"), (Pattern(("a", "")), Pattern(("b",))))


class NumbersTest(SimpleTestCase):
    def test_one_number_is_exact(self) -> None:
        self.assertEqual(values.numbers("200"), (Range(200, 200),))

    def test_a_range_has_two_ends(self) -> None:
        self.assertEqual(values.numbers("2.8-4.5"), (Range(2.8, 4.5),))

    def test_a_leading_minus_belongs_to_the_number(self) -> None:
        self.assertEqual(values.numbers("-10--5|-3"), (Range(-10, -5), Range(-3, -3)))

    def test_a_range_may_be_open(self) -> None:
        self.assertEqual(values.numbers("400-"), (Range(low=400),))

    def test_a_comparison_leaves_its_number_out(self) -> None:
        (above,) = values.numbers(">800")
        self.assertFalse(above.holds(800))
        self.assertTrue(above.holds(801))

    def test_a_comparison_with_equals_holds_its_number(self) -> None:
        (most,) = values.numbers("<= 800")
        self.assertTrue(most.holds(800))

    def test_integers_are_whole(self) -> None:
        self.assertEqual(values.integers("1990|-1"), (1990, -1))
        self.assert_refused(values.integers, "19.5")

    def test_what_is_no_number_is_refused_with_what_is_wanted(self) -> None:
        for value in ("cat", "1e5", "nan", "٣", "--5", "&cat", "9" * 30, "9007199254740993.5"):
            self.assert_refused(values.number, value)
            self.assert_refused(values.numbers, value)

    def test_the_sentence_names_the_filter(self) -> None:
        self.assertEqual(str(BadValue("cat", "a number").of_filter("iso")), "“iso:cat” is not a number.")

    def assert_refused(self, read: Callable[[str], object], value: str) -> None:
        with self.assertRaises(BadValue, msg=value):
            read(value)


class SwitchTest(SimpleTestCase):
    def test_no_in_many_languages(self) -> None:
        for value in ("no", "0", "false", "Nein", "нет", "unset", "hayır", "ei"):
            self.assertFalse(values.switch(value), value)

    def test_all_else_is_yes(self) -> None:
        for value in ("yes", "1", "true", "cat", "*cat", "^cat$#", "да"):
            self.assertTrue(values.switch(value), value)


class DatesTest(SimpleTestCase):
    def test_a_date_may_be_coarse(self) -> None:
        self.assertEqual(values.period("2024", TODAY), Period(date(2024, 1, 1), date(2024, 12, 31)))
        self.assertEqual(values.period("2024-2", TODAY), Period(date(2024, 2, 1), date(2024, 2, 29)))
        self.assertEqual(values.period("2024-02-03T10:00:00Z", TODAY), Period(date(2024, 2, 3), date(2024, 2, 3)))

    def test_words_count_from_today(self) -> None:
        expected = {
            "today": (date(2024, 1, 31), date(2024, 1, 31)),
            "yesterday": (date(2024, 1, 30), date(2024, 1, 30)),
            "last-week": (date(2024, 1, 22), date(2024, 1, 28)),
            "this week": (date(2024, 1, 29), date(2024, 2, 4)),
            "last-month": (date(2023, 12, 1), date(2023, 12, 31)),
            "last-year": (date(2023, 1, 1), date(2023, 12, 31)),
            "last-summer": (date(2023, 6, 1), date(2023, 8, 31)),
            "last-winter": (date(2022, 12, 1), date(2023, 2, 28)),
            "this-winter": (date(2023, 12, 1), date(2024, 2, 29)),
        }
        for value, (first, last) in expected.items():
            self.assertEqual(values.period(value, TODAY), Period(first, last), value)

    def test_what_is_no_date_is_refused(self) -> None:
        for value in ("cat", "2024-13", "2024-02-30", "0000", "last-cat", ""):
            with self.assertRaises(BadValue, msg=value):
                values.period(value, TODAY)

    def test_a_moment_without_zone_is_utc(self) -> None:
        self.assertEqual(values.moment("2001-01-02 17:04:05"), datetime(2001, 1, 2, 17, 4, 5, tzinfo=UTC))

    def test_a_moment_is_told_in_utc(self) -> None:
        self.assertEqual(values.moment("2022-01-02T13:04:05+01:00"), datetime(2022, 1, 2, 12, 4, 5, tzinfo=UTC))


class AnyValueTest(SimpleTestCase):
    @settings(max_examples=3000, deadline=None)
    @given(st.text(alphabet="0123456789-:.<>=|&*%\\ TZlastyerwink") | st.text())
    def test_no_value_raises_anything_but_bad_value(self, value: str) -> None:
        readers: list[Callable[[str], object]] = [
            values.one_of,
            values.all_of,
            values.patterns,
            values.numbers,
            values.integers,
            values.number,
            values.switch,
            values.moment,
            lambda text: values.period(text, TODAY),
        ]
        for read in readers:
            try:
                read(value)
            except BadValue as error:
                self.assertTrue(str(error).endswith("."))
