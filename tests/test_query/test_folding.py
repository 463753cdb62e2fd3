"""Texts without accents, forms of words, words for the same."""

from django.test import SimpleTestCase

from library.query.folding import fold, forms
from library.query.synonyms import SYNONYMS, synonyms


class FoldTest(SimpleTestCase):
    def test_case_and_accents_are_lost(self) -> None:
        self.assertEqual([fold(text) for text in ("São Tomé", "Straße", "Tromsø", "Łódź")], [
            "sao tome",
            "strasse",
            "tromso",
            "lodz",
        ])  # fmt: skip

    def test_other_scripts_stay(self) -> None:
        self.assertEqual(fold("Киев"), "киев")
        self.assertEqual(fold("北京"), "北京")


class FormsTest(SimpleTestCase):
    def test_singular_and_plural(self) -> None:
        for one, many in (
            ("dog", "dogs"),
            ("city", "cities"),
            ("beach", "beaches"),
            ("child", "children"),
            ("glass", "glasses"),
            ("boy", "boys"),
            ("wolf", "wolves"),
            ("person", "people"),
        ):
            self.assertIn(many, forms(one))
            self.assertIn(one, forms(many))

    def test_the_word_itself_comes_first(self) -> None:
        self.assertEqual(forms("dogs")[0], "dogs")

    def test_the_last_of_several_words_is_bent(self) -> None:
        self.assertIn("golden retriever", forms("golden retrievers"))

    def test_short_words_and_numbers_have_one_form(self) -> None:
        self.assertEqual((forms("us"), forms("5ds"), forms("")), (("us",), ("5ds",), ("",)))


class SynonymsTest(SimpleTestCase):
    def test_words_for_the_same(self) -> None:
        self.assertIn("dog", synonyms(["puppy"]))
        self.assertIn("bicycle", synonyms(["bike"]))

    def test_what_was_given_is_not_repeated(self) -> None:
        self.assertNotIn("dog", synonyms(["puppy", "dog"]))

    def test_each_is_mutual(self) -> None:
        for word, others in SYNONYMS.items():
            for other in others:
                self.assertIn(word, SYNONYMS[other])
