"""What a video is: length, codecs, pixels, which side is up."""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.test import SimpleTestCase

from library.media.formats import by_name
from library.media.video import NotAVideo, Video, probe
from library.meta.containers import RECORDED
from tests.test_media.pictures import quarters, save
from tests.test_media.videos import BLACK, ffmpeg, make_video


class VideoTestCase(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def probe(self, name: str, **video: object) -> Video:
        return self.look(make_video(self.folder / name, **video))

    def look(self, path: Path) -> Video:
        file_format = by_name(path.name)
        assert file_format is not None
        return probe(path, file_format)


class ProbeTest(VideoTestCase):
    def test_a_phones_video_tells_all(self) -> None:
        video = self.probe("a.mp4", seconds=2, sound="aac")
        self.assertEqual((video.width, video.height, video.fps, video.frames), (160, 120, 25.0, 50))
        self.assertEqual((video.codec, video.audio, video.pixels, video.orientation), ("avc1", "aac", "yuv420p", 1))
        self.assertAlmostEqual((video.duration or timedelta()).total_seconds(), 2, delta=0.1)

    def test_codecs_have_photoprisms_names(self) -> None:
        cases = {
            ("a.mp4", "hevc"): "hvc1",
            ("a.webm", "vp9"): "vp9",
            ("a.avi", "mpeg4"): "mp4v",
            ("a.mkv", "h264"): "avc1",
        }
        for (name, codec), expected in cases.items():
            with self.subTest(name, codec=codec):
                self.assertEqual(self.probe(name, codec=codec, seconds=0.2).codec, expected)

    def test_old_containers_are_read(self) -> None:
        cases = {
            "a.mpg": "mpeg2",
            "a.mts": "h264",
            "a.flv": "h264",
            "a.3gp": "h264",
            "a.wmv": "mpeg4",
            "a.mxf": "mpeg2",
        }
        for name, codec in cases.items():
            with self.subTest(name):
                self.assertEqual(self.probe(name, codec=codec, size="320x240", seconds=0.5).width, 320)

    def test_a_video_without_sound_says_so(self) -> None:
        self.assertEqual(self.probe("a.mp4").audio, "")

    def test_a_turned_video_has_its_size_as_seen(self) -> None:
        for turn, orientation, size in ((90, 6, (120, 160)), (180, 3, (160, 120)), (270, 8, (120, 160))):
            with self.subTest(turn=turn):
                video = self.probe("a.mp4", turn=turn)
                self.assertEqual((video.orientation, (video.width, video.height)), (orientation, size))

    def test_pixels_that_are_not_square_are_made_so(self) -> None:
        video = self.probe("a.mp4", more=("-vf", "setsar=4/3"))
        self.assertEqual((video.width, video.height), (213, 120))

    def test_what_a_container_without_a_movie_box_says_is_told(self) -> None:
        named = ("-metadata", "creation_time=2019-07-24T08:25:57Z", "-metadata", "title=Lake")
        tags = self.probe("a.mkv", more=named).tags
        self.assertEqual((tags["title"], tags["creation_time"]), ("Lake", "2019-07-24T08:25:57.000000Z"))
        self.assertEqual(self.probe("a.mp4", more=named).tags, {})

    def test_the_clock_of_an_avchd_camera_is_read_from_between_its_pictures(self) -> None:
        whole, marked = make_video(self.folder / "a.mts", seconds=0.4), self.folder / "marked.mts"
        packs = "MDPM\x02\x18\x42\x20\x19\x07\x19\x24\x10\x25\x40"
        message = f"h264_metadata=sei_user_data=17ee8c60f84d11d98cd60800200c9a66+{packs}"
        ffmpeg("-i", str(whole), "-c", "copy", "-bsf:v", message, str(marked))
        self.assertEqual(self.look(marked).tags[RECORDED], "2019:07:24 10:25:40")

    def test_a_sound_alone_is_no_video(self) -> None:
        path = self.folder / "a.mp4"
        ffmpeg("-f", "lavfi", "-i", "sine", "-t", "1", "-c:a", "aac", str(path))
        with self.assertRaises(NotAVideo):
            self.look(path)

    def test_the_cover_of_a_sound_is_no_video(self) -> None:
        cover, path = save(self.folder / "cover.jpg", quarters()), self.folder / "a.mp4"
        sound = ("-f", "lavfi", "-i", "sine", "-i", str(cover), "-t", "1", "-map", "0", "-map", "1")
        ffmpeg(*sound, "-c:v", "copy", "-c:a", "aac", "-disposition:v", "attached_pic", str(path))
        with self.assertRaises(NotAVideo):
            self.look(path)


class CutOffTest(VideoTestCase):
    """Films that play and end too early."""

    def cut(self, name: str, share: float, **video: object) -> Video:
        path = make_video(self.folder / name, seconds=3, **video)
        content = path.read_bytes()
        path.write_bytes(content[: round(len(content) * share)])
        return self.look(path)

    def test_what_is_missing_is_said(self) -> None:
        at_front = ("-movflags", "+faststart")
        cases = {
            "a.mp4": ("h264", at_front),
            "a.mov": ("h264", at_front),
            "a.mkv": ("h264", ()),
            "a.avi": ("mpeg4", ()),
        }
        for name, (codec, more) in cases.items():
            with self.subTest(name):
                video = self.cut(name, 0.6, codec=codec, more=more)
                self.assertEqual(video.damage, "The file is cut off: at least 40% of the film is missing.")

    def test_a_whole_film_and_one_with_something_behind_it_are_fine(self) -> None:
        for name, codec in (
            ("a.mp4", "h264"),
            ("a.mkv", "h264"),
            ("a.webm", "vp9"),
            ("a.avi", "mpeg4"),
            ("a.mts", "h264"),
        ):
            with self.subTest(name):
                path = make_video(self.folder / name, codec=codec, seconds=0.4)
                self.assertEqual(self.look(path).damage, "")
                path.write_bytes(path.read_bytes() + bytes(64))
                self.assertEqual(self.look(path).damage, "")

    def test_a_recording_that_knew_no_length_is_fine(self) -> None:
        live = ("-f", "matroska", "-live", "1")
        self.assertEqual(self.cut("a.mkv", 0.7, more=live).damage, "")

    def test_the_last_fragment_is_missed(self) -> None:
        fragments = ("-g", "10", "-movflags", "frag_keyframe+empty_moov")
        self.assertIn("is cut off", self.cut("a.mp4", 0.6, more=fragments).damage)


class StreamableTest(VideoTestCase):
    """Which videos players of their codec take as they are."""

    def test_what_phones_and_browsers_make_is(self) -> None:
        cases = {
            ("a.mp4", "h264", "aac"),
            ("a.mov", "h264", ""),
            ("b.mp4", "hevc", "aac"),
            ("a.webm", "vp9", "libopus"),
            ("c.mp4", "h264", "libmp3lame"),
        }
        for name, codec, sound in cases:
            with self.subTest(name, codec=codec):
                self.assertTrue(self.probe(name, codec=codec, sound=sound, seconds=0.4).is_streamable)

    def test_what_lies_in_other_containers_is_not(self) -> None:
        for name in ("a.mkv", "a.avi", "a.mts"):
            with self.subTest(name):
                self.assertFalse(self.probe(name, seconds=0.4).is_streamable)

    def test_an_uncommon_sound_is_not(self) -> None:
        for sound in ("pcm_s16le", "ac3"):
            with self.subTest(sound):
                self.assertFalse(self.probe("a.mov", sound=sound, seconds=0.4).is_streamable)

    def test_pixels_that_few_decoders_know_are_not(self) -> None:
        self.assertFalse(self.probe("a.mp4", picture=BLACK, more=("-pix_fmt", "yuv422p"), seconds=0.4).is_streamable)
