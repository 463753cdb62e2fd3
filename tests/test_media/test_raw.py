"""RAW: the camera's preview where it is good enough, else developed; damage."""

from pathlib import Path

import numpy as np

from library.media.images import Undecodable
from tests.test_media.base import PictureTest
from tests.test_media.pictures import quarters
from tests.test_media.rare_pictures import save_dng

TURNED = np.ascontiguousarray(np.rot90(quarters(192, 128)))


class RawTest(PictureTest):
    def cut(self, path: Path) -> Path:
        path.write_bytes(path.read_bytes()[:-9000])
        return path

    def test_it_is_developed_where_there_is_no_preview(self) -> None:
        found = self.read(save_dng(self.file("a.dng"), quarters(192, 128)))
        self.assertEqual((found.width, found.height), (192, 128))
        self.assertQuarters(found.image, tolerance=16)

    def test_half_size_is_developed_where_it_is_enough(self) -> None:
        path = save_dng(self.file("a.dng"), quarters(192, 128))
        found = self.read(path, target=lambda width, height: (width // 2, height // 2))
        self.assertEqual((found.width, found.image.width), (192, 96))
        self.assertQuarters(found.image, tolerance=16)

    def test_what_is_developed_is_upright(self) -> None:
        found = self.read(save_dng(self.file("a.dng"), TURNED, orientation=6))
        self.assertEqual((found.width, found.height), (192, 128))
        self.assertQuarters(found.image, tolerance=16)

    def test_a_preview_in_full_size_is_taken(self) -> None:
        preview = quarters(192, 128)
        path = save_dng(self.file("a.dng"), np.full_like(preview, 128), preview=preview)
        self.assertQuarters(self.read(path).image)

    def test_a_preview_is_upright_whether_the_camera_turned_it_or_not(self) -> None:
        for preview in (TURNED, quarters(192, 128)):
            with self.subTest(preview.shape):
                found = self.read(save_dng(self.file("a.dng"), TURNED, orientation=6, preview=preview))
                self.assertEqual((found.width, found.height), (192, 128))
                self.assertQuarters(found.image)

    def test_a_small_preview_stands_in_for_damaged_data_only(self) -> None:
        small = np.full((32, 48, 3), 90, np.uint8)
        path = save_dng(self.file("a.dng"), quarters(192, 128), preview=small)
        self.assertQuarters(self.read(path).image, tolerance=16)
        found = self.read(self.cut(path))
        self.assertIn("the camera's preview of 48 x 32 pixels is shown", found.damage)
        self.assertEqual((found.width, found.image(1, 1)), (192, [90, 90, 90]))

    def test_damaged_data_without_a_preview_is_refused(self) -> None:
        with self.assertRaisesMessage(Undecodable, "The DNG file is damaged or incomplete"):
            self.read(self.cut(save_dng(self.file("a.dng"), quarters(192, 128))))

    def test_what_only_begins_like_a_raw_file_is_refused(self) -> None:
        self.file("a.raf").write_bytes(b"FUJIFILMCCD-RAW 0201FF000001" + bytes(500))
        with self.assertRaisesRegex(Undecodable, "LibRaw does not know|damaged or incomplete"):
            self.read(self.file("a.raf"))

    def test_a_jpeg_named_as_raw_is_a_jpeg(self) -> None:
        save_dng(self.file("a.nef"), quarters()).write_bytes(b"\xff\xd8\xff\xd9")
        with self.assertRaisesMessage(Undecodable, "The JPEG file is damaged"):
            self.read(self.file("a.nef"))
