"""Rendering thumbs: which, how large, how safe."""

import shutil
import tempfile
from pathlib import Path
from unittest import mock

import numpy as np
import pyvips
from django.test import SimpleTestCase

from library.media import thumbs
from library.media.colors import measure
from library.media.formats import by_code
from library.media.images import Undecodable
from library.media.sizes import SIZES
from library.media.thumbs import Rendered, render_one, render_thumbs, thumb_name
from tests.test_media import pictures
from tests.test_media.pictures import noise, quarters, save

HASH = "0123456789abcdef0123456789abcdef01234567"


class ThumbsTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.out = self.folder / "thumbs"

    def render(self, width: int, height: int, **options: object) -> Rendered:
        path = save(self.folder / "a.jpg", quarters(width, height), quality=90)
        return render_thumbs(path, by_code("jpg"), HASH, self.out, **options)

    def thumb(self, name: str) -> Path:
        return self.out / thumb_name(HASH, SIZES[name])

    def rendered_sizes(self) -> dict[str, tuple[int, int]]:
        found = {}
        for name in SIZES:
            if self.thumb(name).exists():
                image = pyvips.Image.new_from_file(str(self.thumb(name)))
                found[name] = (image.width, image.height)
        return found


class NameTest(SimpleTestCase):
    def test_a_thumb_lies_under_three_digits_of_its_hash(self) -> None:
        name = thumb_name("193456789098765432", SIZES["fit_2048"])
        self.assertEqual(name, "1/9/3/193456789098765432_2048x2048_fit.jpg")

    def test_a_short_hash_is_refused(self) -> None:
        with self.assertRaisesMessage(ValueError, "too short"):
            thumb_name("123", SIZES["fit_720"])


class RenderThumbsTest(ThumbsTest):
    def test_a_large_picture_gets_all_static_sizes(self) -> None:
        self.render(2400, 1800)
        expected = {
            "tile_50": (50, 50),
            "tile_100": (100, 100),
            "tile_224": (224, 224),
            "tile_500": (500, 500),
            "fit_720": (720, 540),
            "fit_1280": (1280, 960),
            "fit_1920": (1600, 1200),
        }
        self.assertEqual(self.rendered_sizes(), expected)

    def test_a_small_picture_is_never_enlarged_and_gets_one_fit_size(self) -> None:
        self.render(300, 200)
        found = self.rendered_sizes()
        self.assertEqual((found["fit_720"], found["tile_500"], found["tile_50"]), ((300, 200), (200, 200), (50, 50)))
        self.assertNotIn("fit_1280", found)

    def test_tiles_of_a_panorama_are_as_sharp_as_the_original_allows(self) -> None:
        self.render(3000, 500)
        found = self.rendered_sizes()
        self.assertEqual((found["fit_1920"], found["tile_500"]), ((1920, 320), (500, 500)))

    def test_sides_are_cut_from_the_ends(self) -> None:
        self.render(1200, 400, sides=True)
        left, right = (pyvips.Image.new_from_file(str(self.thumb(name))) for name in ("left_224", "right_224"))
        self.assertTrue(left(100, 50)[0] > 180 and right(100, 50)[1] > 150)

    def test_a_lower_limit_makes_fewer(self) -> None:
        self.render(2400, 1800, limit=720)
        self.assertEqual(set(self.rendered_sizes()), {"tile_50", "tile_100", "tile_224", "tile_500", "fit_720"})

    def test_the_answer_describes_the_original(self) -> None:
        path = pictures.save_turned(self.folder / "a.jpg", quarters(900, 600), 8)
        found = render_thumbs(path, by_code("jpg"), HASH, self.out)
        self.assertEqual((found.width, found.height, found.frames, found.has_alpha), (900, 600, 1, False))
        self.assertEqual(measure(found.pixels).colors[0::8], "E4")
        self.assertTrue(20 <= len(found.thumbhash) <= 25)

    def test_thumbs_carry_no_metadata(self) -> None:
        exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
        path = save(self.folder / "a.jpg", quarters(900, 600), exif=exif, comment=b"secret place")
        render_thumbs(path, by_code("jpg"), HASH, self.out)
        written = self.thumb("fit_720").read_bytes()
        self.assertFalse(any(mark in written for mark in (b"Exif", b"ICC_PROFILE", b"secret")))

    def test_quality_is_obeyed(self) -> None:
        self.render(900, 600, quality=40)
        small = self.thumb("fit_720").stat().st_size
        shutil.rmtree(self.out)
        self.render(900, 600, quality=95)
        self.assertLess(small, self.thumb("fit_720").stat().st_size)

    def test_tiny_and_thin_pictures_work(self) -> None:
        for width, height in ((1, 1), (2, 1), (1, 3000), (3000, 1)):
            with self.subTest((width, height)):
                shutil.rmtree(self.out, ignore_errors=True)
                found = self.render(width, height)
                self.assertEqual((found.width, found.height, len(found.pixels)), (width, height, 27))


