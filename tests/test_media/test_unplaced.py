"""Blanks over what a file says of its place: its length, its picture and its way up stay."""

import io
import tempfile
from fractions import Fraction
from unittest import TestCase

import av
import numpy as np
import pyexiv2
import pyvips
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from library.media.unplaced import Blank, CannotUnplace, blanked, blanks_of

SECRET = b"Canary House"
PLACED = {
    "Exif.Image.Orientation": "6",
    "Exif.GPSInfo.GPSLatitude": "6/1 10/1 743/100",
    "Exif.Image.ImageDescription": SECRET.decode(),
}


def unplaced(content: bytes) -> bytes:
    return blanked(content, 0, blanks_of(io.BytesIO(content)))


class PictureTest(TestCase):
    def test_pictures_stay_and_places_go(self) -> None:
        for suffix in (".png", ".webp"):
            with self.subTest(suffix):
                content = placed(suffix)
                self.assertIn(SECRET, content)
                copy = unplaced(content)
                self.assertEqual(len(copy), len(content))
                self.assertNotIn(SECRET, copy)
                self.assertEqual(pixels(copy), pixels(content))
                with pyexiv2.ImageData(copy) as image:
                    self.assertEqual((image.read_exif(), image.read_xmp()), ({"Exif.Image.Orientation": "6"}, {}))

    def test_every_chunk_of_a_png_still_has_its_sum(self) -> None:
        with Image.open(io.BytesIO(unplaced(placed(".png")))) as image:
            image.verify()

    def test_text_in_a_png_and_behind_it_goes(self) -> None:
        made = io.BytesIO()
        words = PngInfo()
        words.add_itxt("Comment", SECRET.decode())
        Image.new("RGB", (8, 8)).save(made, "PNG", pnginfo=words)
        self.assertNotIn(SECRET, unplaced(made.getvalue() + SECRET))

    def test_colours_keep_their_profile(self) -> None:
        profile = (
            pyvips.Image.black(8, 8, bands=3).copy(interpretation="srgb").icc_transform("p3", input_profile="srgb")
        )
        content = bytes(profile.jpegsave_buffer())
        kept = pyvips.Image.new_from_buffer(unplaced_file(content), "").get("icc-profile-data")
        self.assertEqual(kept, pyvips.Image.new_from_buffer(content, "").get("icc-profile-data"))


class VideoTest(TestCase):
    def test_a_video_plays_and_does_not_say_where(self) -> None:
        content = video()
        self.assertIn(b"+48.2", content)
        copy = unplaced(content)
        self.assertEqual(len(copy), len(content))
        for word in (b"+48.2", SECRET):
            self.assertNotIn(word, copy)
        self.assertEqual(frames(copy), frames(content))

    def test_a_track_that_is_no_picture_and_no_sound_is_blanked(self) -> None:
        content = video(subtitles=True)
        self.assertIn(b"GPS " + SECRET, content)
        copy = unplaced(content)
        self.assertNotIn(SECRET, copy)
        self.assertEqual(frames(copy), frames(content))

    def test_a_video_inside_of_a_picture_is_blanked_where_it_lies(self) -> None:
        content = b"picture" * 99 + video(subtitles=True)
        blanks = blanks_of(io.BytesIO(content), 7 * 99, len(content))
        copy = blanked(content, 0, blanks)
        self.assertNotIn(SECRET, copy)
        self.assertEqual(frames(copy[7 * 99 :]), frames(content[7 * 99 :]))


class RefusedTest(TestCase):
    def test_what_nobody_knows_and_what_is_cut_is_refused(self) -> None:
        png = placed(".png")
        for content in (b"II*\0" + bytes(200), b"%PDF-1.7", b"", png[:-20], video()[:-100], placed(".webp")[:30]):
            with self.subTest(content[:12]), self.assertRaises(CannotUnplace):
                unplaced(content)

    def test_a_cut_jpeg_is_refused(self) -> None:
        content = bytes(pyvips.Image.black(64, 64, bands=3).jpegsave_buffer())
        with self.assertRaises(CannotUnplace):
            unplaced_file(content[:-2])


class BlankTest(TestCase):
    def test_each_part_read_gets_its_part_of_the_blank(self) -> None:
        content, blanks = bytes(range(1, 41)), (Blank(10, 20, b"abc"), Blank(30, 35))
        whole = blanked(content, 0, blanks)
        self.assertEqual(whole[10:20], b"abc" + bytes(7))
        for step in (1, 3, 7, 40):
            parts = [blanked(content[at : at + step], at, blanks) for at in range(0, 40, step)]
            self.assertEqual(b"".join(parts), whole)


def placed(suffix: str) -> bytes:
    image = pyvips.Image.black(64, 48, bands=3).linear(1, [200, 90, 160]).cast("uchar")
    with pyexiv2.ImageData(bytes(image.write_to_buffer(suffix))) as data:
        data.modify_exif(PLACED)
        data.modify_xmp({"Xmp.photoshop.City": SECRET.decode()})
        return bytes(data.get_bytes())


def pixels(content: bytes) -> bytes:
    return bytes(pyvips.Image.new_from_buffer(content, "").write_to_memory())


def unplaced_file(content: bytes) -> bytes:
    """JPEGs are looked through where they lie."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return blanked(content, 0, blanks_of(file))


def video(*, subtitles: bool = False) -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format="mov") as container:
        container.metadata.update({"location": "+48.2082+016.3738/", "comment": SECRET.decode()})
        stream = container.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        words = container.add_stream("mov_text", options={}) if subtitles else None
        if words is not None:
            words.codec_context.subtitle_header = b"[Script Info]\n"
            words.time_base = Fraction(1, 1000)
        for number in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((32, 32, 3), number * 40, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if words is not None:
            text = b"GPS " + SECRET
            packet = av.Packet(len(text).to_bytes(2, "big") + text)
            packet.stream, packet.pts, packet.dts, packet.duration = words, 0, 0, 1
            packet.time_base = words.time_base or Fraction(1, 1000)
            container.mux(packet)
    return made.getvalue()


def frames(content: bytes) -> list[bytes]:
    with av.open(io.BytesIO(content)) as container:
        return [frame.to_ndarray(format="rgb24").tobytes() for frame in container.decode(video=0)]
