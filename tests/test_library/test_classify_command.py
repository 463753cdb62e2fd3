"""`manage.py classify`: labels for photos that are indexed already."""

import shutil
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from library import jobs, picture_runs
from library.classifying import CLASSIFY
from library.lease import library_lease
from library.models import Classification, Job, Label, Photo, PhotoLabel
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from tests.originals import OriginalsTestCase, run_index
from tests.test_indexing.test_labels import write_cat, write_coffee


class ClassifyTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_cat(cls.originals, "one.jpg")
        write_cat(cls.originals, "two.jpg", mirrored=True)
        write_coffee(cls.originals, "three.jpg")
        with override_settings(OPTIONS=replace(settings.OPTIONS, disable_classification=True)):
            run_index()
        Photo.objects.update(quality=3)

    def classify(self, *arguments: str) -> str:
        out = StringIO()
        call_command("classify", *arguments, "--workers", "1", stdout=out)
        return out.getvalue()

    def test_all_photos_get_labels_and_are_told_of(self) -> None:
        said = self.classify()
        self.assertIn("3 photos looked at", said)
        self.assertIn("3 with other labels than before", said)
        self.assertFound("cat", self.photo("one.jpg"), self.photo("two.jpg"))
        self.assertEqual(Label.objects.get(slug="cat").photo_count, 2)
        self.assertEqual(Job.objects.get(kind="classify").state, JobState.DONE)

    def test_a_second_run_has_nothing_to_do(self) -> None:
        self.classify()
        self.assertIn("0 photos looked at", self.classify())

    def test_a_filter_bounds_what_is_looked_at(self) -> None:
        self.assertIn("1 photos looked at", self.classify("--filter", "name:three"))
        self.assertEqual(Classification.objects.get().photo, self.photo("three.jpg"))

    def test_a_filter_reaches_the_archive_and_what_is_in_review(self) -> None:
        Photo.objects.filter(name="one").update(deleted_at=timezone.now())
        Photo.objects.filter(name="two").update(quality=1)
        self.assertIn("3 photos looked at", self.classify("--filter", "name:one|two|three"))

    def test_a_wrong_filter_is_a_sentence(self) -> None:
        with self.assertRaisesMessage(CommandError, "There is no filter “nonsense”"):
            self.classify("--filter", "nonsense:1")

    def test_a_rescan_looks_again_and_keeps_what_a_person_took_away(self) -> None:
        self.classify()
        PhotoLabel.objects.filter(photo__name="one", label__slug="cat").update(uncertainty=100, src="manual")
        PhotoLabel.objects.filter(photo__name="two").delete()
        self.assertIn("3 photos looked at", self.classify("--rescan"))
        self.assertFound("label:cat", self.photo("two.jpg"))

    def test_a_thumb_that_is_gone_is_made_again(self) -> None:
        shutil.rmtree(self.storage / "cache" / "thumbnails")
        self.assertIn("3 photos looked at", self.classify())

    def test_a_photo_without_a_picture_is_skipped(self) -> None:
        shutil.rmtree(self.storage / "cache" / "thumbnails")
        self.addCleanup((self.home / "away.jpg").rename, self.originals / "one.jpg")
        (self.originals / "one.jpg").rename(self.home / "away.jpg")
        self.assertIn("2 photos looked at", self.classify())

    def test_a_rescan_that_was_stopped_goes_on_where_it_ended(self) -> None:
        self.classify()
        job = jobs.new_run(CLASSIFY, RunOptions(rescan=True))
        with mock.patch.object(picture_runs, "AT_ONCE", 1):
            result = jobs.run_in_job(job, _StopsAfter(job, 1), workers=1)
        self.assertEqual((result.state, result.unchanged), (JobState.CANCELLED, 1))
        self.assertIn("2 photos looked at", self.classify("--rescan"))
        self.assertIn("3 photos looked at", self.classify("--rescan"))

    def test_a_model_that_is_missing_is_one_sentence(self) -> None:
        with override_settings(MODELS_PATH=self.home), self.assertRaisesMessage(CommandError, "is missing"):
            self.classify()
        self.assertEqual(Job.objects.get(kind="classify").state, JobState.FAILED)

    def test_nothing_is_done_where_labels_are_switched_off(self) -> None:
        off = replace(settings.OPTIONS, disable_classification=True)
        with override_settings(OPTIONS=off), self.assertRaisesMessage(CommandError, "DISABLE_CLASSIFICATION"):
            self.classify()

    def test_it_waits_for_nobody_who_writes_the_library(self) -> None:
        with library_lease(), self.assertRaisesMessage(CommandError, "already"):
            self.classify()


class FromTheAdminTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_cat(cls.originals, "one.jpg")
        write_coffee(cls.originals, "two.jpg")
        run_index()
        PhotoLabel.objects.all().delete()

    def test_the_chosen_photos_are_looked_at_again(self) -> None:
        photo = self.photo("one.jpg")
        chosen: dict[str, Any] = {"action": "classify", "_selected_action": [photo.pk]}
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client_of(self.admin).post("/admin/library/photo/", chosen)
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(set(PhotoLabel.objects.values_list("photo", flat=True)), {photo.pk})

    def test_a_second_order_waits_until_the_first_is_done(self) -> None:
        Job.objects.create(kind="classify", arguments={})
        chosen: dict[str, Any] = {"action": "classify", "_selected_action": [self.photo("one.jpg").pk]}
        answer = self.client_of(self.admin).post("/admin/library/photo/", chosen, follow=True)
        self.assertContains(answer, "looked at already")

    def test_a_job_that_nobody_began_stands_in_nobodys_way(self) -> None:
        lost = Job.objects.create(kind="classify", arguments={})
        Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        jobs.start_run(CLASSIFY)
        lost.refresh_from_db()
        self.assertEqual(lost.state, JobState.FAILED)


class _StopsAfter(Progress):
    """Somebody asks to stop after so many photos."""

    def __init__(self, job: Job, photos: int) -> None:
        super().__init__(job)
        self._most = photos

    def tick(self) -> None:
        if self.done >= self._most:
            raise Cancelled
