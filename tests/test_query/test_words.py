"""What free words may mean."""

from django.test import SimpleTestCase

from library.media.colors import NAMES
from library.query import And, Filter, Not, Or, Text, UnknownFilter, meanings, parse, suggest, understand, unparse
from library.query.words import COLORS, meant_words, misspellings, phrases, spans

NAMED = {"new york", "los angeles", "isle of man", "2024 italy", "beach", "anna"}


def knows(phrase: str) -> bool:
    return phrase in NAMED or bool(meanings(phrase))


class MeaningsTest(SimpleTestCase):
    def nodes(self, phrase: str) -> list[str]:
        return [unparse(meaning.node) for meaning in meanings(phrase)]

    def test_a_year_and_a_month_are_known(self) -> None:
        self.assertEqual(self.nodes("2024"), ["year:2024"])
        self.assertEqual(self.nodes("July"), ["month:7"])

    def test_a_number_beyond_the_years_is_a_word(self) -> None:
        self.assertEqual(meanings("4711"), ())

    def test_kinds_are_switches(self) -> None:
        words = ("videos", "raw", "panorama", "favourites", "people", "photos", "screenshots", "black white")
        self.assertEqual(
            [self.nodes(word)[0] for word in words],
            [
                "video:yes",
                "raw:yes",
                "panorama:yes",
                "favorite:yes",
                "faces:yes",
                "photo:yes",
                "keywords:screenshot|screenshots",
                "mono:yes",
            ],
        )

    def test_a_format_is_the_end_of_a_name(self) -> None:
        self.assertEqual(self.nodes("heic"), ["filename:*.heic|*.heif"])

    def test_colors(self) -> None:
        self.assertEqual(COLORS, NAMES)
        self.assertEqual([self.nodes(word) for word in ("red", "gray", "violet")], [
            ["color:red"],
            ["color:grey"],
            ["color:purple"],
        ])  # fmt: skip

    def test_numbers_with_what_they_count(self) -> None:
        phrases = ("50mm", "24-70 mm", "f/2.8", "f1.8", "iso 800", "12mp", "4 stars")
        self.assertEqual(
            [self.nodes(phrase) for phrase in phrases],
            [["mm:50"], ["mm:24-70"], ["f:2.8"], ["f:1.8"], ["iso:800"], ["mp:12"], ["rating:4"]],
        )

    def test_what_is_called_for_a_reader(self) -> None:
        self.assertEqual([(found.kind, found.label) for found in meanings("july")], [("date", "July")])
        self.assertEqual([(found.kind, found.label) for found in meanings("video")], [("type", "Videos")])


class UnderstandTest(SimpleTestCase):
    def written(self, query: str) -> str:
        return unparse(understand(parse(query), knows))

    def test_words_of_one_name_are_taken_together_and_each_for_itself(self) -> None:
        self.assertEqual(self.written("2024 new york"), r"2024 ((new york) | new\ york)")

    def test_a_name_of_several_words_does_not_hide_what_its_words_mean(self) -> None:
        self.assertEqual(self.written("2024 italy"), r"(2024 italy) | 2024\ italy")

    def test_words_that_only_join_are_left_out(self) -> None:
        self.assertEqual(self.written("sunset in the sand"), "sunset sand")
        self.assertEqual(self.written("photos of Anna taken at the beach"), "Anna beach")

    def test_a_joining_word_within_a_name_stays(self) -> None:
        self.assertEqual(self.written("isle of man"), r"(isle man) | isle\ of\ man")

    def test_joining_words_alone_are_searched(self) -> None:
        self.assertEqual(understand(parse("the"), knows), Text("the"))
        self.assertEqual(self.written("of the"), "of the")

    def test_quoted_words_filters_and_wildcards_stay(self) -> None:
        query = parse('"italy" iso:200 -"beach" new york*')
        self.assertEqual(understand(query, knows), query)

    def test_words_in_a_negation_and_in_groups_are_understood_too(self) -> None:
        self.assertEqual(self.written("-(new york)"), r"-((new york) | new\ york)")
        self.assertEqual(self.written("(the beach) | sand"), "beach | sand")

    def test_an_or_does_not_tear_a_name_apart(self) -> None:
        self.assertEqual(self.written("new york or paris"), r"(new york) | new\ york | paris")
        self.assertEqual(self.written("paris or new york"), r"paris | (new york) | new\ york")
        self.assertEqual(
            self.written("new york or los angeles"), r"(new york) | new\ york | (los angeles) | los\ angeles"
        )

    def test_names_around_several_ors_are_all_whole(self) -> None:
        written = self.written("(isle of man or beach) new york or los angeles or new york (anna or beach)")
        self.assertEqual(written.count(r"new\ york"), 2)
        for name in (r"isle\ of\ man", r"los\ angeles", "anna | beach"):
            self.assertIn(name, written)
        # What was a part of a name is no part of the next, however many there are.
        for words in ("a new york or b", "new york or new york or x", "beach isle of man or 1 or 2"):
            self.assertTrue(self.written(f"({words}) and {words}"))

    def test_an_or_within_no_name_is_left_alone(self) -> None:
        self.assertEqual(self.written("old york or paris"), "old (york | paris)")

    def test_a_group_of_one_is_no_or(self) -> None:
        query = And((Text("new"), Or((Text("york"),))))
        self.assertEqual(understand(query, knows), And((Text("new"), Text("york"))))

    def test_what_is_understood_is_read_again_as_the_same(self) -> None:
        for query in ("2024 new york", "-(new york)", "new york or paris", "isle of man"):
            node = understand(parse(query), knows)
            self.assertEqual(parse(unparse(node)), node)

    def test_a_negated_word_stays_negated(self) -> None:
        self.assertEqual(understand(parse("-beach"), knows), Not(Text("beach")))


