"""Counts stay right when several change photos of one day at once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from library import states
from library.models import DayCount, Photo
from tests.base import TransactionTestCase
from tests.make import make_photo


class TogetherTest(TransactionTestCase):
    def test_photos_of_one_day_archived_by_several(self) -> None:
        uids = [make_photo().uid for _ in range(12)]
        grant = self.grant_of(self.admin)

        def archive(uid: str) -> None:
            try:
                states.archive([uid], grant)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(archive, uids[:10]))
        counted = DayCount.objects.get(owner_key=0)
        self.assertEqual((counted.photos, counted.archived), (2, 10))
        self.assertEqual(Photo.objects.filter(deleted_at__isnull=True).count(), 2)

    def test_days_counted_in_different_orders_do_not_wait_for_each_other(self) -> None:
        days = [f"2024-05-{day:02}" for day in range(1, 9)]
        uids = [make_photo(taken=day).uid for day in days]
        grant = self.grant_of(self.admin)

        def toggle(chosen: list[str]) -> None:
            try:
                states.archive(chosen, grant)
                states.restore(chosen, grant)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(toggle, [uids[:5], uids[:2:-1], uids[4:], uids[6:2:-1]]))
        visible = Photo.objects.filter(deleted_at__isnull=True).count()
        self.assertEqual(sum(DayCount.objects.values_list("photos", flat=True)), visible)
