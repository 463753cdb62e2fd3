"""`text:` and free words find what is written in pictures."""

from django.contrib.auth.models import User

from library.ocr.recognizer import Line
from library.search.reasons import reasons
from library.seen_texts import save_lines
from tests.base import TestCase
from tests.make import ARCHIVED_AT, make_photo, make_text


class TextFilterTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.stop = make_photo(text=["BUS STOP", "Platform 12"])
        cls.street = make_photo(text=["Gasthaus", "Grüner Straße 7"])
        cls.metro = make_photo(text=["出口専用", "EXIT ONLY"])
        cls.plain = make_photo(title="A bus in the rain")

    def test_words_are_found_whole_or_from_four_letters_as_beginnings(self) -> None:
        self.assertFound("text:bus", self.stop)
        self.assertFound("text:plat", self.stop)
        self.assertFound("text:pla")
        self.assertFound("text:latform")

    def test_case_and_accents_do_not_matter(self) -> None:
        self.assertFound("text:GRUNER", self.street)
        self.assertFound("text:grüner", self.street)
        self.assertFound("text:strasse", self.street)

    def test_numbers_are_words(self) -> None:
        self.assertFound("text:12", self.stop)
        self.assertFound("text:1")

    def test_a_phrase_is_of_words_that_stand_together_also_over_the_end_of_a_line(self) -> None:
        self.assertFound('text:"bus stop"', self.stop)
        self.assertFound('text:"stop platform"', self.stop)
        self.assertFound('text:"bus platform"')
        self.assertFound('text:"stop bus"')

    def test_the_last_word_of_a_phrase_may_go_on(self) -> None:
        self.assertFound('text:"stop plat"', self.stop)
        self.assertFound('text:"stop pla"')
        self.assertFound('text:"us stop"')

    def test_alternatives_and_both(self) -> None:
        self.assertFound("text:bus|gasthaus", self.stop, self.street)
        self.assertFound('text:"bus stop"|exit', self.stop, self.metro)
        self.assertFound("text:bus&12", self.stop)
        self.assertFound("text:bus&exit")

    def test_wildcards(self) -> None:
        self.assertFound("text:*form", self.stop)
        self.assertFound("text:b*s", self.stop)
        self.assertFound('text:"bus st*"', self.stop)
        self.assertFound('text:"b*s stop"', self.stop)

    def test_any_text_and_none(self) -> None:
        self.assertFound("text:*", self.stop, self.street, self.metro)
        self.assertFound("-text:*", self.plain)

    def test_negation(self) -> None:
        self.assertFound("-text:bus", self.street, self.metro, self.plain)
        self.assertFound("text:* -text:bus", self.street, self.metro)

    def test_scripts_without_blanks_are_found_by_any_part(self) -> None:
        for query in ("text:出口", "text:口専", "text:出口専用", "text:口専用", "text:出"):
            with self.subTest(query):
                self.assertFound(query, self.metro)
        self.assertFound("text:口出")

    def test_signs_alone_find_nothing(self) -> None:
        self.assertFound('text:"--"')

    def test_a_word_of_both_kinds_of_sign_is_a_phrase(self) -> None:
        photo = make_photo(text=["E-MAIL"])
        self.assertFound("text:e-mail", photo)
        self.assertFound("e-mail", photo)


class FreeWordsTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.stop = make_photo(text=["BUS STOP", "Platform 12"])
        cls.named = make_photo(title="Platform at night", keywords=["platform"])

    def test_free_words_find_text_beside_everything_else(self) -> None:
        self.assertFound("platform", self.stop, self.named)
        self.assertFound("bus platform", self.stop)

    def test_quotes_find_it_as_a_phrase(self) -> None:
        self.assertFound('"bus stop"', self.stop)
        self.assertFound('"stop bus"')

    def test_a_word_in_a_picture_hides_no_title_that_only_holds_it(self) -> None:
        """Titles are read for words that no label and keyword knows."""
        other = make_photo(title="The buses of Oslo")
        self.assertFound("bus", self.stop, other)

    def test_the_reason_is_told(self) -> None:
        for query, text in (("platform", "platform"), ('"bus stop"', "bus stop"), ("text:bus", "bus")):
            with self.subTest(query):
                told = self.reasons(query, self.admin)
                self.assertEqual(told, [("text", f"Text in the picture: “{text}”")])

    def test_what_others_keep_private_is_not_found_by_its_text(self) -> None:
        hidden = make_photo(text=["SECRET DOOR"], private=True)
        self.assertFound("text:secret", by=self.bob)
        self.assertFound("secret", by=self.bob)
        self.assertFound("text:secret private:yes", hidden, by=self.admin)

    def reasons(self, query: str, user: User) -> list[tuple[str, str]]:
        told = reasons(query, [self.stop.uid], self.grant_of(user))
        return [(reason.kind, reason.label) for reason in told[self.stop.uid]]


class KeptTextTest(TestCase):
    def test_another_reading_takes_the_place_of_the_first(self) -> None:
        photo = make_photo(text=["BUS STOP"])
        make_text(photo, "TRAM STOP")
        self.assertFound("text:bus")
        self.assertFound('text:"tram stop"', photo)

    def test_whether_the_words_are_others_is_told(self) -> None:
        photo = make_photo()
        area = (0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0)
        for text, is_new in (("BUS", True), ("bus", False), ("TRAM", True)):
            self.assertEqual(save_lines(photo, "a" * 40, [Line(text, 90, area)], ARCHIVED_AT), is_new)
