"""The words of a text that was read in a picture."""

from django.test import SimpleTestCase

from library.ocr.words import LONGEST, line, words


class WordsTest(SimpleTestCase):
    def test_words_are_without_case_accents_and_signs(self) -> None:
        self.assertEqual(words("Café-STRASSE 12!"), {"cafe", "strasse", "12"})

    def test_a_sharp_s_is_two(self) -> None:
        self.assertEqual(words("Grüne Straße"), {"grune", "strasse"})

    def test_scripts_without_blanks_are_cut_into_pairs(self) -> None:
        self.assertEqual(words("出口専用 A4"), {"出口", "口専", "専用", "a4"})
        self.assertEqual(words("口"), {"口"})

    def test_korean_has_blanks(self) -> None:
        self.assertEqual(words("버스 정류장"), words("버스") | words("정류장"))
        self.assertEqual(len(words("버스 정류장")), 2)

    def test_what_nobody_types_is_cut(self) -> None:
        self.assertEqual({len(word) for word in words("x" * 200)}, {LONGEST})

    def test_signs_alone_are_no_words(self) -> None:
        self.assertEqual(words("--- *** !"), set())

    def test_a_line_has_one_blank_around_each_word(self) -> None:
        self.assertEqual(line("Bus,  Stop!"), " bus stop ")
