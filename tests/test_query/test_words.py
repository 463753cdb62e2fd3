"""What free words may mean."""

from django.test import SimpleTestCase

from library.query import And, Filter, Not, Or, Text, UnknownFilter, meanings, parse, suggest, understand, unparse

KNOWN = {"country": {"italy": "it"}, "city": {"new york": "New York"}, "label": {"beach": "beach"}}


class MeaningsTest(SimpleTestCase):
    def test_a_year_and_a_month_are_known(self) -> None:
        self.assertEqual(meanings("2024", KNOWN), (Filter("year", "2024"),))
        self.assertEqual(meanings("July", KNOWN), (Filter("month", "7"),))

    def test_a_number_beyond_the_years_is_a_word(self) -> None:
        self.assertEqual(meanings("4711", KNOWN), ())

    def test_a_name_may_come_from_any_vocabulary(self) -> None:
        self.assertEqual(meanings("Italy", KNOWN), (Filter("country", "it"),))

    def test_a_kind_is_a_switch(self) -> None:
        self.assertEqual(meanings("videos", KNOWN), (Filter("video", "yes"),))


class UnderstandTest(SimpleTestCase):
    def test_a_word_is_widened_and_never_lost(self) -> None:
        self.assertEqual(understand(Text("beach"), KNOWN), Or((Text("beach"), Filter("label", "beach"))))

    def test_words_of_one_name_are_taken_together(self) -> None:
        written = unparse(understand(parse("2024 new york"), KNOWN))
        self.assertEqual(written, '(2024 | year:2024) ((new york) | city:"New York")')

    def test_words_that_only_join_are_left_out(self) -> None:
        self.assertEqual(understand(parse("sunset in the sand"), KNOWN), And((Text("sunset"), Text("sand"))))

    def test_a_joining_word_alone_is_searched(self) -> None:
        self.assertEqual(understand(parse("the"), KNOWN), Text("the"))

    def test_quoted_words_and_filters_stay(self) -> None:
        query = parse('"italy" iso:200 -"beach"')
        self.assertEqual(understand(query, KNOWN), query)

    def test_a_negated_word_is_widened_inside(self) -> None:
        self.assertEqual(understand(parse("-beach"), KNOWN), Not(Or((Text("beach"), Filter("label", "beach")))))


class SuggestTest(SimpleTestCase):
    def test_the_nearest_key_is_named(self) -> None:
        self.assertEqual(suggest("lable", ["label", "lens", "iso"]), "label")

    def test_nothing_near_is_nothing(self) -> None:
        self.assertIsNone(suggest("xxxxxx", ["label", "lens", "iso"]))

    def test_an_unknown_filter_says_so(self) -> None:
        self.assertEqual(str(UnknownFilter("lable", "label")), "There is no filter “lable”; did you mean “label”?")
