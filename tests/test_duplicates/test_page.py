"""The page of duplicates: what it shows of each group, and to whom."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Duplicate, File, Lookalike, Photo
from tests.base import TestCase
from tests.make import make_photo

PAGE = "/library/duplicates"


class PageTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.large = make_photo(title="Boats", file={"width": 6000, "height": 4000}, folder="2024/Lake")
        cls.small = make_photo(title="Boats small", file={"width": 1200, "height": 800, "size": 90_000})
        cls.group(cls.large, cls.small)

    @classmethod
    def group(cls, *photos: Photo, kind: str = "picture") -> None:
        for photo in photos:
            Lookalike.objects.create(photo=photo, group=photos[0].uid, kind=kind)

    def page(self, query: str = "", **by: object) -> str:
        return self.client_of(by.get("by", self.alice)).get(PAGE + query).content.decode()  # type: ignore[arg-type]

    def test_photos_stand_side_by_side_with_their_facts(self) -> None:
        shown = self.page()
        for text in ("6000 × 4000", "1200 × 800", "2024/Lake", "most pixels", "Accept 1 sure one", "Keep 1, archive 1"):
            self.assertIn(text, shown)
        self.assertRegex(shown, rf'value="{self.large.uid}" checked')

    def test_another_rule_keeps_another(self) -> None:
        self.assertRegex(self.page("?rule=newest"), rf'value="{self.small.uid}" checked')
        self.assertRegex(self.page("?rule=none"), rf'value="{self.large.uid}" checked')

    def test_kinds(self) -> None:
        self.group(make_photo(title="Cat"), make_photo(title="Cat again"), kind="burst")
        self.assertIn("Taken within moments", self.page("?kind=burst"))
        self.assertNotIn("Boats", self.page("?kind=burst"))
        self.assertIn("Nothing of this kind", self.page("?kind=alike"))

    def test_one_that_is_left_alone_is_no_group(self) -> None:
        Photo.objects.filter(pk=self.small.pk).update(deleted_at=self.small.created_at)
        self.assertNotIn("Boats", self.page())

    def test_what_waits_for_review_and_what_is_private_is_shown_to_who_may(self) -> None:
        Photo.objects.filter(pk=self.small.pk).update(quality=1)
        self.assertIn("1200 × 800", self.page())
        Photo.objects.filter(pk=self.small.pk).update(private=True)
        self.assertNotIn("Boats", self.page())
        self.assertIn("1200 × 800", self.page(by=self.admin))

    def test_exact_copies_are_listed(self) -> None:
        file = File.objects.get(photo=self.large)
        Duplicate.objects.create(name="Backup/copy.jpg", path_key="k1", folder=file.folder, hash=file.hash, size=1)
        shown = self.page("?kind=exact")
        self.assertIn("Backup/copy.jpg", shown)
        self.assertIn(file.name, shown)
        Photo.objects.filter(pk=self.large.pk).update(private=True)
        self.assertNotIn("Backup/copy.jpg", self.page("?kind=exact"))

    def test_nothing_found_is_explained(self) -> None:
        Lookalike.objects.all().delete()
        self.assertIn("Not looked for yet", self.page())
        Photo.objects.all().delete()
        self.assertIn("No photos yet", self.page())

    def test_who_may_not_archive_does_not_get_in(self) -> None:
        for person in (self.bob, self.guest):
            self.assertEqual(self.client_of(person).get(PAGE).status_code, 403)

    def test_more_groups_cost_no_more_statements(self) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                self.page()
            return len(queries)

        self.page()
        before = count()
        for _ in range(5):
            self.group(make_photo(), make_photo())
        self.assertLessEqual(count(), before)
