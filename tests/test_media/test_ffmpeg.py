"""The command lines of FFmpeg."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.test import SimpleTestCase

from library.media.ffmpeg import Recipe, animations, bitrate_for, command, read_progress, scaled

RECIPE = Recipe(
    source=Path("/photos/-a b.mov"), demuxer="mov", form="mp4", width=3840, height=2160, size=1920, bitrate=50,
    duration=timedelta(seconds=20),
)  # fmt: skip


def arguments(**changes: object) -> list[str]:
    return command(Path("ffmpeg"), replace(RECIPE, **changes), "made.mp4")


def after(name: str, given: list[str]) -> str:
    return given[given.index(name) + 1]


class CommandTest(SimpleTestCase):
    def test_the_file_is_all_that_may_be_read(self) -> None:
        given = arguments()
        before_input = given[: given.index("-i")]
        self.assertEqual(after("-protocol_whitelist", before_input), "file")
        self.assertEqual((after("-f", before_input), after("-format_whitelist", before_input)), ("mov", "mov"))
        self.assertIn("-nostdin", before_input)
        self.assertIn("-max_alloc", before_input)

    def test_a_name_is_never_taken_for_an_option_or_a_protocol(self) -> None:
        self.assertEqual(after("-i", arguments()), "file:/photos/-a b.mov")

    def test_nothing_is_told_of_where_it_was_taken(self) -> None:
        self.assertEqual(after("-map_metadata", arguments()), "-1")

    def test_pictures_are_scaled_to_the_limit(self) -> None:
        self.assertIn("scale=1920:1080", after("-vf", arguments()))

    def test_each_encoder_has_its_own_arguments(self) -> None:
        named = {"software": "libx264", "intel": "h264_qsv", "nvidia": "h264_nvenc", "vaapi": "h264_vaapi"}
        for encoder, codec in named.items():
            with self.subTest(encoder):
                self.assertEqual(after("-c:v", arguments(encoder=encoder)), codec)

    def test_what_is_fit_is_copied(self) -> None:
        given = arguments(keeps_pictures=True, keeps_sound=True)
        self.assertEqual((after("-c:v", given), after("-c:a", given)), ("copy", "copy"))
        self.assertNotIn("-vf", given)

    def test_a_film_that_goes_on_after_its_end_is_cut(self) -> None:
        self.assertEqual(after("-t", arguments()), "31")

    def test_hls_has_fragments_of_mp4(self) -> None:
        given = arguments(form="hls")
        self.assertEqual((after("-hls_segment_type", given), after("-hls_time", given)), ("fmp4", "4"))


class SizeTest(SimpleTestCase):
    def test_the_longest_side_counts(self) -> None:
        self.assertEqual(scaled(3840, 2160, 1920), (1920, 1080))
        self.assertEqual(scaled(2160, 3840, 1920), (1080, 1920))

    def test_nothing_is_enlarged_and_sides_are_even(self) -> None:
        self.assertEqual(scaled(321, 241, 1920), (320, 240))

    def test_the_rate_follows_the_pixels_up_to_the_limit(self) -> None:
        self.assertEqual((bitrate_for(1920, 1080, 50), bitrate_for(3840, 2160, 50)), (25, 50))


class ProgressTest(SimpleTestCase):
    def test_the_time_that_is_made_is_read(self) -> None:
        self.assertEqual(read_progress("out_time_us=1500000\n"), timedelta(seconds=1.5))

    def test_other_lines_tell_nothing(self) -> None:
        for line in ("", "frame=3", "out_time_us=N/A", "out_time_us=-5"):
            with self.subTest(line):
                self.assertIsNone(read_progress(line))


class AnimationsTest(SimpleTestCase):
    def test_the_file_is_all_that_may_be_read_and_no_film_goes_on_for_ever(self) -> None:
        for kind, demuxer in (("jxl", "jpegxl_anim"), ("heics", "mov")):
            for given in animations(Path("ffmpeg"), Path("/photos/-a"), kind, "made.webp"):
                before_input = given[: given.index("-i")]
                self.assertEqual(after("-protocol_whitelist", before_input), "file")
                self.assertEqual((after("-f", before_input), after("-format_whitelist", before_input)), (demuxer,) * 2)
                self.assertIn("-max_pixels", before_input)
                self.assertEqual((after("-i", given), after("-frames:v", given)), ("file:/photos/-a", "1000"))

    def test_the_still_beside_a_sequence_is_not_what_moves(self) -> None:
        first, last = animations(Path("ffmpeg"), Path("a.heics"), "heics", "made.webp")
        self.assertEqual((after("-map", first), after("-map", last)), ("0:m:handler_name", "0:V:0"))
