"""Photos in groups: by place, month and day, from rows and from memory the same."""

from datetime import date
from typing import Any
from unittest.mock import patch

from library.models import Photo
from library.search.grouping import Group, grouped, merged
from tests.base import TestCase
from tests.make import make_photo
from tests.test_search.large import LargeTestCase, make_library

COLUMNS: tuple[tuple[str, ...], ...] = (
    ("country",),
    ("place",),
    ("country", "place"),
    ("folder",),
    ("year", "month"),
    ("local_day",),
    ("local_day", "place"),
)


class GroupingTest(TestCase):
    def groups(self, query: str, *columns: str, **asked: Any) -> dict[tuple[Any, ...], Group]:
        return {group.key: group for group in grouped(query, self.grant_of(self.alice), *columns, **asked)}

    def test_each_tells_how_many_since_when_and_the_newest(self) -> None:
        make_photo(taken="2019-06-01", country="it")
        newest = make_photo(taken="2024-05-02 09:00:00", country="it")
        make_photo(taken="2021-01-01", country="it")
        make_photo(country="no")
        italy = self.groups("", "country")["it",]
        self.assertEqual((italy.count, italy.first, italy.last), (3, date(2019, 6, 1), date(2024, 5, 2)))
        self.assertEqual(italy.cover, newest.pk)

    def test_only_what_the_account_finds_counts(self) -> None:
        make_photo(country="it", private=True)
        make_photo(country="it", archived=True)
        make_photo(country="it", quality=1)
        make_photo(country="it", owner=self.bob)
        self.assertEqual(self.groups("", "country"), {})
        mine = make_photo(country="it", owner=self.alice)
        self.assertEqual(self.groups("", "country")["it",].cover, mine.pk)

    def test_a_query_narrows(self) -> None:
        make_photo(country="it", labels=["cat"])
        make_photo(country="no")
        self.assertEqual(list(self.groups("label:cat", "country")), [("it",)])

    def test_days_are_those_of_the_wall_clock(self) -> None:
        make_photo(taken="2024-05-30 23:59:00")
        make_photo(taken="2024-05-31 00:01:00")
        self.assertEqual(sorted(self.groups("", "local_day")), [("2024-05-30",), ("2024-05-31",)])

    def test_located_ones_have_their_position(self) -> None:
        make_photo(country="it", lat=43.0, lng=11.0)
        make_photo(country="it", lat=44.0, lng=12.0)
        make_photo(country="it")
        italy = self.groups("", "country", located=True)["it",]
        self.assertEqual((italy.count, italy.lat, italy.lng), (2, 43.5, 11.5))

    def test_groups_join_to_larger_ones(self) -> None:
        one = Group(("a", "x"), 2, date(2020, 1, 1), date(2020, 1, 9), 4)
        other = Group(("a", "y"), 3, date(2019, 1, 1), date(2020, 1, 5), 7)
        left_out = Group(("b", "z"), 1, date(2020, 1, 1), date(2020, 1, 1), 9)
        joined = merged([one, other, left_out], lambda group: group.key[:1] if group.key[0] == "a" else None)
        self.assertEqual(joined, [Group(("a",), 5, date(2019, 1, 1), date(2020, 1, 9), 4)])


class LargeGroupingTest(LargeTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(patch("library.search.grouping.FEW", 7))
        make_library(60, owner=self.alice, fan=self.bob)

    def assert_same_groups(self, *columns: str, located: bool = False) -> None:
        """Photos of the same moment may stand for each other, so the covers' times are compared."""
        for user in (self.admin, self.alice, self.bob):
            grant = self.grant_of(user)
            found = grouped("", grant, *columns, located=located)
            with self.rows_alone():
                expected = grouped("", grant, *columns, located=located)
            self.assertCountEqual([self.told(group) for group in found], [self.told(group) for group in expected])

    def told(self, group: Group) -> tuple[Any, ...]:
        cover = Photo.objects.get(pk=group.cover).taken_at_local
        return group.key, group.count, group.first, group.last, cover

    def test_memory_tells_what_the_rows_tell(self) -> None:
        for columns in COLUMNS:
            with self.subTest(columns):
                self.assert_same_groups(*columns)

    def test_positions_are_those_of_the_newest_photo(self) -> None:
        self.assert_same_groups("local_day", "place", located=True)
        for group in grouped("", self.grant_of(self.admin), "local_day", located=True):
            cover = Photo.objects.get(pk=group.cover)
            self.assertAlmostEqual(group.lat, cover.lat or 0, places=3)
            self.assertAlmostEqual(group.lng, cover.lng or 0, places=3)

    def test_what_changes_is_told_at_once(self) -> None:
        self.assert_same_groups("country", "place")
        photo = Photo.objects.filter(listed=True).first()
        assert photo is not None
        make_photo(country="jp", place="Kyoto, Kyoto, Japan", taken="2026-01-01")
        Photo.objects.filter(pk=photo.pk).update(country="is", year=1999)
        self.assert_same_groups("country", "place")
        self.assert_same_groups("year", "month")
        Photo.objects.filter(pk=photo.pk).update(private=True)
        self.assert_same_groups("country")
