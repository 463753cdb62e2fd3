"""A large library is searched in memory, and finds what its rows hold: whoever asks, whatever has changed."""

import random
from datetime import UTC, datetime
from itertools import pairwise
from unittest.mock import patch

from django.db.models import Value
from django.db.models.functions import Concat

from library import states
from library.access import Grant
from library.counts import recount_days
from library.label_changes import hide_labels, show_labels
from library.label_merging import merge_label, split_label
from library.models import Category, Favorite, File, Keyword, Label, Photo, PhotoKeyword, PhotoLabel
from library.query import And, Filter
from library.search import find, find_ids, search, sql
from library.search.buckets import bucket_list
from library.search.memory import MEMORY
from library.search.ordering import ORDERS
from library.search.remembered import Found, Ranks
from tests.make import make_album, make_photo, make_subject, make_text
from tests.test_search.large import LargeTestCase, make_library

FILTERS = (
    "label:cat",
    "label:dog",
    "label:rare",
    "label:cat&dog",
    "label:cat|beach",
    "keywords:lake",
    "type:video",
    "-type:video",
    "country:it",
    "city:Bergen",
    "year:2019",
    "month:5|6",
    "taken:2018",
    "before:2019-05-01",
    "camera:canon",
    "iso:>800",
    "color:red|blue",
    "rating:5",
    "rating:no",
    "favorite:yes",
    "favorite:no",
    "private:yes",
    "archived:yes",
    "review:yes",
    "public:no",
    "quality:1",
    "portrait:yes",
    "title:Lake*",
    "title:*ake*2*",
    "title:märchen*",
    'title:"*100%*"',
    "name:photo*",
    "path:2019",
    "geo:yes",
    "lat:40-60",
    "album:Trip",
    "album:Videos",
    'person:"Anna Smith"',
    "faces:yes",
    "text:stop",
    'text:"bus stop"',
    'text:"tram stop"|exit',
    "-text:*",
    "lake",
    "cat",
    "tram",
    "norway",
    "2019",
    "zoo",
    "unheardof",
    '"a caption"',
    "label:nothing",
    "label:",
)


