"""When the photos of an album were taken, as it is written beside the title."""

from datetime import date

from django.test import SimpleTestCase

from albums.shown import Filling, show_album
from tests.base import TestCase
from tests.make import make_album, make_photo


class SpanTest(SimpleTestCase):
    def test_it_is_as_short_as_it_can_be(self) -> None:
        for first, last, span, short in (
            (None, None, "", ""),
            (date(2024, 5, 12), date(2024, 5, 12), "12 May 2024", "May 2024"),
            (date(2024, 5, 12), date(2024, 5, 16), "12 – 16 May 2024", "May 2024"),
            (date(2024, 5, 12), date(2024, 7, 1), "May – July 2024", "May – Jul 2024"),
            (date(2019, 5, 12), date(2026, 7, 1), "2019 – 2026", "2019 – 2026"),
        ):
            filling = Filling(first=first, last=last)
            self.assertEqual((filling.span, filling.short_span), (span, short))


class FillingTest(TestCase):
    def test_it_tells_what_who_asks_sees(self) -> None:
        photos = make_photo(taken="2020-01-01"), make_photo(taken="2024-05-17", owner=self.alice)
        for album in (make_album("Manual", *photos), make_album("Smart", filter="photo:yes")):
            for user, count, last in ((self.alice, 2, date(2024, 5, 17)), (self.bob, 1, date(2020, 1, 1))):
                filling = show_album(album, self.grant_of(user)).filling
                self.assertEqual((filling.count, filling.first, filling.last), (count, date(2020, 1, 1), last))

    def test_a_search_that_cannot_be_answered_is_told(self) -> None:
        filling = show_album(make_album("Broken", filter="lable:cat"), self.grant_of(self.alice)).filling
        self.assertEqual(filling.count, 0)
        self.assertIn("lable", filling.problem)
