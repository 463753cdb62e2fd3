"""JPEG XL: the header that is read before the decoder gets the file."""

import pillow_jxl  # noqa: F401 - teaches Pillow to write it
from PIL import Image

from library.media.formats import by_code
from library.media.images import TooLarge, Undecodable, read_header
from library.media.jxl import read_header as read_codestream
from library.media.metadata import read_metadata
from tests.test_media.base import PictureTest
from tests.test_media.pictures import noise, quarters, save
from tests.test_media.videos import make_animated_jxl


def bits(*fields: tuple[int, int]) -> bytes:
    """The start of a codestream from numbers and their widths."""
    value = at = 0
    for number, width in fields:
        value |= number << at
        at += width
    return b"\xff\n" + value.to_bytes(at // 8 + 8, "little")


class JxlTest(PictureTest):
    def test_sizes_of_all_shapes_are_read(self) -> None:
        for width, height in ((8, 8), (96, 64), (1000, 3), (257, 4099), (600, 500), (1920, 1080)):
            with self.subTest((width, height)):
                save(self.file("a.jxl"), noise(width, height))
                found = read_header(self.file("a.jxl"), by_code("jxl"))
                self.assertEqual((found.width, found.height, found.has_alpha), (width, height, False))

    def test_transparency_is_read_in_a_container_too(self) -> None:
        for container in (False, True):
            with self.subTest(container):
                path = self.file("a.jxl")
                Image.fromarray(quarters()).convert("RGBA").save(path, use_container=container)
                self.assertTrue(read_header(path, by_code("jxl")).has_alpha)

    def test_the_size_is_that_seen_upright(self) -> None:
        # Small, 8 high, own width, 16 wide; not all default, extra fields, turned by 90 degrees.
        head = bits((1, 1), (0, 5), (0, 3), (1, 5), (0, 1), (1, 1), (5, 3))
        self.assertEqual((read_codestream(head).width, read_codestream(head).height), (8, 16))

    def test_an_animation_has_more_than_one_frame(self) -> None:
        make_animated_jxl(self.file("a.jxl"))
        found = read_header(self.file("a.jxl"), by_code("jxl"))
        self.assertEqual((found.width, found.height, found.frames), (64, 48, 2))
        self.assertEqual(self.read(self.file("a.jxl")).image.width, 64)

    def test_the_metadata_has_the_size_and_survives_a_broken_header(self) -> None:
        save(self.file("a.jxl"), noise(300, 200))
        self.assertEqual(read_metadata(self.file("a.jxl")).width, 300)
        for head in (b"\xff\n", b"\xff\n\x01", b"\0\0\0\x0cJXL \r\n\x87\n"):
            self.file("a.jxl").write_bytes(head)
            with self.subTest(head):
                self.assertEqual(read_metadata(self.file("a.jxl")).width, 0)

    def test_a_repacked_jpeg_is_a_jpeg_again(self) -> None:
        save(self.file("a.jpg"), quarters(), quality=95)
        with Image.open(self.file("a.jpg")) as picture:
            picture.save(self.file("a.jxl"), lossless_jpeg=True)
        self.assertQuarters(self.read(self.file("a.jxl")).image)

    def test_a_header_that_claims_too_much_is_refused_before_decoding(self) -> None:
        self.file("a.jxl").write_bytes(bits((0, 1), (3, 2), (99_999, 30), (1, 3), (1, 1)))
        with self.assertRaisesMessage(TooLarge, "100000 x 100000 pixels"):
            self.read(self.file("a.jxl"))

    def test_more_than_there_is_room_for_is_refused_with_its_reason(self) -> None:
        self.file("a.jxl").write_bytes(bits((0, 1), (3, 2), (11_999, 30), (1, 3), (1, 1)))
        with self.assertRaisesMessage(TooLarge, "JPEG XL files need much memory: 144 MP are more than the 100 MP"):
            self.read(self.file("a.jxl"))

    def test_a_file_of_nothing_but_its_signature_is_refused(self) -> None:
        for head in (b"\xff\n", b"\0\0\0\x0cJXL \r\n\x87\n"):
            self.file("a.jxl").write_bytes(head)
            with self.subTest(head), self.assertRaises(Undecodable):
                self.read(self.file("a.jxl"))
