"""Reading the changes, whatever the order in which transactions end."""

from datetime import date
from unittest.mock import patch

from library.counts import recount_days
from library.models import Change
from library.models.change import EVERY_PHOTO, NO_PHOTO
from library.search.changes import Feed, forget_old_changes
from tests.base import TestCase


class FeedTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        Change.objects.all().delete()
        self.note(1)
        self.feed = Feed()
        self.assertTrue(self.feed.read()[0].is_lost)

    def note(self, *photos: int, start: int = 0) -> int:
        """The number of the last of these changes."""
        made = [Change(pk=start + at if start else None, photo_key=photo) for at, photo in enumerate(photos)]
        Change.objects.bulk_create(made)
        return int(Change.objects.order_by("-pk").values_list("pk", flat=True)[0])

    def read(self) -> list[int]:
        news, _ = self.feed.read()
        self.assertFalse(news.is_lost)
        return news.photos.tolist()

    def test_each_change_is_read_once(self) -> None:
        self.note(7, 5, 7)
        self.assertEqual(self.read(), [5, 7])
        self.assertEqual(self.read(), [])
        self.note(5)
        self.assertEqual(self.read(), [5])

    def test_names_are_no_photos(self) -> None:
        self.note(EVERY_PHOTO, NO_PHOTO, 3)
        news, _ = self.feed.read()
        self.assertEqual((news.photos.tolist(), news.is_named), ([3], True))

    def test_a_transaction_that_ends_late(self) -> None:
        last = self.note(1)
        self.read()
        with patch("library.search.changes.commits_in_turn", return_value=False):
            self.note(9, start=last + 5)
            self.assertEqual(self.read(), [9])
            self.note(4, start=last + 2)
            self.assertEqual(self.read(), [4])
            self.assertEqual(self.read(), [])

    def test_one_that_is_under_way_at_the_start(self) -> None:
        last = self.note(1)
        self.note(9, start=last + 5)
        with patch("library.search.changes.commits_in_turn", return_value=False):
            self.feed = Feed()
            self.feed.read()
            self.note(4, start=last + 2)
            self.assertEqual(self.read(), [4])

    def test_numbers_that_never_come_are_given_up(self) -> None:
        last = self.note(1)
        with (
            patch("library.search.changes.commits_in_turn", return_value=False),
            patch("library.search.changes.PATIENCE", -1.0),
        ):
            self.read()
            self.note(9, start=last + 5)
            self.read()
            self.assertEqual(self.feed._gaps, {})

    def test_too_many_to_tell(self) -> None:
        with patch("library.search.changes.KEPT", 2):
            self.note(1, 2, 3)
            self.assertTrue(self.feed.read()[0].is_lost)
        self.assertEqual(self.read(), [])

    def test_an_emptied_table(self) -> None:
        Change.objects.all().delete()
        self.assertTrue(self.feed.read()[0].is_lost)
        self.note(6)
        self.assertTrue(self.feed.read()[0].is_lost)
        self.assertEqual(self.read(), [])

    def test_old_changes_are_forgotten(self) -> None:
        with patch("library.search.changes.KEPT", 3):
            self.note(*range(1, 7))
            forget_old_changes()
            self.assertEqual(Change.objects.count(), 7)
            self.note(7)
            recount_days([date(2024, 5, 17)])
            self.assertEqual(Change.objects.count(), 3)
