"""Kept counts."""

from datetime import date

from library.counts import count_views, recount_all_days, recount_days, recount_photos
from library.models import DayCount, ErrorLog, Photo
from library.models.trouble import Level
from tests.base import TestCase
from tests.make import make_label, make_photo, make_place

DAY = date(2024, 5, 17)


class RecountDaysTest(TestCase):
    def test_a_day_is_counted_per_owner(self) -> None:
        make_photo(taken="2024-05-17")
        make_photo(taken="2024-05-17 23:59:59", owner=self.alice)
        counts = dict(DayCount.objects.values_list("owner_key", "photos"))
        self.assertEqual(counts, {0: 1, self.alice.pk: 1})

    def test_a_photo_that_moved_is_counted_where_it_is(self) -> None:
        photo = make_photo(taken="2024-05-17")
        Photo.objects.filter(pk=photo.pk).update(taken_at_local="2023-01-01T00:00:00Z")
        recount_days([DAY, date(2023, 1, 1)])
        self.assertEqual(list(DayCount.objects.filter(photos=1).values_list("day", flat=True)), [date(2023, 1, 1)])

    def test_counting_twice_counts_once(self) -> None:
        make_photo()
        recount_days([DAY, DAY])
        recount_days([DAY])
        self.assertEqual(DayCount.objects.get().photos, 1)

    def test_no_days_are_no_queries(self) -> None:
        with self.assertNumQueries(0):
            recount_days([])

    def test_all_days_are_mended(self) -> None:
        make_photo()
        DayCount.objects.update(photos=7, videos=3)
        DayCount.objects.create(day=date(1999, 1, 1), photos=5)
        recount_all_days()
        self.assertEqual(list(DayCount.objects.values_list("day", "photos", "videos")), [(DAY, 1, 0)])

    def test_many_days_cost_few_queries(self) -> None:
        make_photo()
        with self.assertNumQueries(9):
            recount_days([date(2024, 5, day) for day in range(1, 29)])


class RecountPhotosTest(TestCase):
    def test_labels_and_places_count_listed_photos(self) -> None:
        make_photo(labels=["cat"], place="Rome, Lazio, Italy")
        make_photo(labels=["cat"], place="Rome, Lazio, Italy", archived=True)
        recount_photos()
        self.assertEqual(make_label("cat").photo_count, 1)
        self.assertEqual(make_place("Rome, Lazio, Italy").photo_count, 1)

    def test_a_label_without_photos_falls_to_zero(self) -> None:
        make_label("cat", photo_count=4)
        recount_photos()
        self.assertEqual(make_label("cat").photo_count, 0)

    def test_of_some_photos_only_their_own_are_counted(self) -> None:
        photo = make_photo(labels=["cat"], place="Rome, Lazio, Italy")
        make_photo(labels=["dog"])
        recount_photos({photo.pk})
        counts = (make_label("cat").photo_count, make_place("Rome, Lazio, Italy").photo_count)
        self.assertEqual((counts, make_label("dog").photo_count), ((1, 1), 0))


class CountViewsTest(TestCase):
    def test_each_view(self) -> None:
        make_photo(type="video", favorite_of=self.admin)
        make_photo(archived=True)
        make_photo(private=True)
        make_photo(quality=1)
        ErrorLog.objects.create(name="a.jpg", reason="Truncated.")
        expected = {"all": 1, "favorites": 1, "videos": 1, "review": 1, "archive": 1, "private": 1, "errors": 1}
        self.assertEqual(count_views(self.grant_of(self.admin)), expected)

    def test_what_was_skipped_is_no_problem(self) -> None:
        ErrorLog.objects.create(name="a.txt", reason="Not a picture.", level=Level.SKIPPED)
        self.assertEqual(count_views(self.grant_of(self.admin))["errors"], 0)

    def test_a_viewer_is_not_told_what_they_may_not_see(self) -> None:
        make_photo(archived=True)
        make_photo(private=True)
        make_photo(quality=1)
        ErrorLog.objects.create(name="a.jpg", reason="Truncated.")
        self.assertEqual(set(count_views(self.grant_of(self.bob)).values()), {0})

    def test_three_queries_for_an_administrator(self) -> None:
        grant = self.grant_of(self.admin)
        with self.assertNumQueries(3):
            count_views(grant)
