"""Photos that are deleted for good while somebody else's search of a large library is being answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from library.search.buckets import bucket_list
from library.search.grouping import grouped
from library.search.idsets import IdSet
from library.search.matching import Matcher, Tree
from library.search.memory import MEMORY
from tests.make import make_photo
from tests.test_search.large import LargeTestCase


class GoneMeanwhileTest(LargeTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photos = [make_photo(taken="2024-05-17", country="it") for _ in range(12)]
        bucket_list("year:2024", self.grant_of(self.admin))
        grouped("", self.grant_of(self.admin), "country")

    @contextmanager
    def deleting(self) -> Iterator[None]:
        """Once the photos are found one goes, and another request has its change read."""
        found = Matcher.found

        def find_and_delete(matcher: Matcher, tree: Tree) -> IdSet:
            ids = found(matcher, tree)
            self.photos.pop().delete()
            MEMORY.refresh()
            return ids

        with patch.object(Matcher, "found", find_and_delete):
            yield

    def test_the_timeline_has_no_day_for_it(self) -> None:
        with self.deleting():
            self.assertEqual(bucket_list("year:2024", self.grant_of(self.admin)).buckets, (("2024-05", 11),))

    def test_no_group_has_it(self) -> None:
        for columns in (("country",), ("local_day",), ("year", "month"), ("folder",)):
            with self.subTest(columns), self.deleting():
                (group,) = grouped("", self.grant_of(self.admin), *columns)
                self.assertEqual((group.count, group.first.isoformat()), (len(self.photos), "2024-05-17"))
