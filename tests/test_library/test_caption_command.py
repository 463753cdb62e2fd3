"""`manage.py caption`: captions by a vision server, which is a real one made by the test."""

import socket
import threading
from dataclasses import replace
from io import StringIO
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from library import captioning, jobs
from library.captioning import CAPTION
from library.edits import Edit, edit
from library.models import Captioning, Job, Photo
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from tests.originals import OriginalsTestCase, run_index
from tests.test_library.vision_server import Server, says, send, vision_server

NO_LABELS = replace(settings.OPTIONS, disable_classification=True)


class CaptionTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.write("one.jpg", seed=1)
        cls.write("two.jpg", seed=2, **{"Exif.Image.ImageDescription": "By the camera"})
        cls.write("three.jpg", seed=3)
        with override_settings(OPTIONS=NO_LABELS):
            run_index()
        Photo.objects.update(quality=3)

    def caption(self, server: Server | str, *arguments: str) -> str:
        out = StringIO()
        uri = server if isinstance(server, str) else server.uri
        with override_settings(OPTIONS=replace(NO_LABELS, vision_uri=uri)):
            call_command("caption", *arguments, stdout=out)
        return out.getvalue()

    def captions(self) -> dict[str, tuple[str, str]]:
        return {name: (text, src) for name, text, src in Photo.objects.values_list("name", "caption", "caption_src")}

    def test_photos_without_a_caption_get_one_that_is_found(self) -> None:
        with vision_server(says("A zebra drinks.")) as server:
            self.assertIn("2 photos captioned", self.caption(server))
        zebra = ("A zebra drinks.", "ollama")
        self.assertEqual(self.captions(), {"one": zebra, "two": ("By the camera", "meta"), "three": zebra})
        self.assertEqual(server.asked.picture()[:2], b"\xff\xd8")
        self.assertFound("zebra", self.photo("one.jpg"), self.photo("three.jpg"))
        self.assertFound("caption:*zebra*", self.photo("one.jpg"), self.photo("three.jpg"))
        self.assertEqual(Job.objects.get(kind=CAPTION).state, JobState.DONE)

    def test_a_thumb_that_is_gone_is_made_by_a_process_of_its_own(self) -> None:
        for thumb in settings.CACHE_PATH.rglob("*fit_720.jpg"):
            thumb.unlink()
        with (
            vision_server(says("A zebra drinks.")) as server,
            mock.patch("library.looking.render_one", side_effect=AssertionError("Not in this process.")),
        ):
            self.assertIn("2 photos captioned", self.caption(server))
        self.assertEqual(server.asked.picture()[:2], b"\xff\xd8")

    def test_what_no_database_stores_is_left_out(self) -> None:
        with vision_server(says("A zebra\ud83d drinks\0.")) as server:
            self.assertIn("2 photos captioned", self.caption(server))
        self.assertEqual(self.captions()["one"], ("A zebra drinks.", "ollama"))

    def test_nobody_is_asked_twice_but_in_a_rescan(self) -> None:
        with vision_server(says("A zebra."), says(""), says("A horse.")) as server:
            self.assertIn("1 photos captioned", self.caption(server))
            self.assertIn("0 photos captioned", self.caption(server))
            self.assertEqual(len(server.asked.paths), 2)
            self.assertIn("2 photos captioned", self.caption(server, "--rescan"))
        self.assertEqual(self.captions()["one"], ("A horse.", "ollama"))
        self.assertFound("zebra")

    def test_what_a_person_wrote_or_took_away_stays(self) -> None:
        with vision_server(says("A zebra.")) as server:
            self.caption(server)
            for name, text in (("one.jpg", "Our zebra Frida"), ("three.jpg", "")):
                edit(self.photo(name), self.grant_of(self.admin), Edit(caption=text))
            self.caption(server, "--rescan")
        self.assertEqual(self.captions()["one"], ("Our zebra Frida", "manual"))
        self.assertEqual(self.captions()["three"], ("", ""))

    def test_a_person_who_writes_while_the_model_thinks_wins(self) -> None:
        def meanwhile(*_: Any) -> str:
            Photo.objects.update(caption="By hand", caption_src="manual")
            return "A zebra."

        with mock.patch.object(captioning, "_asked", meanwhile):
            self.assertIn("0 photos captioned", self.caption("http://127.0.0.1:1", "--filter", "name:one"))
        self.assertEqual(self.captions()["one"], ("By hand", "manual"))

    def test_a_picture_without_an_answer_costs_no_other_its_own(self) -> None:
        with vision_server(lambda handler: send(handler, b"{}", 500), says("A zebra.")) as server:
            self.assertIn("1 photos captioned", self.caption(server))
        self.assertFalse(Captioning.objects.filter(photo=self.photo("one.jpg")).exists())

    def test_a_server_that_only_fails_ends_the_run_with_a_sentence(self) -> None:
        self.write("four.jpg", seed=4)
        self.addCleanup((self.originals / "four.jpg").unlink)
        with override_settings(OPTIONS=NO_LABELS):
            run_index()
        sentence = self.assertRaisesMessage(CommandError, "3 pictures in a row got no caption")
        with vision_server(lambda handler: send(handler, b"<html>")) as server, sentence:
            self.caption(server)
        self.assertEqual(Job.objects.get(kind=CAPTION).state, JobState.FAILED)

    def test_a_server_that_is_not_there_is_a_sentence(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            with self.assertRaisesMessage(CommandError, "cannot be reached"):
                self.caption(f"http://127.0.0.1:{taken.getsockname()[1]}")

    def test_nothing_is_asked_unless_a_server_is_named(self) -> None:
        with self.assertRaisesMessage(CommandError, "PHOTOPRISM_VISION_URI"):
            call_command("caption")

    def test_cancelling_does_not_wait_for_the_answer(self) -> None:
        release = threading.Event()
        with vision_server(lambda handler: (release.wait(), None)[1]) as server:
            job = jobs.new_run(CAPTION, RunOptions())
            options = replace(NO_LABELS, vision_uri=server.uri)
            try:
                with override_settings(OPTIONS=options), mock.patch.object(captioning, "_PULSE", 0.05):
                    result = jobs.run_in_job(job, _StopsWhenAsked(job, server))
            finally:
                release.set()
        self.assertEqual(result.state, JobState.CANCELLED)

    def test_an_index_run_has_what_is_new_captioned(self) -> None:
        with vision_server(says("A zebra.")) as server:
            options = replace(NO_LABELS, vision_uri=server.uri)
            with override_settings(OPTIONS=options), self.captureOnCommitCallbacks(execute=True):
                run_index()
        self.assertEqual(self.captions()["one"], ("A zebra.", "ollama"))

    def test_the_key_is_no_secret_in_the_job(self) -> None:
        with vision_server(says("A zebra.")) as server:
            out = StringIO()
            options = replace(NO_LABELS, vision_uri=server.uri, vision_key="hush")
            with override_settings(OPTIONS=options):
                call_command("caption", stdout=out)
        job = Job.objects.get(kind=CAPTION)
        self.assertNotIn("hush", f"{out.getvalue()}{job.arguments}{job.result}{options}")


class _StopsWhenAsked(Progress):
    """Somebody cancels as soon as the server was asked."""

    def __init__(self, job: Job, server: Server) -> None:
        super().__init__(job, is_told=False)
        self._server = server

    def tick(self) -> None:
        if self._server.asked.paths:
            raise Cancelled
