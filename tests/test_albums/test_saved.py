"""The form in which a search is kept."""

import random
from contextlib import suppress

from albums.saved import kept_order, kept_query
from library.query import QueryError, parse
from tests.base import TestCase


class KeptQueryTest(TestCase):
    def test_a_search_is_written_in_normal_form(self) -> None:
        grant = self.grant_of(self.alice)
        for typed, kept in (
            ("", ""),
            ("  sunset   tuscany ", "sunset tuscany"),
            ('label:"cat" or (dog)', "label:cat | dog"),
            ("taken:last-summer", "taken:last-summer"),
            ('title:"Lake Como" !raw:yes', 'title:"Lake Como" -raw:yes'),
        ):
            self.assertEqual(kept_query(typed, grant), kept)

    def test_what_cannot_be_answered_is_refused(self) -> None:
        for typed in ("lable:cat", "iso:fast", "x" * 5000, "(((((((((((((((((a", "( )", "|"):
            with self.assertRaises(QueryError, msg=typed):
                kept_query(typed, self.grant_of(self.alice))

    def test_what_is_kept_means_what_was_typed(self) -> None:
        grant, chance = self.grant_of(self.alice), random.Random(7)
        for _ in range(200):
            typed = "".join(chance.choices("abc:\"()|&!- *\\'é2", k=chance.randint(1, 30)))
            with self.subTest(typed), suppress(QueryError):
                kept = kept_query(typed, grant)
                self.assertEqual(parse(kept), parse(typed))
                self.assertEqual(kept_query(kept, grant), kept)

    def test_orders_are_those_of_photos(self) -> None:
        self.assertEqual((kept_order(""), kept_order(" Oldest ")), ("", "oldest"))
        with self.assertRaises(QueryError):
            kept_order("best")
