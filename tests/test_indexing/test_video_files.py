"""Videos as they are indexed: rows, type, thumbs, and those that are broken."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from library.media.sizes import SIZES
from library.media.thumbs import thumb_name
from library.models import ErrorLog, File
from library.models.trouble import Level
from tests.originals import LONG_AGO, OriginalsTestCase, age, run_index
from tests.test_media.videos import make_video


class VideoFilesTest(OriginalsTestCase):
    @classmethod
    def fill(cls) -> None:
        cls.film("long.mp4", seconds=4, sound="aac")
        cls.film("short.mov", seconds=2, turn=90)
        cls.film("old.avi", codec="mpeg4", seconds=4)
        content = cls.film("whole.mp4", seconds=4).read_bytes()
        (cls.originals / "whole.mp4").unlink()
        (cls.originals / "broken.mp4").write_bytes(content[:500])
        cls.film(
            "front.mkv", seconds=4, more=("-metadata", "creation_time=2011-05-17T10:11:12Z", "-metadata", "title=Quay")
        )
        cut_off = (cls.originals / "front.mkv").read_bytes()
        (cls.originals / "cut.mkv").write_bytes(cut_off[: len(cut_off) // 2])
        (cls.originals / "playlist.mp4").write_text("#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")
        run_index()

    @classmethod
    def film(cls, name: str, **video: object) -> Path:
        path = make_video(cls.originals / name, **video)
        age(path, LONG_AGO)
        return path

    def test_a_videos_row_says_what_it_is(self) -> None:
        file = File.objects.get(name="long.mp4")
        self.assertEqual((file.width, file.height, file.codec, file.fps, file.frames), (160, 120, "avc1", 25.0, 100))
        self.assertTrue(file.is_video and file.is_streamable and file.is_primary)
        self.assertAlmostEqual((file.duration or timedelta()).total_seconds(), 4, delta=0.1)

    def test_what_browsers_cannot_play_is_marked(self) -> None:
        file = File.objects.get(name="old.avi")
        self.assertEqual((file.codec, file.is_streamable), ("mp4v", False))

    def test_longer_ones_are_videos_and_short_ones_live(self) -> None:
        self.assertEqual((self.photo("long.mp4").type, self.photo("short.mov").type), ("video", "live"))

    def test_a_portrait_has_its_size_as_seen(self) -> None:
        file = File.objects.get(name="short.mov")
        self.assertEqual((file.width, file.height, file.is_portrait), (120, 160, True))

    def test_it_has_a_length_a_placeholder_colours_and_thumbs(self) -> None:
        file = File.objects.get(name="long.mp4")
        self.assertTrue(file.thumbhash and file.main_color and self.photo("long.mp4").duration)
        thumb = Path(settings.CACHE_PATH) / "thumbnails" / thumb_name(file.hash, SIZES["tile_224"])
        self.assertTrue(thumb.exists())

    def test_what_its_container_says_is_kept(self) -> None:
        photo = self.photo("front.mkv")
        self.assertEqual((photo.taken_at, photo.taken_src), (datetime(2011, 5, 17, 10, 11, 12, tzinfo=UTC), "meta"))
        self.assertEqual((photo.title, photo.title_src), ("Quay", "meta"))

    def test_one_that_is_cut_off_is_shown_and_in_the_error_list(self) -> None:
        row = ErrorLog.objects.get(name="cut.mkv")
        self.assertEqual(
            (row.level, row.reason), (Level.WARNING, "The file is cut off: at least 50% of the film is missing.")
        )
        self.assertTrue(File.objects.get(name="cut.mkv").width)
        self.assertFalse(ErrorLog.objects.filter(name="front.mkv").exists())

    def test_broken_ones_are_problems_with_a_reason(self) -> None:
        for name in ("broken.mp4", "playlist.mp4"):
            with self.subTest(name):
                self.assertIn("is damaged or is no video", ErrorLog.objects.get(name=name).reason)
                self.assertFalse(File.objects.filter(name=name, photo__isnull=False).exists())
