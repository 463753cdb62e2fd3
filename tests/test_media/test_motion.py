"""The video inside a motion photo: found where phones put it, and only where one is whole."""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.test import SimpleTestCase

from library.media.formats import by_code
from library.media.motion import Clip, Part, find_video, video_of
from library.models import File
from tests.live_pictures import clip_bytes, write_micro_video, write_samsung
from tests.originals import write_picture


class MotionTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def picture(self, *more: bytes, name: str = "a.jpg") -> Path:
        path = write_picture(self.folder / name)
        path.write_bytes(b"".join([path.read_bytes(), *more]))
        return path

    def found(self, path: Path) -> Clip:
        clip = find_video(path)
        if clip is None:
            raise AssertionError(f"No video was found in {path.name}.")
        return clip

    def test_a_video_that_xmp_counts_from_the_end_is_found(self) -> None:
        path = write_micro_video(self.folder / "MVIMG_1.jpg", seconds=1.5)
        clip = self.found(path)
        self.assertEqual(path.read_bytes()[clip.offset + 4 : clip.offset + 8], b"ftyp")
        self.assertEqual(clip.offset + clip.length, path.stat().st_size)

    def test_its_length_and_codec_are_read(self) -> None:
        clip = self.found(write_micro_video(self.folder / "a.jpg", seconds=1.5))
        self.assertEqual((clip.duration, clip.codec), (timedelta(seconds=1.5), "avc1"))

    def test_samsungs_directory_is_no_part_of_the_video(self) -> None:
        video = clip_bytes(self.folder)
        path = write_samsung(self.folder / "a.jpg")
        clip = self.found(path)
        self.assertEqual(path.read_bytes()[clip.offset :][: clip.length], video)

    def test_a_video_that_nothing_announces_is_found(self) -> None:
        video = clip_bytes(self.folder)
        before = write_picture(self.folder / "a.jpg").stat().st_size
        self.assertEqual(self.found(self.picture(video)).offset, before)

    def test_one_that_straddles_two_blocks_is_found(self) -> None:
        video = clip_bytes(self.folder)
        for shift in range(9):
            start = write_picture(self.folder / "a.jpg").stat().st_size
            padding = bytes(1024 * 1024 - start - shift)
            with self.subTest(shift=shift):
                self.assertEqual(self.found(self.picture(padding, video)).offset, 1024 * 1024 - shift)

    def test_a_picture_without_a_video_has_none(self) -> None:
        self.assertIsNone(find_video(self.picture()))
        self.assertIsNone(find_video(self.picture(b"\0\0\0\x18ftypmp42 and nothing behind it")))

    def test_a_video_that_was_cut_off_does_not_count(self) -> None:
        video = clip_bytes(self.folder)
        self.assertIsNone(find_video(self.picture(video[: len(video) // 2])))

    def test_an_appended_picture_is_no_video(self) -> None:
        heic = (
            clip_bytes(self.folder)
            .replace(b"isom", b"heic")
            .replace(b"iso2", b"mif1")
            .replace(b"avc1mp41", b"heixmiaf")
        )
        self.assertIsNone(find_video(self.picture(heic)))

    def test_a_lying_offset_misleads_nobody(self) -> None:
        path = write_micro_video(self.folder / "a.jpg")
        content = path.read_bytes()
        told = len(content) - self.found(path).offset
        path.write_bytes(content.replace(str(told).encode(), str(told - 7).encode()))
        self.assertEqual(path.read_bytes()[self.found(path).offset + 4 :][:4], b"ftyp")

    def test_boxes_without_end_take_no_time(self) -> None:
        self.assertIsNone(find_video(self.picture(b"\0\0\0\x10ftypmp42\0\0\0\0" * 50_000)))

    def test_a_file_says_which_part_of_it_plays(self) -> None:
        path = self.folder / by_code("jpg").name
        self.assertEqual(video_of(File(video_offset=10, video_length=5), path), Part(path, 10, 5))
        self.assertEqual(video_of(File(), path), Part(path))
