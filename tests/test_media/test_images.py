"""Decoding: upright, sRGB, limits, damage."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image

from library.media.formats import by_code, by_name
from library.media.images import TooLarge, Undecodable, open_image, read_header
from library.media.isobmff import share_there
from tests.test_media import pictures
from tests.test_media.base import PictureTest
from tests.test_media.pictures import noise, png_claiming, quarters, save


class UprightTest(PictureTest):
    def test_all_orientations_of_exif_end_upright(self) -> None:
        for orientation in range(9):
            with self.subTest(orientation):
                path = pictures.save_turned(self.file("a.jpg"), quarters(), orientation)
                found = self.read(path)
                self.assertEqual((found.width, found.height), (96, 64))
                self.assertQuarters(found.image)

    def test_a_shrunk_picture_is_upright_too(self) -> None:
        path = pictures.save_turned(self.file("a.jpg"), quarters(960, 640), 6)
        found = self.read(path, target=lambda width, height: (width // 9, height // 9))
        self.assertEqual((found.width, found.height), (960, 640))
        self.assertEqual((found.image.width, found.image.height), (106, 71))
        self.assertQuarters(found.image)

    def test_a_heic_is_turned_once(self) -> None:
        stored = np.ascontiguousarray(np.rot90(quarters(128, 64), 1))
        path = pictures.save_heic(self.file("a.heic"), stored, orientation=6)
        found = self.read(path)
        self.assertEqual((found.width, found.height), (128, 64))
        self.assertQuarters(found.image, tolerance=12)

    def test_an_avif_is_turned_by_its_container(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        stored = np.ascontiguousarray(np.rot90(quarters(128, 64), 1))
        path = save(self.file("a.avif"), stored, exif=exif, quality=95)
        self.assertQuarters(self.read(path).image, tolerance=12)


class FormatsTest(PictureTest):
    def test_every_decodable_format_shows_its_colours(self) -> None:
        for name in ("a.png", "a.webp", "a.tif", "a.bmp", "a.gif", "a.avif", "a.jpg", "a.jp2", "a.jxl", "a.pdf"):
            with self.subTest(name):
                found = self.read(save(self.file(name), quarters()))
                self.assertQuarters(found.image, tolerance=16)
                self.assertEqual((found.image.bands >= 3, found.image.format), (True, "uchar"))

    def test_sixteen_bits_and_grey_become_eight_bits_of_rgb(self) -> None:
        image = pyvips.Image.new_from_array(np.full((8, 8), 32768, np.uint16)).copy(interpretation="grey16")
        image.pngsave(str(self.file("a.png")))
        self.assertEqual(self.read(self.file("a.png")).image(3, 3), [128, 128, 128])

    def test_the_first_frame_of_an_animation_is_shown_and_frames_are_counted(self) -> None:
        first, second = Image.fromarray(quarters()), Image.fromarray(noise(96, 64))
        for name in ("a.gif", "a.webp", "a.png", "a.avif"):
            with self.subTest(name):
                first.save(self.file(name), save_all=True, append_images=[second, first], duration=100)
                found = self.read(self.file(name))
                self.assertEqual((found.frames, round(found.duration, 2)), (3, 0.3))
                self.assertQuarters(found.image, tolerance=14)

    def test_an_animation_that_begins_with_nothing_shows_its_middle(self) -> None:
        blank, frame = Image.new("RGB", (96, 64), "white"), Image.fromarray(quarters())
        for name in ("a.gif", "a.webp"):
            with self.subTest(name):
                blank.save(self.file(name), save_all=True, append_images=[frame, frame], duration=100)
                self.assertQuarters(self.read(self.file(name)).image, tolerance=14)

    def test_a_tiff_shows_in_every_depth(self) -> None:
        image = pyvips.Image.new_from_array(quarters()).copy(interpretation="srgb")
        kinds = {
            "sixteen": image.colourspace("rgb16"),
            "lab": image.colourspace("lab"),
            "float": image.colourspace("scrgb"),
        }
        for name, other in kinds.items():
            with self.subTest(name):
                other.tiffsave(str(self.file(f"{name}.tif")))
                self.assertQuarters(self.read(self.file(f"{name}.tif")).image)

    def test_a_jpeg_2000_is_shrunk_while_it_is_read(self) -> None:
        path = save(self.file("a.jp2"), quarters(960, 640))
        found = self.read(path, target=lambda width, height: (width // 8, height // 8))
        self.assertEqual((found.width, found.image.width), (960, 120))
        self.assertQuarters(found.image)

    def test_pages_of_a_tiff_are_no_animation(self) -> None:
        first = Image.fromarray(quarters())
        first.save(self.file("a.tif"), save_all=True, append_images=[first])
        self.assertEqual(self.read(self.file("a.tif")).frames, 1)

    def test_a_format_without_decoder_is_refused_with_its_reason(self) -> None:
        self.file("a.eps").write_bytes(b"%!PS")
        with self.assertRaisesMessage(Undecodable, "PostScript files are programs"):
            self.read(self.file("a.eps"))


class ColourTest(PictureTest):
    def test_a_wide_gamut_profile_is_converted(self) -> None:
        path = pictures.save_display_p3(self.file("a.jpg"), quarters())
        self.assertQuarters(self.read(path).image)

    def test_cmyk_keeps_its_hues(self) -> None:
        path = pictures.save_cmyk(self.file("a.jpg"), quarters())
        red, blue = (self.read(path).image(*at) for at in ((10, 10), (10, 50)))
        self.assertTrue(red[0] > 2 * red[2] and blue[2] > 1.5 * blue[0])

    def test_a_broken_profile_is_ignored(self) -> None:
        path = save(self.file("a.jpg"), quarters(), icc_profile=b"\0" * 200, quality=95)
        self.assertQuarters(self.read(path).image, tolerance=14)

    def test_transparency_is_kept_at_full_size_and_white_in_renditions(self) -> None:
        clear = np.dstack([quarters(), np.zeros((64, 96), np.uint8)])
        path = save(self.file("a.png"), clear)
        self.assertEqual(self.read(path).image(1, 1)[3], 0)
        shrunk = self.read(path, target=lambda width, height: (width // 2, height // 2))
        self.assertEqual((shrunk.has_alpha, shrunk.image(1, 1)), (True, [255, 255, 255]))
        self.assertEqual(shrunk.clear(1, 1)[3], 0)

    def test_an_alpha_channel_that_hides_nothing_is_no_transparency(self) -> None:
        path = save(self.file("a.png"), np.dstack([quarters(), np.full((64, 96), 255, np.uint8)]))
        self.assertIsNone(self.read(path, target=lambda width, height: (width, height)).clear)

    def test_the_colour_of_what_is_transparent_does_not_run(self) -> None:
        pixels = np.zeros((64, 96, 4), np.uint8)
        pixels[:, 48:] = (255, 255, 255, 255)
        path = save(self.file("a.png"), pixels)
        shrunk = self.read(path, target=lambda width, height: (width // 5, height // 5))
        self.assertGreater(shrunk.image.min(), 250)


class LimitTest(PictureTest):
    def test_too_many_pixels_are_refused_by_the_header(self) -> None:
        self.file("a.png").write_bytes(png_claiming(30_000, 30_000))
        with self.assertRaisesMessage(
            TooLarge, "30000 x 30000 pixels (900 MP) are more than the limit of 150 MP (PHOTOPRISM_RESOLUTION_LIMIT)."
        ):
            self.read(self.file("a.png"))

    def test_every_decoder_keeps_the_limit(self) -> None:
        names = ("a.bmp", "a.avif", "a.jp2", "a.jxl", "a.pdf")
        pictures.save_heic(self.file("a.heic"), quarters())
        for name in ("a.heic", *(save(self.file(name), quarters()).name for name in names)):
            with self.subTest(name), self.assertRaises(TooLarge):
                read_header(self.file(name), by_name(name), max_pixels=1000)


class DamageTest(PictureTest):
    def cut(self, pixels: NDArray[np.uint8], name: str, share: float) -> Path:
        path = save(self.file(name), pixels)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
        return path

    def test_a_jpeg_that_lacks_little_is_shown_with_a_note(self) -> None:
        found = self.read(self.cut(noise(400, 400), "a.jpg", 0.97))
        self.assertRegex(found.damage, r"damaged: 9\d% of the picture can be read")

    def test_a_jpeg_that_lacks_much_is_refused(self) -> None:
        with self.assertRaisesRegex(Undecodable, r"only [56]\d% of the picture"):
            self.read(self.cut(noise(400, 400), "a.jpg", 0.6))

    def test_of_a_heic_the_share_that_is_there_is_told(self) -> None:
        """libheif decodes what it can of pictures in tiles, as phones make them, and says nothing."""
        whole = pictures.save_heic(self.file("a.heic"), noise(64, 64)).read_bytes()
        for share, told in ((1.0, 1.0), (0.98, 0.98), (0.5, 0.5)):
            with self.subTest(share):
                self.assertAlmostEqual(share_there(BytesIO(whole[: int(len(whole) * share)])), told, delta=0.01)

    def test_bytes_after_a_heic_are_no_damage(self) -> None:
        path = pictures.save_heic(self.file("a.heic"), noise(64, 64))
        path.write_bytes(path.read_bytes() + b"MotionPhoto_Data" + bytes(range(100)))
        self.assertEqual(self.read(path).damage, "")

    def test_other_cut_files_are_refused_without_naming_the_folder(self) -> None:
        for name in ("a.png", "a.webp", "a.avif", "a.bmp", "a.gif", "a.tif", "a.jp2", "a.jxl", "a.pdf"):
            with self.subTest(name), self.assertRaises(Undecodable) as caught:
                self.read(self.cut(noise(100, 100), name, 0.5))
            self.assertNotIn(str(self.folder), str(caught.exception))
            self.assertIn("damaged or incomplete", str(caught.exception))

    def test_noise_under_a_known_name_is_refused(self) -> None:
        self.file("a.jpg").write_bytes(noise(30, 30).tobytes())
        with self.assertRaises(Undecodable):
            open_image(self.file("a.jpg"), by_code("jpg"))

    def test_a_missing_file_is_not_called_damaged(self) -> None:
        with self.assertRaises(FileNotFoundError):
            open_image(self.file("none.jpg"), by_code("jpg"))
