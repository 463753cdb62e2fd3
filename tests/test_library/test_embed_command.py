"""`manage.py embed`: pictures are shown to the operator's own model, and words then find them by it."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from unittest import mock

import pyvips
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from library import jobs, picture_runs
from library.embedding import EMBED
from library.models import Job, Photo, PictureVector
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from library.search import encoding, search
from library.search.reasons import reasons
from tests.originals import LONG_AGO, OriginalsTestCase, age, run_index
from tests.tiny_pair import write_pair

COLOURS = {"one": (200, 20, 20), "two": (20, 200, 20), "three": (20, 20, 200), "four": (180, 30, 40)}


class EmbedTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        for name, rgb in COLOURS.items():
            _write(cls.originals / f"{name}.jpg", rgb)
        with override_settings(OPTIONS=replace(settings.OPTIONS, disable_classification=True)):
            run_index()
        Photo.objects.update(quality=3)

    def setUp(self) -> None:
        super().setUp()
        self.use(write_pair(self.home / "model"))

    def use(self, folder: Path) -> None:
        options = replace(settings.OPTIONS, vision_path=str(folder))
        self.enterContext(override_settings(OPTIONS=options))
        encoding.forget()
        self.addCleanup(encoding.forget)

    def embed(self, *arguments: str) -> str:
        out = StringIO()
        call_command("embed", *arguments, "--workers", "1", stdout=out)
        return out.getvalue()

    def test_words_find_pictures_by_their_vectors_the_likest_first(self) -> None:
        self.assertIn("4 pictures shown", self.embed())
        found = search("cherry", self.grant_of(self.admin), order="relevance").photos
        self.assertEqual([photo.name for photo in found], ["one", "four"])
        self.assertFound("ocean", self.photo("three.jpg"))
        self.assertFound("meaning:ocean|meadow", self.photo("three.jpg"), self.photo("two.jpg"))
        self.assertFound("cherry name:four", self.photo("four.jpg"))
        uid = self.photo("one.jpg").uid
        told = reasons("cherry", [uid], self.grant_of(self.admin))[uid]
        self.assertEqual([(one.kind, one.label) for one in told], [("meaning", "Looks like cherry")])

    def test_what_is_private_stays_so(self) -> None:
        self.embed()
        Photo.objects.filter(name="one").update(private=True)
        self.assertFound("cherry", self.photo("four.jpg"), by=self.bob)

    def test_a_second_run_has_nothing_to_do_and_a_changed_picture_is_shown_again(self) -> None:
        self.embed()
        self.assertIn("0 pictures shown", self.embed())
        PictureVector.objects.filter(photo__name="one").update(file_hash="other")
        self.assertIn("1 pictures shown", self.embed())
        self.assertIn("4 pictures shown", self.embed("--rescan"))

    def test_another_model_sees_everything_anew(self) -> None:
        self.embed()
        before = bytes(PictureVector.objects.get(photo__name="one").vector)
        self.use(write_pair(self.home / "turned", turn=1))
        self.assertFound("cherry")  # until it has seen them
        self.assertIn("4 pictures shown", self.embed())
        self.assertNotEqual(bytes(PictureVector.objects.get(photo__name="one").vector), before)
        self.assertFound("cherry", self.photo("one.jpg"), self.photo("four.jpg"))

    def test_a_run_that_is_stopped_is_continued_by_the_next(self) -> None:
        ticks = iter([None, Cancelled])

        def tick(progress: Progress) -> None:
            if (end := next(ticks)) is not None:
                raise end

        with mock.patch.object(picture_runs, "AT_ONCE", 1), mock.patch.object(Progress, "tick", tick):
            job = jobs.new_run(EMBED, RunOptions())
            self.assertEqual(jobs.run_in_job(job, Progress(job), workers=1).state, JobState.CANCELLED)
        self.assertEqual(PictureVector.objects.count(), 2)
        self.assertIn("2 pictures shown", self.embed())

    def test_what_is_wrong_with_the_model_is_a_sentence(self) -> None:
        (self.home / "model" / "vision_model.onnx").write_bytes(b"broken")
        self.use(self.home / "model")
        from library.meaning.pair import pair_at

        pair_at.cache_clear()
        self.addCleanup(pair_at.cache_clear)
        with self.assertRaisesMessage(CommandError, "The model for pictures and texts cannot be used"):
            self.embed()
        self.assertEqual(Job.objects.get(kind="embed").state, JobState.FAILED)

    def test_without_a_model_nothing_can_be_shown(self) -> None:
        with (
            override_settings(OPTIONS=replace(settings.OPTIONS, vision_path="")),
            self.assertRaisesMessage(CommandError, "PHOTOPRISM_VISION_PATH"),
        ):
            self.embed()

    def test_what_is_indexed_is_shown_by_the_queue(self) -> None:
        with mock.patch.object(jobs, "async_task") as queued, self.captureOnCommitCallbacks(execute=True):
            _write(self.originals / "new.jpg", (20, 200, 30))
            self.addCleanup((self.originals / "new.jpg").unlink)
            run_index()
        job = Job.objects.get(kind="embed")
        queued.assert_called_once_with("library.jobs.run_pictures", job.uid, task_name=f"embed {job.uid}")
        self.assertIn("pictures shown", jobs.run_pictures(job.uid))


def _write(path: Path, rgb: tuple[int, int, int]) -> None:
    noise = pyvips.Image.gaussnoise(320, 240, sigma=5, mean=0, seed=rgb[0])
    (noise.bandjoin([noise, noise]) + list(rgb)).cast("uchar").copy(interpretation="srgb").write_to_file(str(path))
    age(path, LONG_AGO)
