"""Index jobs: queued, run, cancelled, and what is left of one whose process died."""

import signal
from datetime import timedelta
from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from library import jobs
from library.indexing.runner import IndexOptions
from library.lease import LibraryBusy, library_lease
from library.media.thumbs import CacheNotWritable
from library.models import ErrorLog, Job, Lease, Photo
from library.models.job import JobState
from library.progress import Cancelled, Progress
from tests.originals import OriginalsTestCase


class JobsTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.write("one.jpg")

    def test_a_queued_job_indexes_and_says_what_it_did(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            job = jobs.start_index()
        job.refresh_from_db()
        self.assertEqual((job.state, Photo.objects.count()), (JobState.DONE, 1))
        self.assertIn("1 added", job.result)

    def test_a_second_start_is_refused_while_one_is_open(self) -> None:
        jobs.start_index()
        with self.assertRaisesMessage(LibraryBusy, "already"):
            jobs.start_index()

    def test_a_job_whose_process_died_stands_in_nobodys_way(self) -> None:
        long_ago = timezone.now() - timedelta(hours=1)
        dead = Job.objects.create(
            kind="index", state=JobState.RUNNING, started_at=long_ago, heartbeat_at=timezone.now()
        )
        self.assertFalse(jobs.index_status()["running"])
        jobs.start_index()
        dead.refresh_from_db()
        self.assertEqual((dead.state, dead.result), (JobState.FAILED, jobs.GONE))

    def test_a_job_that_has_just_begun_is_left_alone_without_the_lease(self) -> None:
        Job.objects.create(kind="index", state=JobState.RUNNING, started_at=timezone.now())
        self.assertTrue(jobs.index_status()["running"])
        self.assertEqual(jobs.close_stalled(), 0)

    def test_a_queued_job_that_nobody_began_stands_in_nobodys_way(self) -> None:
        lost = jobs.start_index()
        Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        jobs.start_index()
        lost.refresh_from_db()
        self.assertEqual((lost.state, lost.result), (JobState.FAILED, jobs.NEVER_BEGUN))

    def test_a_queued_job_waits_as_long_as_another_run_holds_the_lease(self) -> None:
        jobs.start_index()
        Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        with library_lease(), self.assertRaises(LibraryBusy):
            jobs.start_index()

    def test_the_lease_of_a_dead_process_is_taken_over(self) -> None:
        Lease.objects.create(name="library", holder="elsewhere:1:a", expires_at=timezone.now() - timedelta(seconds=1))
        jobs.run_index(jobs.start_index().uid)
        self.assertEqual(Photo.objects.count(), 1)

    def test_a_queued_job_waits_as_long_as_every_worker_is_busy(self) -> None:
        waiting = Job.objects.create(kind="duplicates")
        Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        busy = [Job.objects.create(kind="embed", state=JobState.RUNNING, heartbeat_at=timezone.now()) for _ in range(2)]
        with mock.patch.object(jobs, "is_held", lambda name: name == "library"):
            self.assertEqual(jobs.close_stalled(), 0)
            Job.objects.filter(pk=busy[0].pk).update(state=JobState.DONE)
            self.assertEqual(jobs.close_stalled(), 1)
        waiting.refresh_from_db()
        self.assertEqual(waiting.result, jobs.NEVER_BEGUN)

    def test_a_queued_job_that_is_cancelled_never_runs(self) -> None:
        job = jobs.start_index()
        self.assertTrue(jobs.cancel_index())
        self.assertEqual(jobs.run_index(job.uid), "The job is cancelled already.")
        self.assertFalse(jobs.cancel_index())

    def test_a_running_job_stops_at_its_next_report(self) -> None:
        job = Job.objects.create(kind="index", state=JobState.RUNNING)
        job.cancel()
        with self.assertRaises(Cancelled):
            Progress(job).report()

    def test_signals_end_a_run_as_cancelling_does(self) -> None:
        for number in jobs.ENDING:
            progress = Progress(Job.objects.create(kind="index", state=JobState.RUNNING))
            before = signal.getsignal(number)
            with self.subTest(number), jobs.ends_on_signal(progress):
                signal.raise_signal(number)
                with self.assertRaises(Cancelled):
                    progress.report()
            self.assertIs(signal.getsignal(number), before)

    def test_a_cache_that_takes_no_file_ends_the_run_and_blames_no_picture(self) -> None:
        no_folder = self.originals / "one.jpg"
        job = Job.objects.create(kind="index")
        with override_settings(CACHE_PATH=no_folder), self.assertRaises(CacheNotWritable):
            jobs.index_in_job(job, IndexOptions(workers=1))
        self.assertEqual((job.state, ErrorLog.objects.filter(level="error").count()), (JobState.FAILED, 0))
        self.assertIn("Thumbs cannot be written", job.result)

    def test_the_status_tells_of_the_last_job(self) -> None:
        self.assertFalse(jobs.index_status()["running"])
        job = jobs.start_index()
        status = jobs.index_status()
        self.assertEqual((status["running"], status["job"], status["state"]), (True, job.uid, "queued"))

    def test_rate_and_remaining_time_follow_what_was_done(self) -> None:
        progress = Progress(Job(), total=100)
        progress._samples = [(progress.started - 10, 0)]
        progress.added = 50
        self.assertAlmostEqual(progress.rate, 5, delta=0.5)
        self.assertAlmostEqual(progress.remaining or 0, 10, delta=1)

    def test_the_command_sums_up(self) -> None:
        out = StringIO()
        call_command("index", workers=1, stdout=out)
        self.assertIn("1 files in", out.getvalue())
        self.assertIn("1 added", out.getvalue())

    def test_the_command_says_what_is_wrong_with_the_folder(self) -> None:
        with self.assertRaisesMessage(CommandError, "does not exist"):
            call_command("index", "nowhere", stdout=StringIO())

    def test_the_command_takes_a_folder_as_the_shell_completes_it(self) -> None:
        self.write("below/two.jpg")
        for path in (str(self.originals / "below"), "below/"):
            out = StringIO()
            call_command("index", path, workers=1, stdout=out)
            self.assertIn("1 files in", out.getvalue())
