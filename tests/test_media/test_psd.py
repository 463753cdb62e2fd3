"""Photoshop documents: kinds of pixels, transparency, the missing merged picture."""

import struct

import numpy as np

from library.media.images import Undecodable
from tests.test_media.base import PictureTest
from tests.test_media.pictures import quarters
from tests.test_media.rare_pictures import save_psd

RGB, CMYK, LAB, GREY = 3, 4, 9, 1


class PsdTest(PictureTest):
    planes = [np.ascontiguousarray(quarters()[..., channel]) for channel in range(3)]

    def test_eight_and_sixteen_bits_packed_or_not(self) -> None:
        for depth in (np.uint8, np.uint16):
            planes = [plane.astype(depth) * (257 if depth == np.uint16 else 1) for plane in self.planes]
            for packed in (False, True):
                with self.subTest(depth=depth, packed=packed):
                    self.assertQuarters(self.read(save_psd(self.file("a.psd"), planes, RGB, packed=packed)).image)

    def test_it_is_shrunk_plane_by_plane(self) -> None:
        path = save_psd(self.file("a.psd"), self.planes, RGB)
        found = self.read(path, target=lambda width, height: (width // 4, height // 4))
        self.assertEqual((found.width, found.image.width), (96, 24))
        self.assertQuarters(found.image)

    def test_ink_is_stored_inverted(self) -> None:
        plain = [np.full((8, 8), value, np.uint8) for value in (255, 40, 40, 255)]
        red, _, blue = self.read(save_psd(self.file("a.psd"), plain, CMYK)).image(1, 1)
        self.assertGreater(red, 2 * blue)

    def test_lab_and_grey_keep_their_lightness(self) -> None:
        middle = np.full((8, 8), 128, np.uint8)
        lab = self.read(save_psd(self.file("lab.psd"), [middle] * 3, LAB)).image(1, 1)
        grey = self.read(save_psd(self.file("grey.psd"), [middle], GREY)).image(1, 1)
        np.testing.assert_allclose([lab, grey], [[119] * 3, [128] * 3], atol=3)

    def test_a_fourth_channel_is_transparency_only_if_the_layers_say_so(self) -> None:
        planes = [*self.planes, np.full((64, 96), 128, np.uint8)]
        for transparent, bands in ((True, 4), (False, 3)):
            with self.subTest(transparent):
                found = self.read(save_psd(self.file("a.psd"), planes, RGB, transparent=transparent))
                self.assertEqual((found.has_alpha, found.image.bands), (transparent, bands))

    def test_without_a_merged_picture_it_is_refused(self) -> None:
        with self.assertRaisesMessage(Undecodable, "Maximise Compatibility"):
            self.read(save_psd(self.file("a.psd"), self.planes, RGB, merged=False))

    def test_a_cut_document_is_refused(self) -> None:
        path = save_psd(self.file("a.psd"), self.planes, RGB)
        path.write_bytes(path.read_bytes()[:-500])
        with self.assertRaisesMessage(Undecodable, "The Photoshop file is damaged or incomplete (It ends too early)."):
            self.read(path)

    def test_a_length_that_lies_takes_no_memory(self) -> None:
        head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, 9, 9, 8, 3)
        self.file("a.psd").write_bytes(head + b"\0\0\0\0\xff\xff\xff\xff")
        with self.assertRaisesMessage(Undecodable, "It ends too early"):
            self.read(self.file("a.psd"))
