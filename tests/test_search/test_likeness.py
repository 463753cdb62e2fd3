"""What looks like a photo: the filter, the ranks, the chip, the reasons; and what nobody learns by it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.test import override_settings
from django.utils import timezone

from library.access import Grant
from library.classify.seeing import VERSION
from library.models import Change, Classification, Photo
from library.query import BadValue, Filter
from library.search import directions, find, find_ids, search
from library.search.buckets import bucket, bucket_list
from library.search.likeness import NotLookedAt
from library.search.ordering import BadPage
from library.search.reasons import reasons
from library.search.understanding import understanding
from library.vectors import Vectors
from tests.base import TestCase
from tests.make import make_album, make_photo
from tests.test_search.large import LargeTestCase


def looks(photo: Photo, *values: int) -> Photo:
    """Gives the photo a vector that begins so."""
    vector = bytes(value % 256 for value in values).ljust(directions.DIMENSIONS, b"\0")
    Classification.objects.update_or_create(
        photo=photo, defaults={"version": VERSION, "seen_at": timezone.now(), "classes": b"", "vector": vector}
    )
    return photo


class LikenessCase(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.photo = looks(make_photo(title="Boats"), 100, 0)
        cls.far = looks(make_photo(taken="2024-01-01", title="Pier"), 60, 70)
        cls.near = looks(make_photo(taken="2020-01-01", title="Harbour"), 100, 10)
        cls.other = looks(make_photo(title="Cat"), -100, 0)
        cls.unseen = make_photo(title="New")


class SimilarFilterTest(LikenessCase):
    def test_finds_what_looks_like_it_without_itself(self) -> None:
        self.assertFound(f"similar:{self.photo.uid}", self.near, self.far)

    def test_goes_with_other_filters(self) -> None:
        self.assertFound(f"similar:{self.photo.uid} year:2020", self.near)
        with self.assertRaisesRegex(BadValue, "at most 20 photos"):
            find(f"similar:{'|'.join([self.photo.uid] * 21)}", self.grant_of(self.admin)).count()
        self.assertFound(f"-similar:{self.photo.uid}", self.photo, self.other, self.unseen)

    def test_nothing_is_like_it(self) -> None:
        self.assertFound(f"similar:{self.other.uid}")
        self.assertFound(f"-similar:{self.other.uid}", self.photo, self.near, self.far, self.other, self.unseen)

    def test_several_photos(self) -> None:
        self.assertFound(f"similar:{self.near.uid}|{self.far.uid}", self.photo)

    def test_one_that_was_not_looked_at_is_told(self) -> None:
        with self.assertRaisesMessage(NotLookedAt, "has not been looked at yet"):
            find_ids(f"similar:{self.unseen.uid}", self.grant_of(self.admin), count=5)

    def test_one_that_is_hidden_is_as_one_that_is_not_there(self) -> None:
        looks(self.unseen, 100, 0)
        Photo.objects.filter(pk=self.unseen.pk).update(private=True)
        for uid in (self.unseen.uid, "pqbcf5j446s0futy"):
            with self.assertRaisesMessage(BadValue, f"“similar:{uid}” is not the UID of a photo."):
                find_ids(f"similar:{uid}", self.grant_of(self.bob), count=5)
        self.assertFound(f"similar:{self.unseen.uid}", self.photo, self.near, self.far)
        self.assertFound(f"similar:{self.photo.uid}", self.near, self.far, by=self.bob)

    def test_within_what_is_shared_the_most_like_are_found_whatever_else_there_is(self) -> None:
        album = make_album("Shared", self.photo, self.far)
        grant = Grant(
            role="visitor",
            permissions=frozenset(["library.view_photo"]),
            scope=Filter("s", album.uid),
            lender=self.grant_of(self.admin),
        )
        self.assertEqual(find_ids(f"similar:{self.photo.uid}", grant, count=9), [self.far.pk])
        with self.assertRaises(BadValue):
            find_ids(f"similar:{self.near.uid}", grant, count=9)


class RanksTest(LikenessCase):
    def ranked(self, query: str, **options: object) -> list[str]:
        page = search(query, self.grant_of(self.admin), order="similarity", **options)  # type: ignore[arg-type]
        return [photo.title for photo in page.photos]

    def test_the_most_like_comes_first(self) -> None:
        self.assertEqual(self.ranked(f"similar:{self.photo.uid}"), ["Harbour", "Pier"])
        self.assertEqual(self.ranked(f"similar:{self.near.uid}"), ["Boats", "Pier"])

    def test_filters_leave_the_ranks(self) -> None:
        self.assertEqual(self.ranked(f"year:2024 similar:{self.photo.uid}"), ["Pier"])

    def test_pages_follow_each_other_by_mark(self) -> None:
        grant = self.grant_of(self.admin)
        first = search(f"similar:{self.photo.uid}", grant, order="similarity", count=1)
        second = search(f"similar:{self.photo.uid}", grant, order="similarity", count=1, after=first.after)
        self.assertEqual([photo.title for photo in (*first.photos, *second.photos)], ["Harbour", "Pier"])
        self.assertEqual((first.has_more, second.has_more, second.after), (True, False, ""))

    def test_a_mark_that_was_made_up_is_refused(self) -> None:
        for mark in ("x", "WzEsIDJd", "WyJzaW1pbGFyaXR5IiwgLTFd"):
            with self.assertRaises(BadPage):
                search(f"similar:{self.photo.uid}", self.grant_of(self.admin), order="similarity", after=mark)

    def test_without_a_photo_the_newest_come_first(self) -> None:
        self.assertEqual(self.ranked("title:p*|h*"), ["Pier", "Harbour"])

    def test_the_page_gets_ranks_in_place_of_days(self) -> None:
        grant, query = self.grant_of(self.admin), f"similar:{self.photo.uid}"
        self.assertEqual(bucket_list(query, grant).buckets, (("best.0", 2),))
        self.assertEqual(bucket("best.0", query, grant)["title"], ["Harbour", "Pier"])
        self.assertEqual(bucket("best.1", query, grant)["title"], [])
        self.assertEqual(bucket("best.0", "", grant)["title"], [])


class ToldTest(LikenessCase):
    def test_the_chip_has_title_and_picture(self) -> None:
        (term,) = understanding(f"similar:{self.photo.uid}", self.grant_of(self.admin)).terms
        file_hash = self.photo.files.get().hash
        self.assertEqual((term.kind, term.label, term.thumb), ("similar", "Like Boats", file_hash))

    def test_the_chip_tells_nothing_of_a_photo_that_is_not_seen(self) -> None:
        Photo.objects.filter(pk=self.photo.pk).update(private=True)
        found = understanding(f"similar:{self.photo.uid}", self.grant_of(self.bob))
        self.assertEqual([(term.label, term.thumb) for term in found.terms], [(f"Like {self.photo.uid}", "")])
        self.assertIn("is not the UID of a photo", found.error)

    def test_the_reason_says_how_like(self) -> None:
        found = reasons(f"similar:{self.photo.uid}", [self.near.uid, self.other.uid], self.grant_of(self.admin))
        self.assertEqual(
            {uid: [reason.label for reason in some] for uid, some in found.items()},
            {self.near.uid: ["100 % alike"]},
        )

    def test_the_page_shows_the_chip(self) -> None:
        page = self.client_of(self.admin).get(f"/library/browse?q=similar:{self.photo.uid}")
        self.assertContains(page, f"/{self.photo.files.get().hash}/")
        self.assertContains(page, "Like Boats")


class FileOfDirectionsTest(LargeTestCase):
    """In a large library the vectors come from a file."""

    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "vectors" / "directions"
        self.enterContext(override_settings(CACHE_PATH=Path(folder.name)))
        self.photo, self.near = looks(make_photo(), 100, 0), looks(make_photo(), 100, 10)

    def test_the_file_is_made_and_changes_count_at_once(self) -> None:
        self.assertFound(f"similar:{self.photo.uid}", self.near)
        written = self.path.stat().st_mtime_ns
        late = looks(make_photo(), 90, 10)
        self.assertFound(f"similar:{self.photo.uid}", self.near, late)
        looks(self.near, -100, 0)
        self.assertFound(f"similar:{self.photo.uid}", late)
        late.delete()
        self.assertFound(f"similar:{self.photo.uid}")
        self.assertEqual(self.path.stat().st_mtime_ns, written)

    def test_another_process_reads_what_changed_since(self) -> None:
        self.assertEqual(len(directions.Directions().load()), 2)
        looks(make_photo(), 90, 10)
        looks(self.near, -100, 0)
        loaded = directions.Directions().load()
        self.assertEqual((len(loaded), loaded.loose > 0), (3, True))
        self.assertEqual(loaded.of(self.near.pk)[:1].tolist(), [-100])  # type: ignore[index]

    def test_another_process_reads_what_comes_after_many_changes_of_few_photos(self) -> None:
        directions.Directions().load()
        for _ in range(30):
            looks(self.near, -100, 0)
        late = looks(make_photo(), 90, 10)
        with patch.multiple(directions, MANY=5, LOOK_BACK=1):
            loaded = directions.Directions().load()
        self.assertIsNotNone(loaded.of(late.pk))

    def test_the_file_of_another_database_is_made_anew(self) -> None:
        directions.Directions().load()
        Change.objects.all().delete()
        Classification.objects.filter(photo=self.near).update(vector=bytes([50]) * 128)
        Change.objects.all().delete()
        Change.objects.create(pk=10_000_000, photo_key=0)
        loaded = directions.Directions().load()
        self.assertEqual(loaded.of(self.near.pk)[:1].tolist(), [50])  # type: ignore[index]

    def test_a_broken_file_is_made_anew(self) -> None:
        directions.Directions().load()
        self.path.write_bytes(b"broken")
        self.assertFound(f"similar:{self.photo.uid}", self.near)
        self.assertGreater(self.path.stat().st_size, 4096)

    def test_where_no_file_can_be_written_memory_holds_them(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.mkdir()
        loaded = directions.Directions().load()
        self.assertIsInstance(loaded, Vectors)
        self.assertEqual(len(loaded), 2)