class EverySearchTest(LargeTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_library(90, owner=cls.alice, fan=cls.bob)

    def test_each_filter_for_everybody(self) -> None:
        for user in (self.admin, self.alice, self.bob, self.guest):
            for query in FILTERS:
                self.assert_same(query, by=user)
                self.assert_same_timeline(query, by=user)

    def test_filters_together(self) -> None:
        chance = random.Random(11)
        for _ in range(100):
            query = _combined(chance, depth=2)
            self.assert_same(query, by=chance.choice([self.admin, self.alice]))
            self.assert_same_timeline(query)

    def test_pages_in_every_order(self) -> None:
        for order in (*ORDERS, "random:7"):
            for query in ("", "label:cat", "-label:cat", "label:rare", "type:image"):
                if order != "random":
                    self.assert_same(query, order=order, count=9)
                    self.assert_same(query, order=order, count=9, offset=13)
                    self.assert_same(query, order=order, count=9, offset=1000)

    def test_pages_by_key_in_every_order(self) -> None:
        for order in (*ORDERS, "random:7"):
            for query in ("", "label:cat"):
                whole, paged = self.ids(query, order), self.paged(query, order)
                self.assertCountEqual(paged, whole, f"{query!r} in {order}")
                if order != "random":
                    self.assertEqual(paged, whole, f"{query!r} in {order}")

    def test_the_parts_of_what_is_found(self) -> None:
        grant = self.grant_of(self.admin)
        newest = self.ids("label:cat", "newest")
        self.assertEqual(find_ids("label:cat", grant, count=1_000_000), newest)
        self.assertEqual(find_ids("label:cat", grant, count=3, offset=2), newest[2:5])

    def test_a_scope_bounds_what_is_remembered(self) -> None:
        grant = self.grant_of(self.admin)
        scoped = Grant(role="visitor", permissions=grant.permissions, scope=And((Filter("label", "dog"),)))
        everything = {photo.pk for photo in search("label:cat", grant, count=500).photos}
        shared = {photo.pk for photo in search("label:cat", scoped, count=500).photos}
        dogs = set(PhotoLabel.objects.filter(label__slug="dog").values_list("photo", flat=True))
        self.assertTrue(shared)
        self.assertLessEqual(shared, everything & dogs)
        self.assertEqual(bucket_list("label:cat", scoped).total, len(shared))

    def ids(self, query: str, order: str) -> list[int]:
        return [photo.pk for photo in search(query, self.grant_of(self.admin), order=order, count=500).photos]

    def paged(self, query: str, order: str) -> list[int]:
        found: list[int] = []
        after = ""
        while True:
            page = search(query, self.grant_of(self.admin), order=order, count=8, after=after)
            found += [photo.pk for photo in page.photos]
            after = page.after
            if not page.has_more:
                return found


class AfterChangesTest(LargeTestCase):
    """Everything is remembered, then something is changed: the next answer knows."""

    QUERIES = (
        "",
        "label:cat",
        "-label:cat",
        "cat",
        "keywords:lake",
        "lake",
        "year:2019",
        "album:Trip",
        'person:"Anna Smith"',
        "favorite:yes",
        "title:zoo*",
        "zoo",
        "portrait:yes",
        "path:2019",
        "private:yes",
        "label:animal",
        "text:stop",
        'text:"bus stop"',
    )
    ORDERS = ("newest", "timeline", "added", "name", "title", "size", "similar", "relevance", "random:3")

    def setUp(self) -> None:
        super().setUp()
        self.photos = make_library(40, owner=self.alice, fan=self.bob)
        self.compare()

    def compare(self) -> None:
        for query in self.QUERIES:
            self.assert_same_timeline(query)
            self.assert_same(query, by=self.alice)
        self.assert_same("favorite:yes", by=self.bob)
        for order in self.ORDERS:
            self.assert_same("-label:rare", order=order, count=30)

    def test_photos_come_change_and_go(self) -> None:
        new = make_photo(title="zoo new", labels=["cat"], keywords=["lake"], folder="2018/new", taken="2016-01-01")
        self.compare()
        Photo.objects.filter(pk=new.pk).update(title="other", taken_at_local=datetime(2022, 1, 1, tzinfo=UTC))
        recount_days([new.taken_at_local.date(), datetime(2022, 1, 1, tzinfo=UTC).date()])
        self.compare()
        Photo.objects.filter(pk__in=[photo.pk for photo in self.photos[::3]]).delete()
        recount_days({photo.taken_at_local.date() for photo in self.photos})
        self.compare()

    def test_states(self) -> None:
        grant, uids = self.grant_of(self.admin), [photo.uid for photo in self.photos]
        states.archive(uids[:5], grant)
        states.set_private(uids[5:12], grant, private=True)
        states.approve(uids[12:20], grant)
        states.like(uids[::2], self.grant_of(self.bob))
        self.compare()
        states.restore(uids[:3], grant)
        states.unlike(uids[::4], self.grant_of(self.bob))
        self.compare()

    def test_an_owner(self) -> None:
        Photo.objects.filter(pk__in=[photo.pk for photo in self.photos[:20]]).update(owner=self.alice)
        self.compare()
        Photo.objects.update(owner=None)
        self.compare()

    def test_links(self) -> None:
        cat, dog = Label.objects.get(slug="cat"), Label.objects.get(slug="dog")
        PhotoLabel.objects.filter(label=cat).first().delete()
        PhotoLabel.objects.filter(label=cat, photo=PhotoLabel.objects.filter(label=cat)[0].photo).update(
            uncertainty=100
        )
        PhotoKeyword.objects.filter(keyword__keyword="lake").delete()
        self.compare()
        PhotoLabel.objects.filter(label=dog).exclude(
            photo__in=PhotoLabel.objects.filter(label=cat).values("photo")
        ).update(label=cat)
        Favorite.objects.all().delete()
        self.compare()

    def test_texts(self) -> None:
        make_text(self.photos[0], "BUS STOP")
        make_text(self.photos[1], "No text that was there")
        self.compare()

    def test_albums_and_people(self) -> None:
        make_album("Trip", *self.photos[:9])
        make_subject("Anna Smith", *self.photos[::2])
        self.compare()

    def test_files(self) -> None:
        File.objects.filter(photo__in=self.photos[:10]).update(is_portrait=True, size=9, diff=1)
        File.objects.filter(photo=self.photos[11]).delete()
        self.compare()

    def test_names(self) -> None:
        Label.objects.filter(slug="cat").update(slug="feline", custom_slug="feline", name="Feline")
        Keyword.objects.filter(keyword="lake").update(keyword="pond")
        self.compare()
        parent = Label.objects.create(slug="animal", custom_slug="animal", name="Animal")
        Category.objects.create(label=Label.objects.get(slug="dog"), parent=parent)
        self.compare()
        Category.objects.all().delete()
        self.compare()

    def test_labels_are_hidden_merged_and_taken_apart(self) -> None:
        cat, dog = Label.objects.get(slug="cat"), Label.objects.get(slug="dog")
        hide_labels([cat.uid], self.grant_of(self.admin))
        self.compare()
        show_labels([cat.uid], self.grant_of(self.admin))
        merge_label(dog, cat)
        self.compare()
        split_label(Label.objects.get(slug="dog"))
        self.compare()

    def test_a_folder_is_called_otherwise(self) -> None:
        folder = self.photos[0].folder
        type(folder).objects.filter(pk=folder.pk).update(path="zz/renamed")
        self.compare()

    def test_more_changes_than_are_told(self) -> None:
        states.archive([photo.uid for photo in self.photos[:15]], self.grant_of(self.admin))
        with patch("library.search.changes.KEPT", 3):
            self.compare()


class MemoryUseTest(LargeTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_library(60, owner=cls.alice, fan=cls.bob)

    def test_what_was_read_is_not_read_again(self) -> None:
        grant = self.grant_of(self.admin)
        bucket_list("-label:cat", grant)
        with self.assertNumQueries(2):  # the changes since, and which labels are called so
            bucket_list("-label:cat", grant)

    def test_there_is_an_end_to_what_is_held(self) -> None:
        with patch("library.search.memory.ROOM", 100):
            for query in FILTERS:
                self.assert_same(query)
        self.assertLessEqual(len(MEMORY._held), 1)

    def test_a_table_that_is_not_watched_is_never_remembered(self) -> None:
        wanted = Found(find("", self.grant_of(self.admin)).filter(owner__username="alice"))
        MEMORY.refresh()
        MEMORY.get(wanted)
        self.assertFalse(MEMORY.knows(wanted))

    def test_texts_that_the_database_cuts_off(self) -> None:
        """MariaDB does so with what is too long for it; the others take everything."""
        Photo.objects.update(caption=Concat("title", Value(" " + "far " * 20)))
        for rows in (2, 1_000):
            with self.subTest(rows), patch.multiple(sql, _LONGEST=3_000, _GROUPED_TEXTS=rows):
                MEMORY.forget()
                for number in range(40, 60):
                    self.assert_same(f"caption:*{number}*")

    def test_groups_that_the_database_cuts_off(self) -> None:
        folders = Ranks("folder__path", frozenset(["library_photo"]))
        whole = folders.load()
        with patch.multiple(sql, _LONGEST=10, _GROUPED=2):
            found = folders.load()
        self.assertEqual(found.of_names, whole.of_names)
        self.assertEqual(found.of_photos.tolist(), whole.of_photos.tolist())

    def test_days_follow_each_other(self) -> None:
        buckets = bucket_list("-label:nothing", self.grant_of(self.admin)).buckets
        self.assertTrue(all(one[0] > two[0] for one, two in pairwise(buckets)))


class WithinTransactionTest(LargeTestCase):
    def test_nothing_is_remembered(self) -> None:
        make_photo(labels=["cat"])
        with patch("library.search.memory.in_transaction", return_value=True):
            self.assertFalse(MEMORY.refresh())
            self.assertFound("label:cat", *Photo.objects.all())


def _combined(chance: random.Random, depth: int) -> str:
    """Filters and words anded, ored and negated."""
    if depth == 0 or chance.random() < 0.3:
        sign = "-" if chance.random() < 0.3 else ""
        chosen = chance.choice([query for query in FILTERS if query != "label:" and not query.startswith("-")])
        return f"{sign}{chosen}"
    parts = [_combined(chance, depth - 1) for _ in range(chance.choice([2, 2, 3]))]
    joined = (" " if chance.random() < 0.6 else " | ").join(parts)
    return f"{'-' if chance.random() < 0.2 else ''}({joined})"
