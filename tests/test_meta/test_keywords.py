"""Keywords from texts and names."""

from django.test import SimpleTestCase

from library.meta import keywords


class KeywordsTest(SimpleTestCase):
    def test_words_keep_their_hyphens_and_apostrophes(self) -> None:
        self.assertEqual(keywords.words("I'm a lazy-BRoWN fox!"), ["I'm", "lazy-BRoWN", "fox"])

    def test_one_sign_is_a_word_where_signs_are_words(self) -> None:
        self.assertEqual(keywords.words("桥"), ["桥"])
        self.assertEqual(keywords.words("x"), [])

    def test_stop_words_and_short_words_say_nothing(self) -> None:
        self.assertEqual(keywords.keywords("Île de la Réunion"), ["île", "réunion"])
        self.assertTrue(keywords.stop_words_only("Folders Dateien File"))

    def test_file_names_are_split_at_every_mark(self) -> None:
        self.assertEqual(keywords.file_keywords("Alps/lazy-brown var_fox.jpg"), ["alps", "lazy", "brown", "fox"])

    def test_each_keyword_once_and_sorted(self) -> None:
        self.assertEqual(keywords.unique_keywords("Tree, lake, tree, 1st"), ["1st", "lake", "tree"])

    def test_words_can_be_taken_away(self) -> None:
        self.assertEqual(keywords.remove_words(["lazy", "Brown", "apple"], "brown apple"), ["lazy"])

    def test_consonants_alone_are_no_word(self) -> None:
        self.assertTrue(keywords.is_unknown_word("xqx"))
        self.assertFalse(keywords.is_unknown_word("muh"))
