"""The timeline in buckets."""

from unittest.mock import patch

from django.test import SimpleTestCase

from library.search.buckets import LIMIT, UnknownBucket, bucket, bucket_list, fold, span_of
from tests.base import TestCase
from tests.make import make_file, make_photo


class FoldTest(SimpleTestCase):
    def test_days_of_a_small_month_are_one_bucket(self) -> None:
        self.assertEqual(list(fold([("2024-05-30", 3), ("2024-05-02", 1)])), [("2024-05", 4)])

    def test_a_large_month_falls_into_days(self) -> None:
        days = [("2024-05-30", LIMIT), ("2024-05-02", 1), ("2024-04-02", 1)]
        self.assertEqual(list(fold(days)), [("2024-05-30", LIMIT), ("2024-05-02", 1), ("2024-04", 1)])

    def test_a_large_day_falls_into_chunks(self) -> None:
        chunks = [("2024-05-30.0", LIMIT), ("2024-05-30.1", LIMIT), ("2024-05-30.2", 1)]
        self.assertEqual(list(fold([("2024-05-30", 2 * LIMIT + 1)])), chunks)

    def test_the_buckets_hold_as_many_photos_as_the_days(self) -> None:
        days = [(f"2024-{month:02}-{day:02}", month * day * 7) for month in (12, 5, 1) for day in range(28, 0, -1)]
        buckets = list(fold(days))
        self.assertEqual(sum(count for _, count in buckets), sum(count for _, count in days))
        self.assertLessEqual(max(count for _, count in buckets), LIMIT)


class KeyTest(SimpleTestCase):
    def test_a_month_ends_where_the_next_begins(self) -> None:
        self.assertEqual(span_of("2024-12").end.isoformat(), "2025-01-01T00:00:00+00:00")
        self.assertEqual(span_of("2024-02-29").end.isoformat(), "2024-03-01T00:00:00+00:00")

    def test_what_is_no_key(self) -> None:
        for key in (
            "",
            "2024",
            "2024-13",
            "2024-02-30",
            "2024-05.1",
            "2024-05-01.x",
            "0000-01",
            "9999-12-31",
            "٢٠٢٤-05",
        ):
            with self.assertRaises(UnknownBucket, msg=key):
                span_of(key)


class BucketListTest(TestCase):
    def test_newest_first(self) -> None:
        make_photo(taken="2023-12-24")
        make_photo(taken="2024-05-17")
        make_photo(taken="2024-05-18")
        found = bucket_list("", self.grant_of(self.admin))
        self.assertEqual((found.total, found.buckets), (3, (("2024-05", 2), ("2023-12", 1))))

    def test_kept_counts_and_the_photos_agree(self) -> None:
        make_photo(type="video", owner=self.alice)
        make_photo(archived=True, private=True)
        make_photo(private=True, owner=self.alice)
        make_photo(quality=1)
        make_photo(taken="2023-01-01")
        for user in (self.admin, self.alice, self.bob, self.guest):
            for view in ("", "videos", "review", "archive", "private"):
                kept = bucket_list("", self.grant_of(user), view=view)
                # A query that every photo passes is answered from the photos themselves.
                self.assertEqual(bucket_list("title:- or -title:-", self.grant_of(user), view=view), kept, (user, view))

    def test_the_list_of_everything_is_one_query(self) -> None:
        grant = self.grant_of(self.admin)
        with self.assertNumQueries(1):
            bucket_list("", grant)

    def test_a_search_has_its_own_buckets(self) -> None:
        make_photo(taken="2023-12-24", labels=["cat"])
        make_photo(taken="2024-05-17")
        self.assertEqual(bucket_list("label:cat", self.grant_of(self.admin)).buckets, (("2023-12", 1),))


class BucketTest(TestCase):
    def test_columns_of_a_photo(self) -> None:
        photo = make_photo(
            taken="2024-05-17 23:59:59", title="Lake", place="Bergen, Vestland, Norway", favorite_of=self.admin
        )
        make_file(photo)
        make_file(photo, is_sidecar=True)
        columns = bucket("2024-05", "", self.grant_of(self.admin))
        primary = photo.files.get(is_primary=True)
        self.assertEqual(
            columns,
            {
                "uid": [photo.uid],
                "hash": [primary.hash],
                "ratio": [1.33],
                "day": ["2024-05-17"],
                "type": ["image"],
                "favorite": [1],
                "thumbhash": ["A" * 28],
                "title": ["Lake"],
                "duration": [0],
                "files": [2],
                "place": ["Bergen, Vestland, Norway"],
            },
        )

    def test_newest_first(self) -> None:
        early, late = make_photo(taken="2024-05-01"), make_photo(taken="2024-05-31 23:00")
        make_photo(taken="2024-06-01")
        self.assertEqual(bucket("2024-05", "", self.grant_of(self.admin))["uid"], [late.uid, early.uid])

    def test_chunks_of_a_day_do_not_overlap(self) -> None:
        photos = {make_photo(taken="2024-05-17").uid for _ in range(5)}
        with patch("library.search.buckets.LIMIT", 2):
            grant = self.grant_of(self.admin)
            keys = [key for key, _ in bucket_list("", grant).buckets]
            found = [uid for key in keys for uid in bucket(key, "", grant)["uid"]]
        self.assertEqual(keys, ["2024-05-17.0", "2024-05-17.1", "2024-05-17.2"])
        self.assertCountEqual(found, photos)

    def test_a_photo_without_a_file_has_a_square(self) -> None:
        make_photo().files.all().delete()
        columns = bucket("2024-05", "", self.grant_of(self.admin))
        self.assertEqual((columns["hash"], columns["ratio"], columns["files"]), ([""], [1], [1]))

    def test_a_bucket_is_three_queries(self) -> None:
        for _ in range(3):
            make_photo()
        grant = self.grant_of(self.admin)
        with self.assertNumQueries(3):
            bucket("2024-05", "", grant)

    def test_the_video_of_a_live_photo_is_no_picture_of_its_own(self) -> None:
        photo = make_photo(type="live")
        make_file(photo, type="mov", media_type="video", is_video=True)
        self.assertEqual(bucket("2024-05", "", self.grant_of(self.admin))["files"], [1])
