"""What a decoder does to a worker costs one file, never the run."""

from dataclasses import replace

from django.conf import settings
from django.test import override_settings

from library.models import ErrorLog, Photo
from tests.originals import OriginalsTestCase, run_index

STAGES = ["tests.test_indexing.hostile_stages.misbehave", *settings.INDEX_STAGES]


@override_settings(INDEX_STAGES=STAGES)
class HostileFilesTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        for number, name in enumerate(("a", "abort", "bug", "crash", "greedy", "hang", "z")):
            cls.write(f"{name}.jpg", seed=number)
        with (
            override_settings(INDEX_STAGES=STAGES, OPTIONS=replace(settings.OPTIONS, index_timeout=3)),
            cls.assertLogs(cls(), "library.indexing.batch"),
        ):
            cls.result = run_index()

    def reason(self, name: str) -> str:
        return ErrorLog.objects.get(name=name).reason

    def test_the_run_goes_on_to_its_end(self) -> None:
        self.assertEqual((self.result.state, self.result.added, self.result.failed), ("done", 2, 5))
        self.assertEqual({photo.name for photo in Photo.objects.all()}, {"a", "z"})

    def test_a_crash_is_recorded_with_its_file(self) -> None:
        self.assertEqual(self.reason("crash.jpg"), "The decoder crashed on this file.")

    def test_a_decoder_that_ends_itself_without_a_word_most_likely_lacked_memory(self) -> None:
        self.assertIn("The decoder gave up, most likely because", self.reason("abort.jpg"))

    def test_a_hang_ends_at_the_deadline(self) -> None:
        self.assertIn("Took longer than 3 seconds", self.reason("hang.jpg"))

    def test_too_much_memory_is_refused(self) -> None:
        self.assertIn("more memory", self.reason("greedy.jpg"))

    def test_a_bug_is_recorded_with_what_it_says(self) -> None:
        self.assertIn("a bug in a stage", self.reason("bug.jpg"))

    def test_they_are_not_tried_again_until_they_change(self) -> None:
        self.assertEqual(run_index().unchanged, 7)
