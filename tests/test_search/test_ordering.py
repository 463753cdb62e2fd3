"""Sort orders and paging."""

from unittest.mock import patch

from django.test import SimpleTestCase

from library.search import search
from library.search.ordering import ALIASES, ORDERS, BadPage, UnknownOrder, order_named
from tests.base import TestCase
from tests.make import make_photo


class OrderNameTest(SimpleTestCase):
    def test_an_order_has_other_names_too(self) -> None:
        self.assertIs(order_named("imported"), order_named("added"))
        self.assertLessEqual(set(ALIASES.values()), ORDERS.keys())

    def test_an_unknown_order_is_named_in_the_sentence(self) -> None:
        with self.assertRaisesMessage(UnknownOrder, "“sideways”"):
            order_named("sideways")

    def test_a_seed_is_a_number_and_belongs_to_random_alone(self) -> None:
        self.assertEqual(order_named("random:7").seed, 7)
        for name in ("random:x", "random:-1", "random:²", "newest:7", "random:" + "9" * 30):
            with self.assertRaises(UnknownOrder, msg=name):
                order_named(name)


class OrderTest(TestCase):
    def assert_order(self, order: str, *photos: object) -> None:
        page = search("", self.grant_of(self.admin), order=order)
        self.assertEqual([photo.pk for photo in page.photos], [photo.pk for photo in photos])

    def test_newest_and_oldest(self) -> None:
        old, new = make_photo(taken="2020-01-01"), make_photo(taken="2024-01-01")
        self.assert_order("newest", new, old)
        self.assert_order("oldest", old, new)

    def test_by_name_and_by_title(self) -> None:
        a, b = make_photo(folder="a", title="Z"), make_photo(folder="b", title="Y")
        self.assert_order("name", a, b)
        self.assert_order("title", b, a)

    def test_the_largest_originals_first(self) -> None:
        small, large = make_photo(file={"size": 10}), make_photo(file={"size": 20})
        self.assert_order("size", large, small)

    def test_edited_shows_edited_photos_alone(self) -> None:
        make_photo()
        edited = make_photo(edited_at="2024-05-01T00:00:00Z")
        self.assert_order("edited", edited)

    def test_every_order_can_be_asked_for(self) -> None:
        photo = make_photo()
        for order in ORDERS:
            found = search("", self.grant_of(self.admin), order=order).photos
            self.assertIn(found, [(photo,), ()], order)


class PagingTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        # Three of the same second: the id decides between them.
        times = ("2024-01-03", "2024-01-02", "2024-01-02", "2024-01-02", "2024-01-01")
        cls.photos = [make_photo(taken=taken, keywords=["lake"]) for taken in times]

    def pages(self, order: str, **search_for: object) -> list[int]:
        found: list[int] = []
        after = ""
        while True:
            page = search("", self.grant_of(self.admin), order=order, count=2, after=after, **search_for)
            found += [photo.pk for photo in page.photos]
            after = page.after
            if not page.has_more:
                return found

    def test_pages_by_key_hold_every_photo_once(self) -> None:
        everything = {photo.pk for photo in self.photos}
        for order in (*(ORDERS.keys() - {"edited", "archived", "duration"}), "random:7"):
            found = self.pages(order)
            self.assertEqual(len(found), 5, order)
            self.assertEqual(set(found), everything, order)

    def test_pages_by_offset(self) -> None:
        grant = self.grant_of(self.admin)
        found = [photo.pk for start in (0, 2, 4) for photo in search("", grant, count=2, offset=start).photos]
        self.assertEqual(found, self.pages("newest"))

    def test_a_made_up_mark_is_refused(self) -> None:
        for mark in ("x", "W10=", "bnVsbA=="):
            with self.assertRaises(BadPage):
                search("", self.grant_of(self.admin), after=mark)

    def test_the_window_and_the_whole_library_agree(self) -> None:
        grant = self.grant_of(self.admin)
        whole = [photo.pk for photo in search("lake", grant, count=2).photos]
        with patch("library.search.WINDOW", 3), patch("library.search.LITTLE", 0):
            self.assertEqual([photo.pk for photo in search("lake", grant, count=2).photos], whole)
        with patch("library.search.LITTLE", 0):
            self.assertEqual([photo.pk for photo in search("lake", grant, count=2).photos], whole)

    def test_a_page_costs_few_queries_whatever_its_size(self) -> None:
        grant = self.grant_of(self.admin)
        with self.assertNumQueries(4):
            search("", grant, count=5)
