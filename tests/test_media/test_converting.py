"""Videos for browsers, made of others."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pillow_heif
from django.test import SimpleTestCase
from PIL import Image

from library.media import videocache
from library.media.converting import NotConverted, Rules, Source, convert, find_ffmpeg
from library.media.ffmpeg import Form
from library.media.formats import by_name
from library.media.video import Video, probe
from tests.test_media.videos import make_animated_jxl, make_heic_sequence, make_video

HASH = "abcd" * 10


class Stop(Exception):
    """Somebody has lost patience."""


class ConvertingTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.shares: list[float] = []
        self.rules = Rules(
            program=find_ffmpeg("") or Path(), out=self.folder / "out", encoder="software",
            size=720, bitrate=50, cache=10**9, deadline=60, memory=2**30,
        )  # fmt: skip

    def convert(self, path: Path, form: Form = "mp4", rules: Rules | None = None, **part: int) -> Path:
        file_format = by_name(path.name)
        assert file_format is not None
        source = Source(path=path, type=file_format.name, hash=HASH, **part)
        return convert(source, form, rules or self.rules, self.shares.append)

    def look(self, path: Path) -> Video:
        file_format = by_name("a.mp4")
        assert file_format is not None
        return probe(path, file_format)

    def test_hevc_becomes_h264_upright_and_small_enough(self) -> None:
        path = make_video(self.folder / "a.mov", codec="hevc", size="1280x720", sound="aac", turn=90)
        made = self.look(self.convert(path))
        self.assertEqual((made.codec, made.audio, made.orientation, made.is_streamable), ("avc1", "aac", 1, True))
        self.assertEqual((made.width, made.height), (404, 720))
        self.assertAlmostEqual(self.shares[-1], 1, delta=0.1)

    def test_the_index_stands_in_front_so_that_playing_begins_at_once(self) -> None:
        content = self.convert(make_video(self.folder / "a.avi", codec="mpeg4")).read_bytes()
        self.assertLess(content.index(b"moov"), content.index(b"mdat"))

    def test_a_second_time_nothing_is_made(self) -> None:
        path = make_video(self.folder / "a.avi", codec="mpeg4")
        first = self.convert(path).stat().st_mtime_ns
        path.unlink()
        self.assertEqual(self.convert(path).stat().st_mtime_ns, first)

    def test_pictures_that_are_fit_are_kept(self) -> None:
        made = self.look(self.convert(make_video(self.folder / "a.mkv", size="1280x720", sound="libopus")))
        # Were they made anew, they would be no larger than the limit of 720 pixels.
        self.assertEqual((made.width, made.audio), (1280, "aac"))

    def test_hls_has_a_playlist_and_segments_of_mp4(self) -> None:
        folder = self.convert(make_video(self.folder / "a.webm", codec="vp9", seconds=9), "hls")
        playlist = (folder / "index.m3u8").read_text()
        self.assertIn('#EXT-X-MAP:URI="init.mp4"', playlist)
        self.assertIn("#EXT-X-ENDLIST", playlist)
        self.assertEqual(playlist.count(".m4s"), len(list(folder.glob("*.m4s"))))
        self.assertGreater(playlist.count(".m4s"), 1)

    def test_one_form_is_made_of_the_other(self) -> None:
        path = make_video(self.folder / "a.webm", codec="vp9", seconds=2)
        self.convert(path, "hls")
        path.unlink()
        self.assertEqual(self.look(self.convert(path, "mp4")).codec, "avc1")

    def test_the_video_of_a_motion_photo_is_cut_out(self) -> None:
        clip = make_video(self.folder / "clip.mp4", codec="hevc").read_bytes()
        photo = self.folder / "a.jpg"
        photo.write_bytes(b"\xff\xd8 a picture" + clip + b"more")
        self.assertEqual(self.look(self.convert(photo, offset=12, length=len(clip))).codec, "avc1")

    def test_where_the_graphics_fail_the_processor_does_it(self) -> None:
        path = make_video(self.folder / "a.avi", codec="mpeg4", seconds=0.4)
        with self.assertLogs("library.media.converting", "WARNING"):
            made = self.convert(path, rules=replace(self.rules, encoder="v4l2"))
        self.assertEqual(self.look(made).codec, "avc1")

    def test_who_stops_it_leaves_nothing_behind(self) -> None:
        def stop(share: float) -> None:
            raise Stop

        path = make_video(self.folder / "a.webm", codec="vp9", seconds=2)
        for form in ("mp4", "hls"):
            with self.subTest(form), self.assertRaises(Stop):
                convert(Source(path=path, type="webm", hash=HASH), form, self.rules, stop)
        self.assertEqual([found for found in self.rules.out.rglob("*") if HASH in found.name], [])

    def test_what_is_no_video_is_a_sentence(self) -> None:
        path = self.folder / "a.mp4"
        path.write_bytes(b"\0\0\0\x14ftypisom\0\0\2\0isom" + b"noise" * 100)
        with self.assertRaisesMessage(NotConverted, "cannot be read"):
            self.convert(path)

    def test_the_cache_is_kept_within_its_limit(self) -> None:
        path = make_video(self.folder / "a.avi", codec="mpeg4", seconds=0.4)
        old = videocache.place(self.rules.out, "ffff" * 10, "mp4")
        old.parent.mkdir(parents=True)
        old.write_bytes(b"x" * 1000)
        self.convert(path, rules=replace(self.rules, cache=500_000))
        self.assertTrue(old.exists())
        videocache.remove(videocache.place(self.rules.out, HASH, "mp4"))
        self.convert(path, rules=replace(self.rules, cache=1))
        self.assertFalse(old.exists())


class FindTest(SimpleTestCase):
    def test_the_packages_program_is_found(self) -> None:
        self.assertTrue((find_ffmpeg("") or Path()).is_file())

    def test_a_program_that_is_not_there_is_none(self) -> None:
        self.assertIsNone(find_ffmpeg("no-such-ffmpeg"))


class AnimationTest(ConvertingTest):
    """Of animated pictures that few browsers play a WebP is made."""

    def frames(self, path: Path) -> tuple[int, tuple[int, int], bool]:
        with Image.open(self.convert(path, "webp")) as made:
            return made.n_frames, made.size, made.has_transparency_data

    def test_jpeg_xl_with_all_its_frames_and_what_shines_through(self) -> None:
        self.assertEqual(self.frames(make_animated_jxl(self.folder / "a.jxl")), (10, (64, 48), True))

    def test_a_heic_sequence_with_and_without_a_still(self) -> None:
        still = self.folder / "still.heic"
        pillow_heif.from_pillow(Image.new("RGB", (64, 64), "teal")).save(still)
        for content in (b"", still.read_bytes()):
            path = make_heic_sequence(self.folder / "a.heics", still=content)
            with self.subTest(len(content)):
                self.assertEqual(self.frames(path)[:2], (10, (128, 96)))
            videocache.remove(videocache.place(self.rules.out, HASH, "webp"))

    def test_one_that_is_damaged_is_refused_and_leaves_nothing(self) -> None:
        path = make_animated_jxl(self.folder / "a.jxl")
        path.write_bytes(path.read_bytes()[:40])
        with self.assertRaisesMessage(NotConverted, "The animation could not be converted"):
            self.convert(path, "webp")
        self.assertEqual([file for file in self.rules.out.rglob("*") if file.is_file()], [])
