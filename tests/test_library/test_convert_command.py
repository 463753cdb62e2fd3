"""`manage.py convert [PATH]`."""

from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

from library.conversions import made_path
from library.indexing.cleanup import clean_up
from library.lease import library_lease
from library.models import File
from tests.originals import OriginalsTestCase, run_index
from tests.test_media.videos import make_video


class ConvertCommandTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        make_video(cls.originals / "2024" / "old.avi", codec="mpeg4", seconds=4)
        make_video(cls.originals / "other" / "old.mkv", codec="mpeg4", seconds=4)
        make_video(cls.originals / "2024" / "new.mp4", seconds=4)
        run_index()

    def made(self, name: str) -> Path:
        return made_path(File.objects.get(name=name).hash, "mp4")

    def test_it_makes_what_browsers_cannot_play_in_a_folder(self) -> None:
        out = StringIO()
        call_command("convert", "2024", stdout=out)
        self.assertIn("1 of 1 videos converted.", out.getvalue())
        self.assertTrue(self.made("2024/old.avi").exists())
        self.assertFalse(self.made("2024/new.mp4").exists() or self.made("other/old.mkv").exists())

    def test_one_that_fails_does_not_stop_the_others(self) -> None:
        self.made("2024/old.avi").unlink(missing_ok=True)
        File.objects.filter(name="2024/old.avi").update(name="2024/gone.avi")
        out, errors = StringIO(), StringIO()
        with self.assertRaises(CommandError):
            call_command("convert", stdout=out, stderr=errors)
        self.assertIn("1 of 2 videos converted.", out.getvalue())
        self.assertIn("2024/gone.avi", errors.getvalue())

    def test_a_video_whose_file_is_forgotten_is_cleaned_up(self) -> None:
        call_command("convert", "other", stdout=StringIO())
        made = self.made("other/old.mkv")
        File.objects.filter(name="other/old.mkv").delete()
        clean_up()
        self.assertFalse(made.exists())

    def test_two_do_not_run_at_once(self) -> None:
        with library_lease("convert"), self.assertRaisesMessage(CommandError, "already"):
            call_command("convert")
