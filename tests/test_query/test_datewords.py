"""Words for dates."""

from django.test import SimpleTestCase

from library.query import parse, unparse
from library.query.datewords import RELATIVE, dates


class DateWordsTest(SimpleTestCase):
    def asked(self, phrase: str) -> list[str]:
        return [unparse(date.node) for date in dates(phrase)]

    def label(self, phrase: str) -> str:
        return next(dates(phrase)).label

    def test_years(self) -> None:
        self.assertEqual(self.asked("2024"), ["year:2024"])
        self.assertEqual(self.asked("1999-2003"), ["year:1999-2003"])
        self.assertEqual([self.asked(word)[0] for word in ("90s", "1990s", "20s")], [
            "year:1990-1999",
            "year:1990-1999",
            "year:2020-2029",
        ])  # fmt: skip

    def test_numbers_that_are_no_years(self) -> None:
        self.assertEqual([self.asked(word) for word in ("0203", "12345", "2003-1999", "７２３４")], [[]] * 4)

    def test_months_in_several_languages_with_and_without_accents(self) -> None:
        for word in ("July", "juli", "juillet", "julio", "luglio", "julho"):
            self.assertEqual(self.asked(word), ["month:7"], word)
        self.assertEqual([self.asked(word) for word in ("décembre", "decembre", "März")], [
            ["month:12"],
            ["month:12"],
            ["month:3"],
        ])  # fmt: skip

    def test_seasons(self) -> None:
        self.assertEqual([self.asked(word)[0] for word in ("summer", "Herbst", "hiver")], [
            "month:6-8",
            "month:9-11",
            "month:12|1|2",
        ])  # fmt: skip

    def test_a_winter_ends_in_the_next_year(self) -> None:
        for phrase in ("winter 2019", "2019 winter"):
            self.assertEqual(self.asked(phrase), ["after:2019-12-01 before:2020-02-29"])

    def test_days_seen_from_today(self) -> None:
        phrases = ("yesterday", "gestern", "last summer", "this week")
        self.assertEqual(
            [self.asked(phrase) for phrase in phrases],
            [["taken:yesterday"], ["taken:yesterday"], ["taken:last-summer"], ["taken:this-week"]],
        )
        for phrase in RELATIVE:
            self.assertTrue(self.asked(phrase), phrase)

    def test_half_of_it_is_nothing(self) -> None:
        self.assertEqual([self.asked(word) for word in ("last", "this", "last tree", "week", "")], [[]] * 5)

    def test_days(self) -> None:
        for phrase in ("2024-05-30", "30.5.2024", "2024/05/30", "30 may 2024", "May 30, 2024", "30th may 2024"):
            self.assertEqual(self.asked(phrase), ["taken:2024-05-30"], phrase)
        self.assertEqual(self.asked("2024-05"), ["taken:2024-05"])

    def test_a_day_of_every_year(self) -> None:
        self.assertEqual([self.asked(phrase) for phrase in ("may 30", "30. mai")], [["day:30 month:5"]] * 2)

    def test_days_that_do_not_exist(self) -> None:
        for phrase in ("2024-13", "2024-02-30", "feb 30", "31 june 2024", "0 may", "99.99.2024"):
            self.assertEqual(self.asked(phrase), [], phrase)

    def test_labels_for_a_reader(self) -> None:
        self.assertEqual(
            [self.label(phrase) for phrase in ("2024-05", "30.5.2024", "LAST SUMMER", "may 30", "90s", "herbst")],
            ["May 2024", "30 May 2024", "Last summer", "30 May", "1990s", "Autumn"],
        )

    def test_each_can_be_written_as_a_query(self) -> None:
        for phrase in ("2024", "july", "winter 2019", "may 30", "last summer", "2024-05-30"):
            for date in dates(phrase):
                self.assertEqual(parse(unparse(date.node)), date.node)
