"""`manage.py recognize_text`: text in the pictures of photos that are indexed."""

import shutil
from dataclasses import replace
from io import StringIO
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import override_settings

from library import jobs, packaged_models
from library.lease import library_lease
from library.models import ErrorLog, Job, Photo, PhotoTextWord, Recognition
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from library.recognizing import RECOGNIZE
from tests.originals import OriginalsTestCase, run_index
from tests.test_ocr.pictures import write_sign

ON = override_settings(OPTIONS=replace(settings.OPTIONS, detect_text=True))
OFF = replace(settings.OPTIONS, disable_classification=True)


@ON
class RecognizeTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_sign(cls.originals / "stop.jpg")
        write_sign(cls.originals / "inn.png", "Gasthaus", "Zimmer frei", size=(900, 500), letters=60)
        cls.write("plain.jpg")
        with override_settings(OPTIONS=OFF):
            run_index()
        Photo.objects.update(quality=3)

    def recognize(self, *arguments: str) -> str:
        out = StringIO()
        call_command("recognize_text", *arguments, stdout=out)
        return out.getvalue()

    def test_the_text_in_every_picture_is_found_and_told(self) -> None:
        self.assertIn("3 photos read", self.recognize())
        self.assertFound('text:"bus stop"', self.photo("stop.jpg"))
        self.assertFound("zimmer", self.photo("inn.png"))
        self.assertFound("-text:*", self.photo("plain.jpg"))
        self.assertEqual(Job.objects.get(kind=RECOGNIZE).state, JobState.DONE)
        photo = self.photo("stop.jpg")
        answer = self.client_of(self.admin).get(f"/api/v1/photos/{photo.uid}/text").json()
        self.assertEqual([line["Text"] for line in answer["Lines"]], ["BUS STOP", "Platform 12"])
        self.assertEqual(answer["Hash"], photo.files.get().hash)
        self.assertEqual({len(line["Box"]) for line in answer["Lines"]}, {8})

    def test_a_second_run_reads_what_is_new_or_another_picture(self) -> None:
        self.recognize()
        self.assertIn("0 photos read", self.recognize())
        Recognition.objects.filter(photo=self.photo("stop.jpg")).update(hash="f" * 40)
        self.assertIn("1 photos read", self.recognize())
        self.assertIn("3 photos read", self.recognize("--rescan"))

    def test_a_filter_bounds_what_is_read(self) -> None:
        self.assertIn("1 photos read", self.recognize("--filter", "name:inn"))
        with self.assertRaisesMessage(CommandError, "There is no filter “nonsense”"):
            self.recognize("--filter", "nonsense:1")

    def test_videos_are_left_out(self) -> None:
        Photo.objects.filter(name="inn").update(type="video")
        self.assertIn("2 photos read", self.recognize())

    def test_a_thumb_that_is_gone_is_made_again_and_a_photo_without_a_picture_skipped(self) -> None:
        shutil.rmtree(self.storage / "cache" / "thumbnails")
        self.addCleanup((self.home / "away.png").rename, self.originals / "inn.png")
        (self.originals / "inn.png").rename(self.home / "away.png")
        self.assertIn("2 photos read", self.recognize())

    def test_a_run_that_was_stopped_goes_on_where_it_ended(self) -> None:
        job = jobs.new_run(RECOGNIZE, RunOptions())
        result = jobs.run_in_job(job, _StopsAfter(job, 1))
        self.assertEqual(result.state, JobState.CANCELLED)
        self.assertIn("2 photos read", self.recognize())

    def test_it_reads_while_others_index_but_not_twice_at_once(self) -> None:
        with library_lease():
            self.assertIn("3 photos read", self.recognize())
        with library_lease(RECOGNIZE), self.assertRaisesMessage(CommandError, "at it already"):
            self.recognize()

    def test_an_index_run_has_what_is_new_read(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            run_index()
        self.assertEqual(Recognition.objects.count(), 3)
        with self.captureOnCommitCallbacks(execute=True):
            run_index()
        self.assertEqual(Job.objects.filter(kind=RECOGNIZE).count(), 1)

    def test_a_photo_that_goes_takes_its_text_along(self) -> None:
        self.recognize()
        self.photo("stop.jpg").delete()
        self.assertFalse(PhotoTextWord.objects.filter(word__word="bus").exists())


class WithoutItTest(OriginalsTestCase):
    def test_nothing_is_read_unless_it_is_switched_on(self) -> None:
        with self.assertRaisesMessage(CommandError, "PHOTOPRISM_DETECT_TEXT"):
            call_command("recognize_text")
        self.assertEqual(self.doubts(), [])

    @ON
    def test_a_package_that_is_missing_is_told_once_by_check_command_and_list(self) -> None:
        with mock.patch.object(packaged_models, "find_spec", return_value=None):
            self.assertEqual(len(self.doubts()), 1)
            with self.assertLogs("library.model_troubles"):
                for _ in range(2):
                    with self.assertRaisesMessage(CommandError, "rapidocr is not installed"):
                        call_command("recognize_text")
        self.assertIn("requirements-ocr.txt", ErrorLog.objects.get().reason)
        call_command("recognize_text", stdout=StringIO())
        self.assertFalse(ErrorLog.objects.exists())

    def doubts(self) -> list[str]:
        return [str(message.msg) for message in run_checks() if message.id == "library.W002"]


class FromTheAdminTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        write_sign(cls.originals / "one.jpg")
        write_sign(cls.originals / "two.jpg", "Two")
        run_index()

    @ON
    def test_the_chosen_photos_are_read(self) -> None:
        photo = self.photo("one.jpg")
        chosen: dict[str, Any] = {"action": "recognize_text", "_selected_action": [photo.pk]}
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client_of(self.admin).post("/admin/library/photo/", chosen)
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(list(Recognition.objects.values_list("photo", flat=True)), [photo.pk])


class _StopsAfter(Progress):
    """Somebody asks to stop after so many photos."""

    def __init__(self, job: Job, photos: int) -> None:
        super().__init__(job, is_told=False)
        self._most = photos

    def tick(self) -> None:
        if self.done >= self._most:
            raise Cancelled