class TransparentTest(ThumbsTest):
    def clear(self, name: str) -> Path:
        return self.thumb(name).with_suffix(".webp")

    def render_logo(self, opacity: int) -> None:
        pixels = np.dstack([quarters(2000, 1500), np.full((1500, 2000), opacity, np.uint8)])
        render_thumbs(save(self.folder / "a.png", pixels), by_code("png"), HASH, self.out)

    def test_what_shines_through_has_thumbs_of_both_kinds(self) -> None:
        self.render_logo(0)
        for name in ("tile_224", "fit_1280"):
            clear, plain = (pyvips.Image.new_from_file(str(path)) for path in (self.clear(name), self.thumb(name)))
            self.assertEqual((clear.width, clear(9, 9)[3], plain(9, 9)), (plain.width, 0, [255, 255, 255]))

    def test_what_hides_all_has_none(self) -> None:
        self.render_logo(255)
        self.assertTrue(self.thumb("tile_224").exists())
        self.assertFalse(self.clear("tile_224").exists())

    def test_a_single_size_keeps_it_too(self) -> None:
        self.render_logo(0)
        render_one(self.folder / "a.png", by_code("png"), HASH, SIZES["tile_480"], self.out)
        self.assertEqual(pyvips.Image.new_from_file(str(self.clear("tile_480")))(9, 9)[3], 0)


class AgainTest(ThumbsTest):
    def test_a_complete_set_is_not_rendered_again_and_tells_the_same(self) -> None:
        first = self.render(1000, 700)
        written = self.thumb("fit_720").stat().st_mtime_ns
        again = self.render(1000, 700)
        self.assertEqual(self.thumb("fit_720").stat().st_mtime_ns, written)
        self.assertEqual((again.width, again.height, again.frames), (first.width, first.height, first.frames))
        self.assertEqual(measure(again.pixels).colors, measure(first.pixels).colors)

    def test_a_missing_or_empty_thumb_is_made_again(self) -> None:
        self.render(1000, 700)
        self.thumb("tile_50").write_bytes(b"")
        self.thumb("tile_500").unlink()
        self.render(1000, 700)
        self.assertEqual(len(self.rendered_sizes()), 6)

    def test_damage_is_told_again(self) -> None:
        path = save(self.folder / "a.jpg", noise(300, 300))
        path.write_bytes(path.read_bytes()[:-900])
        told = [render_thumbs(path, by_code("jpg"), HASH, self.out).damage for _ in range(2)]
        self.assertEqual(told[0], told[1])
        self.assertIn("damaged", told[0])

    def test_nothing_is_left_of_a_file_that_cannot_be_decoded(self) -> None:
        path = save(self.folder / "a.jpg", noise(300, 300))
        path.write_bytes(path.read_bytes()[:9000])
        with self.assertRaises(Undecodable):
            render_thumbs(path, by_code("jpg"), HASH, self.out)
        self.assertEqual([file for file in self.out.rglob("*") if file.is_file()], [])

    def test_a_failed_write_leaves_no_half_file(self) -> None:
        with mock.patch.object(thumbs.Path, "replace", side_effect=OSError("full")), self.assertRaises(OSError):
            self.render(1000, 700)
        self.assertEqual([file for file in self.out.rglob("*") if file.is_file()], [])


class RenderOneTest(ThumbsTest):
    def one(self, name: str, width: int = 2400, height: int = 1800) -> Path:
        path = save(self.folder / "a.jpg", quarters(width, height), quality=90)
        return render_one(path, by_code("jpg"), HASH, SIZES[name], self.out)

    def test_a_large_size_is_made_from_the_original(self) -> None:
        image = pyvips.Image.new_from_file(str(self.one("fit_2048")))
        self.assertEqual((image.width, image.height), (2048, 1536))

    def test_a_size_with_a_rendered_source_is_made_from_that(self) -> None:
        self.render(2400, 1800)
        image = pyvips.Image.new_from_file(str(self.one("tile_1080")))
        self.assertEqual((image.width, image.height), (1080, 1080))

    def test_a_size_above_the_original_is_served_by_a_smaller_one(self) -> None:
        self.assertEqual(self.one("fit_7680"), self.thumb("fit_4096"))

    def test_an_existing_thumb_is_returned_untouched(self) -> None:
        written = self.one("fit_2048").stat().st_mtime_ns
        self.assertEqual(self.one("fit_2048").stat().st_mtime_ns, written)


class SharpnessTest(ThumbsTest):
    def test_shrinking_in_the_decoder_loses_nothing_visible(self) -> None:
        y, x = np.mgrid[0:1800, 0:2400]
        waves = ((np.sin(x / 9) + np.sin((x + y) / 23) + 2) * 60).astype(np.uint8)
        path = save(self.folder / "a.jpg", np.dstack([waves] * 3), quality=95)
        render_thumbs(path, by_code("jpg"), HASH, self.out, limit=1280, quality=100)
        ideal = pyvips.Image.new_from_file(str(path)).resize(960 / 1800).numpy().astype(float)
        made = pyvips.Image.new_from_file(str(self.thumb("fit_1280"))).numpy().astype(float)
        self.assertGreater(10 * np.log10(255**2 / ((made - ideal) ** 2).mean()), 40)
