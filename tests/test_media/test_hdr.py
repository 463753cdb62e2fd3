"""PQ, HLG and wide primaries: brightness and hue of known light."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pyvips
from PIL import Image, ImageCms

from library.media.cicp import HLG, PQ, SRGB, Cicp, from_icc, from_nclx
from tests.test_media.base import PictureTest

BLACK, TEN_NITS, WHITE_203, PEAK_1000 = 0.0, 0.3013, 0.5806, 0.7518
"""PQ signals of SMPTE ST 2084."""


class HdrTest(PictureTest):
    def show(self, signal: float, *, transfer: int, primaries: int = 9, alpha: float | None = None) -> list[float]:
        color = [round(signal * 65535)] * 3 + ([] if alpha is None else [round(alpha * 65535)])
        pixels = np.full((8, 8, len(color)), color, np.uint16)
        pyvips.Image.new_from_array(pixels).copy(interpretation="rgb16").pngsave(str(self.file("a.png")))
        return self.read(self.with_cicp(self.file("a.png"), primaries, transfer)).image(4, 4)

    def with_cicp(self, path: Path, primaries: int, transfer: int) -> Path:
        """The PNG with a cICP chunk behind its header."""
        content, chunk = path.read_bytes(), b"cICP" + bytes((primaries, transfer, 0, 1))
        path.write_bytes(
            content[:33] + struct.pack(">I", 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[33:]
        )
        return path

    def test_shadows_and_middle_tones_of_pq_are_as_bright_as_in_srgb(self) -> None:
        self.assertEqual(self.show(BLACK, transfer=PQ), [0, 0, 0])
        np.testing.assert_allclose(self.show(TEN_NITS, transfer=PQ), [63] * 3, atol=2)

    def test_highlights_of_pq_roll_off_up_to_white(self) -> None:
        white, peak, above = (self.show(signal, transfer=PQ)[0] for signal in (WHITE_203, PEAK_1000, 1.0))
        self.assertTrue(190 < white < 245)
        self.assertTrue(white < peak <= above == 255)

    def test_hlg_is_not_flat(self) -> None:
        dark, middle, white, peak = (self.show(signal, transfer=HLG)[0] for signal in (0.1, 0.5, 0.75, 1.0))
        self.assertTrue(dark < 30 < 120 < middle < 150 < white < peak == 255)

    def test_the_alpha_channel_is_kept(self) -> None:
        self.assertEqual(self.show(TEN_NITS, transfer=PQ, alpha=0.5)[3], 128)

    def test_primaries_of_bt2020_become_those_of_srgb(self) -> None:
        Image.new("RGB", (8, 8), (200, 120, 120)).save(self.file("a.png"))
        red, green, _ = self.read(self.with_cicp(self.file("a.png"), 9, 1)).image(4, 4)
        self.assertGreater(red - green, 80 + 15)

    def test_grey_stays_grey_in_all_primaries(self) -> None:
        for primaries in (1, 9, 12):
            with self.subTest(primaries):
                shown = self.show(0.4, transfer=PQ, primaries=primaries)
                self.assertLessEqual(max(shown) - min(shown), 1)


class CicpTest(PictureTest):
    def test_it_is_read_from_the_box_of_a_container(self) -> None:
        self.assertEqual(from_nclx(b"....colrnclx" + bytes((0, 9, 0, 16, 0, 9, 128))), Cicp(9, PQ))
        self.assertEqual(from_nclx(b"....colrnclx\0"), SRGB)

    def test_it_is_read_from_a_profile(self) -> None:
        tag = b"cicp\0\0\0\0" + bytes((9, 18, 0, 1))
        table = struct.pack(">I", 1) + b"cicp" + struct.pack(">II", 144, len(tag))
        self.assertEqual(from_icc(bytes(128) + table + tag), Cicp(9, HLG))

    def test_a_profile_without_it_says_nothing(self) -> None:
        self.assertIsNone(from_icc(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()))
        self.assertIsNone(from_icc(b"short"))
