"""Counts stay right when several change photos of one day at once."""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connection
from django.test import SimpleTestCase

from library import states
from library.models import DayCount, Photo
from tests.base import TransactionTestCase
from tests.bench.site import ROOT, environment, migrate
from tests.make import make_photo


class ManyTest(TransactionTestCase):
    """Threads with connections of their own; the SQLite of most test runs, in memory, has but one."""

    def setUp(self) -> None:
        super().setUp()
        if connection.vendor == "sqlite":
            self.together = 1
        else:
            self.together = 4

    def test_photos_of_one_day_archived_by_several(self) -> None:
        uids = [make_photo().uid for _ in range(12)]
        grant = self.grant_of(self.admin)

        def archive(uid: str) -> None:
            try:
                states.archive([uid], grant)
            finally:
                connection.close()

        with ThreadPoolExecutor(self.together) as threads:
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

        with ThreadPoolExecutor(self.together) as threads:
            list(threads.map(toggle, [uids[:5], uids[:2:-1], uids[4:], uids[6:2:-1]]))
        visible = Photo.objects.filter(deleted_at__isnull=True).count()
        self.assertEqual(sum(DayCount.objects.values_list("photos", flat=True)), visible)


class SQLiteFileTest(SimpleTestCase):
    def test_several_processes_archive_photos_of_one_day(self) -> None:
        """On a file as on a real site, with locks: nobody is refused and nothing is lost."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            migrate(folder)
            command = [sys.executable, str(ROOT / "tests" / "test_library" / "archiving.py")]
            env = environment(folder, DJANGO_SETTINGS_MODULE="photoprism_site.settings", PYTHONPATH=str(ROOT))
            subprocess.run([*command, "make"], env=env, check=True)
            several = [subprocess.Popen([*command, str(number)], env=env) for number in range(4)]
            self.assertEqual([process.wait() for process in several], [0] * 4)
            counted = subprocess.run([*command, "count"], env=env, check=True, capture_output=True, text=True)
        self.assertEqual(counted.stdout.split(), ["2", "40"])
