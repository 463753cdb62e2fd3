"""Files that are not what they are called: what they truly are is shown, and nothing in them acts, wherever."""

from typing import ClassVar

from library.media.formats import FORMATS
from library.models import ErrorLog, File
from tests.test_api.on_disk import MediaTestCase
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.disguises import delegates, no_pictures, playlists, polyglots, wrongly_named

MIMES = {row.mime for row in FORMATS}


class TwoThingsAtOnceTest(KeepsToTheRules, HostileOriginals, MediaTestCase):
    """Polyglots and wrong extensions."""

    files: ClassVar[dict[str, tuple[bytes, str]]] = {**polyglots(), **wrongly_named()}

    @classmethod
    def write_hostile(cls) -> None:
        for name, (content, _) in cls.files.items():
            cls.put(name, content)

    def test_each_is_shown_as_what_its_bytes_say(self) -> None:
        for name, (_, truth) in self.files.items():
            with self.subTest(name):
                file = File.objects.get(name=name)
                self.assertEqual((file.type, file.is_primary, file.width > 0), (truth, True, True))

    def test_a_name_that_lies_is_told(self) -> None:
        told = {row.name for row in ErrorLog.objects.filter(level="warning", reason__contains="is named as")}
        self.assertEqual(told, set(wrongly_named()))

    def test_no_original_runs_in_a_browser(self) -> None:
        for file in File.objects.all():
            with self.subTest(file.name):
                answer, content = self.read(f"/api/v1/dl/{file.hash}?t={self.download['admin']}")
                self.assertEqual(content, self.files[file.name][0])
                self.assertIn(answer["Content-Type"], MIMES)
                self.assertNotIn("html", answer["Content-Type"])
                self.assertTrue(answer["Content-Disposition"].startswith("attachment;"))
                self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
                self.assertIn("sandbox", answer["Content-Security-Policy"])
                self.assertIn("default-src 'none'", answer["Content-Security-Policy"])

    def test_their_thumbs_are_nothing_but_pictures(self) -> None:
        for file in File.objects.all():
            with self.subTest(file.name):
                answer, content = self.read(f"/api/v1/t/{file.hash}/{self.preview['admin']}/fit_720")
                self.assertIn(answer["Content-Type"], ("image/jpeg", "image/webp"))
                self.assertNotIn(b"<script", content)
                self.assertNotIn(b"<?php", content)
                self.assertEqual(answer["X-Content-Type-Options"], "nosniff")

    def test_a_film_is_served_as_a_film(self) -> None:
        file = File.objects.get(name="mp4 and page.mp4")
        answer, _ = self.read(f"/api/v1/videos/{file.hash}/{self.preview['admin']}/avc")
        self.assertEqual((answer["Content-Type"], answer["X-Content-Type-Options"]), ("video/mp4", "nosniff"))
        self.assertIn("sandbox", answer["Content-Security-Policy"])


class NoPicturesTest(KeepsToTheRules, HostileOriginals):
    """Pages, programs, archives and playlists under the names of pictures and films."""

    @classmethod
    def write_hostile(cls) -> None:
        for name, content in (no_pictures(cls.bird) | playlists(cls.bird)).items():
            cls.put(name, content)

    def test_none_is_shown(self) -> None:
        self.assertEqual(list(File.objects.filter(photo__isnull=False)), [])

    def test_of_each_it_is_said_that_it_is_none(self) -> None:
        self.assertEqual(set(ErrorLog.objects.values_list("name", flat=True)), set(self.before))
        self.assertEqual(
            self.reason("page as jpg.jpg"), "page as jpg.jpg is named as JPEG but does not begin like one."
        )

    def test_a_playlist_is_no_film(self) -> None:
        for name in playlists(self.bird):
            with self.subTest(name):
                self.assertEqual(ErrorLog.objects.get(name=name).level, "error")


class DelegatesTest(KeepsToTheRules, HostileOriginals):
    """What other programs hand on to a shell, a server or another file."""

    # ExifTool is one of those that once ran what a file says.
    options = {"disable_exiftool": False}

    @classmethod
    def write_hostile(cls) -> None:
        for name, content in delegates(cls.bird).items():
            cls.put(name, content)

    def test_only_drawings_and_pages_are_shown(self) -> None:
        shown = set(File.objects.filter(is_primary=True).values_list("type", flat=True))
        self.assertEqual(shown, {"svg", "pdf"})

    def test_no_program_of_others_is_run(self) -> None:
        self.assertIn("PostScript files are programs", self.reason("delegate ps as jpg.jpg"))

    def test_a_drawing_that_refers_to_other_files_is_refused(self) -> None:
        self.assertIn("refers to other files", self.reason("delegate entity as svg.svg"))
