"""The frame that stands for a video."""

import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
from django.test import SimpleTestCase

from library.media.formats import by_name
from library.media.images import Picture, read_picture
from library.media.poster import poster_offset
from library.media.sizes import SIZES
from library.media.thumbs import render_thumbs, thumb_name
from tests.test_media.videos import BLACK, BLACK_FOR_A_SECOND, RED, ffmpeg, make_video

RED_THEN_BLUE = "color=c=red:size=160x120:rate=25,drawbox=c=blue:t=fill:enable='gte(t,{})'"


class OffsetTest(SimpleTestCase):
    def test_longer_videos_are_entered_later(self) -> None:
        cases = {0: 0, 3: 0, 3.1: 0, 4: 3, 60: 3, 61: 9, 180: 9, 181: 30, 601: 60, 3600: 60, 3601: 150}
        for length, offset in cases.items():
            with self.subTest(length):
                self.assertEqual(poster_offset(timedelta(seconds=length)), timedelta(seconds=offset))

    def test_an_unknown_length_means_the_first_frame(self) -> None:
        self.assertEqual(poster_offset(None), timedelta())


class PosterTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def poster(self, name: str = "a.mp4", **video: object) -> Picture:
        file_format = by_name(name)
        assert file_format is not None
        return read_picture(make_video(self.folder / name, **video), file_format)

    def assertColor(self, picture: Picture, color: tuple[int, int, int]) -> None:  # noqa: N802
        mean = picture.image.numpy().mean(axis=(0, 1))
        self.assertLess(np.abs(mean - color).max(), 12, f"{mean} is not {color}")

    def test_a_short_video_shows_its_first_frame(self) -> None:
        self.assertColor(self.poster(picture=RED_THEN_BLUE.format("0.2"), seconds=1), (255, 0, 0))

    def test_a_longer_one_shows_its_third_second(self) -> None:
        self.assertColor(self.poster(picture=RED_THEN_BLUE.format("2.9"), seconds=4), (0, 0, 255))

    def test_a_black_start_is_passed_over(self) -> None:
        self.assertGreater(self.poster(picture=BLACK_FOR_A_SECOND, seconds=2).image.avg(), 60)

    def test_a_film_that_is_all_black_is_shown_as_it_is(self) -> None:
        self.assertColor(self.poster(picture=BLACK), (0, 0, 0))

    def test_a_portrait_stands_upright(self) -> None:
        top = "color=c=blue:size=160x120:rate=25,drawbox=w=80:c=red:t=fill"
        picture = self.poster(picture=top, turn=90)
        self.assertEqual((picture.image.width, picture.image.height), (120, 160))
        # What was on the left is above, once turned clockwise.
        self.assertGreater(picture.image.numpy()[20, 60, 0], 200)
        self.assertGreater(picture.image.numpy()[140, 60, 2], 200)

    def test_wide_pixels_are_widened(self) -> None:
        picture = self.poster(more=("-vf", "setsar=4/3"))
        self.assertEqual((picture.image.width, picture.width, picture.height), (213, 213, 120))

    def test_a_stream_without_a_container_has_a_poster_too(self) -> None:
        self.assertColor(self.poster("a.hevc", codec="hevc", picture=RED, more=("-f", "hevc")), (255, 0, 0))

    def test_hdr_is_brought_to_the_brightness_of_screens(self) -> None:
        deep = ("-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "smpte2084")
        params = ("-x265-params", "log-level=none:colorprim=9:transfer=16:colormatrix=9", "-colorspace", "bt2020nc")
        grey = self.poster(codec="hevc", picture="color=c=0x949494", more=(*deep, *params))
        # 58 % of the PQ signal is about what 203 cd/m2 are: white.
        self.assertGreater(grey.image.avg(), 200)

    def test_thumbs_colours_and_placeholder_are_made_of_it(self) -> None:
        path, out = make_video(self.folder / "a.mp4", picture=RED), self.folder / "thumbs"
        file_format = by_name("a.mp4")
        assert file_format is not None
        rendered = render_thumbs(path, file_format, "abcd" * 10, out)
        self.assertEqual((rendered.width, rendered.height, len(rendered.pixels)), (160, 120, 27))
        self.assertTrue((out / thumb_name("abcd" * 10, SIZES["tile_224"])).exists())

    def test_a_cut_film_shows_what_is_left(self) -> None:
        path = make_video(self.folder / "whole.mp4", seconds=10, picture=RED, more=("-movflags", "+faststart"))
        content = path.read_bytes()
        cut = self.folder / "cut.mp4"
        cut.write_bytes(content[: len(content) * 8 // 10])
        file_format = by_name("cut.mp4")
        assert file_format is not None
        self.assertColor(read_picture(cut, file_format), (255, 0, 0))

    def test_two_readings_give_the_same_poster(self) -> None:
        path = make_video(self.folder / "a.mkv", seconds=5)
        file_format = by_name("a.mkv")
        assert file_format is not None
        first, second = (read_picture(path, file_format).image.numpy() for _ in range(2))
        self.assertTrue((first == second).all())


class LongGapTest(SimpleTestCase):
    def test_rare_key_frames_do_not_matter(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.mp4"
            ffmpeg(
                "-f",
                "lavfi",
                "-i",
                RED_THEN_BLUE.format("1"),
                "-t",
                "6",
                "-g",
                "1000",
                "-pix_fmt",
                "yuv420p",
                str(path),
            )
            file_format = by_name("a.mp4")
            assert file_format is not None
            self.assertGreater(read_picture(path, file_format).image.numpy()[60, 80, 2], 200)
