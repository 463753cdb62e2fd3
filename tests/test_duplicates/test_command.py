"""`manage.py duplicates`, and the look for them after each index that found something."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command
from django.test import override_settings

from library import jobs
from library.duplicates.pictures import COMPARE
from library.lease import library_lease
from library.models import Job
from library.models.job import JobState
from tests.base import TestCase
from tests.originals import OriginalsTestCase
from tests.test_duplicates.looks import groups, look_alike


class DuplicatesCommandTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.enterContext(override_settings(CACHE_PATH=Path(folder.name)))
        look_alike(), look_alike(1)

    def run_it(self, *arguments: str) -> str:
        out = StringIO()
        call_command("duplicates", *arguments, stdout=out)
        return out.getvalue()

    def test_it_tells_what_it_found(self) -> None:
        self.assertIn("2 photos compared", self.run_it())
        self.assertIn("1 groups", self.run_it("--anew"))
        self.assertEqual(len(groups()), 1)

    def test_it_can_be_left_to_the_worker(self) -> None:
        self.assertIn("Queued as job", self.run_it("--queue"))
        job = Job.objects.get(kind=COMPARE)
        self.assertEqual((job.state, jobs.comparing_status()["running"]), (JobState.QUEUED, True))
        jobs.run_comparing(job.uid)
        job.refresh_from_db()
        self.assertEqual((job.state, len(groups()), jobs.comparing_status()["running"]), (JobState.DONE, 1, False))

    def test_it_says_why_it_cannot_run(self) -> None:
        with library_lease(COMPARE), self.assertRaises(CommandError):
            self.run_it()


class AfterIndexTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.write("one.jpg")

    def test_an_index_that_found_something_is_followed_by_a_look(self) -> None:
        jobs.run_index(jobs.start_index().uid)
        self.assertEqual(Job.objects.filter(kind=COMPARE).count(), 1)
        Job.objects.filter(kind=COMPARE).delete()
        jobs.run_index(jobs.start_index().uid)
        self.assertEqual(Job.objects.filter(kind=COMPARE).count(), 0)