class SpansTest(SimpleTestCase):
    def test_the_longest_name_comes_first(self) -> None:
        parts = parse("photos of new york iso:200").parts
        found = [(span.start, span.end, span.is_filler) for span in spans(parts, knows)]
        self.assertEqual(found, [(0, 1, True), (1, 2, True), (2, 4, False), (4, 5, False)])

    def test_phrases_are_the_words_and_up_to_four_together(self) -> None:
        self.assertEqual(set(phrases(parse("X b -c"))), {"x", "b", "c", "x b"})
        self.assertIn("u v x y", set(phrases(parse("u v x y z"))))
        self.assertNotIn("u v x y z", set(phrases(parse("u v x y z"))))

    def test_a_phrase_may_stand_around_an_or(self) -> None:
        self.assertLessEqual({"new york", "los angeles"}, set(phrases(parse("new york or los angeles"))))

    def test_words_that_only_join_are_looked_up_alone_or_within_others(self) -> None:
        self.assertEqual(set(phrases(parse("the beach"))), {"beach", "the beach"})
        self.assertEqual(set(phrases(parse("the"))), {"the"})

    def test_a_quoted_phrase_is_one(self) -> None:
        self.assertEqual(set(phrases(parse('"New York"'))), {"new york"})

    def test_filters_and_wildcards_have_none(self) -> None:
        self.assertEqual(set(phrases(parse("label:cat moun*"))), set())


class SuggestTest(SimpleTestCase):
    def test_the_nearest_key_is_named(self) -> None:
        self.assertEqual(suggest("lable", ["label", "lens", "iso"]), "label")

    def test_nothing_near_is_nothing(self) -> None:
        self.assertIsNone(suggest("xxxxxx", ["label", "lens", "iso"]))

    def test_an_unknown_filter_says_so(self) -> None:
        self.assertEqual(str(UnknownFilter("lable", "label")), "There is no filter “lable”; did you mean “label”?")

    def test_one_error_away(self) -> None:
        for wrong in ("beahc", "beac", "beeach", "beath"):
            self.assertIn("beach", misspellings(wrong))
        self.assertNotIn("beach", misspellings("beach"))

    def test_words_with_a_meaning_in_any_library(self) -> None:
        self.assertLessEqual({"july", "videos", "red", "summer"}, meant_words())


class FilterTest(SimpleTestCase):
    def test_each_meaning_can_be_written_as_a_query(self) -> None:
        for word in sorted(meant_words()):
            for meaning in meanings(word):
                self.assertEqual(parse(unparse(meaning.node)), meaning.node)
                self.assertIsInstance(meaning.node, Filter)
