"""Cleaning rules."""

from django.test import SimpleTestCase

from library.meta import clean


class TitleCaseTest(SimpleTestCase):
    def test_small_words_stay_small_inside(self) -> None:
        self.assertEqual(clean.title_case("browse your life in pictures"), "Browse Your Life in Pictures")
        self.assertEqual(clean.title_case("ducs de la force"), "Ducs de la Force")

    def test_known_spellings(self) -> None:
        self.assertEqual(clean.title_case("ebay is not tiktok! / ard & zdf"), "eBay Is Not TikTok! / ARD & ZDF")

    def test_hyphens_and_articles(self) -> None:
        self.assertEqual(clean.title_case("île-de-france"), "Île-de-France")
        self.assertEqual(clean.title_case("cour d'Honneur"), "Cour d'Honneur")


class CameraJunkTest(SimpleTestCase):
    def test_what_cameras_write_is_no_title(self) -> None:
        for written in (
            "OLYMPUS DIGITAL CAMERA",
            "SONY DSC",
            " <KENOX S630  / Samsung S630>",
            "DCIM",
            "IMG_0001",
            "...",
        ):
            self.assertEqual(clean.title(written), "", written)

    def test_what_people_write_stays(self) -> None:
        for written in ("Mongol Els", "Camera obscura", "Image of a lake", "桥", "7 Samurai"):
            self.assertEqual(clean.title(written), written)


class TextTest(SimpleTestCase):
    def test_a_slug_is_small_ascii(self) -> None:
        self.assertEqual(clean.slug('William "HenRy" gates\' '), "william-henry-gates")
        self.assertEqual(clean.slug("Älpler Chilbi!"), "alpler-chilbi")

    def test_a_slug_of_another_script_is_not_empty(self) -> None:
        self.assertEqual(clean.slug("富士山 春"), "富士山-春")

    def test_a_name_has_no_quotes_and_starts_large(self) -> None:
        self.assertEqual(clean.name('william "HenRy" gates\' '), "William HenRy Gates'")

    def test_long_texts_are_cut_between_words(self) -> None:
        self.assertEqual(clean.shorten("I'm ä lazy fox", 8), "I'm ä…")
        self.assertEqual(clean.shorten("fox", 8), "fox")
        self.assertEqual(clean.shorten("", -1), "")

    def test_control_characters_and_replacement_marks_go(self) -> None:
        self.assertEqual(clean.unicode("a\x00b\ufffdc"), "abc")

    def test_the_mark_of_a_copy(self) -> None:
        self.assertEqual(
            [clean.strip_sequence(name) for name in ("A (2)", "A copy 3", "A.00001", "(2)")], ["A", "A", "A", "(2)"]
        )
