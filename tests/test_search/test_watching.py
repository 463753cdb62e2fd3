"""The database notes every change that could alter what a search finds."""

from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey

from library.counts import recount_photos
from library.models import Category, Change, File, Keyword, Label, Photo, PhotoKeyword, PhotoLabel
from library.models.change import EVERY_PHOTO, NO_PHOTO
from library.search.changes import Feed
from library.search.sql import newest_numbers
from library.search.watching import unwatch, watch, watched_tables
from tests.base import TestCase, TransactionTestCase
from tests.make import make_album, make_file, make_label, make_marker, make_photo, make_subject


class WatchingTest(TestCase):
    def assert_noted(self, *photos: int) -> None:
        """Asserts that since the last time just these were noted."""
        noted = Change.objects.exclude(photo_key=NO_PHOTO).values_list("photo_key", flat=True)
        self.assertEqual(set(noted), set(photos))
        Change.objects.all().delete()

    def setUp(self) -> None:
        super().setUp()
        self.photo, self.other = make_photo(labels=["cat"], keywords=["lake"]), make_photo()
        Change.objects.all().delete()

    def test_a_photo(self) -> None:
        Photo.objects.filter(pk=self.photo.pk).update(title="New")
        self.assert_noted(self.photo.pk)
        new = make_photo()
        self.assert_noted(new.pk)
        pk = new.pk
        new.delete()
        self.assert_noted(pk)

    def test_what_belongs_to_it(self) -> None:
        make_file(self.photo)
        self.assert_noted(self.photo.pk)
        make_marker(self.photo)
        self.assert_noted(self.photo.pk)
        make_album("Trip", self.photo)
        self.assert_noted(self.photo.pk)
        PhotoKeyword.objects.filter(photo=self.photo).delete()
        self.assert_noted(self.photo.pk)

    def test_a_link_that_moves_concerns_two(self) -> None:
        PhotoLabel.objects.filter(photo=self.photo).update(photo=self.other)
        self.assert_noted(self.photo.pk, self.other.pk)
        File.objects.filter(photo=self.other).update(photo=self.photo)
        self.assert_noted(self.photo.pk, self.other.pk)

    def test_what_is_written_in_bulk(self) -> None:
        label = make_label("dog")
        rows = [PhotoLabel(photo=photo, label=label) for photo in (self.photo, self.other)]
        PhotoLabel.objects.bulk_create(rows)
        PhotoLabel.objects.bulk_create([PhotoLabel(photo=self.photo, label=label)], ignore_conflicts=True)
        self.assert_noted(self.photo.pk, self.other.pk)

    def test_a_new_name_concerns_nobody_yet(self) -> None:
        make_label("dog")
        Keyword.objects.create(keyword="pond")
        make_subject("Anna")
        self.assert_noted()

    def test_another_name_concerns_all(self) -> None:
        Label.objects.filter(slug="cat").update(name="Feline")
        self.assert_noted(EVERY_PHOTO)
        folder = self.photo.folder
        folder.path = "elsewhere"
        folder.save()
        self.assert_noted(EVERY_PHOTO)
        Category.objects.create(label=Label.objects.get(slug="cat"), parent=make_label("animal"))
        self.assert_noted(EVERY_PHOTO)

    def test_counts_and_covers_concern_nobody(self) -> None:
        recount_photos()
        Label.objects.update(photo_count=7, thumb="x")
        self.assert_noted()

    def test_every_table_that_links_to_photos_is_watched(self) -> None:
        linking = {
            model._meta.db_table
            for model in apps.get_models()
            for field in model._meta.local_concrete_fields
            if isinstance(field, ForeignKey) and field.related_model in {Photo, File}
        }
        self.assertLessEqual(linking, watched_tables().photos)
        self.assertLessEqual(
            {"library_label", "library_category", "places_place", "albums_album"}, watched_tables().names
        )


class TriggersTest(TransactionTestCase):
    """Changing what tables are made of ends a transaction on MariaDB."""

    def test_without_a_trigger_nothing_counts_as_watched(self) -> None:
        unwatch()
        with self.assertLogs("library.search.watching", "WARNING"):
            self.assertEqual(watched_tables().all, frozenset())
        watch()
        self.assertTrue(watched_tables().all)

    def test_who_remembers_something_is_told_that_changes_were_not_noted(self) -> None:
        photo, feed = make_photo(), Feed()
        feed.read()
        _, last, _ = newest_numbers()
        unwatch()
        Photo.objects.filter(pk=photo.pk).update(title="New")
        watch()
        self.assertTrue(feed.read()[0].is_lost)
        make_photo()
        first, _, _ = newest_numbers()
        self.assertGreater(first, last + 1)

    def test_migrating_nothing_keeps_what_was_noted(self) -> None:
        make_photo()
        noted = newest_numbers()
        call_command("migrate", verbosity=0)
        self.assertEqual(newest_numbers(), noted)

    def test_migrating_leaves_every_trigger_in_place(self) -> None:
        before = watched_tables()
        call_command("migrate", verbosity=0)
        self.assertEqual(watched_tables(), before)
