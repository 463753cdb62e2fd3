"""The perceptual hash: what leaves it as it is, and what does not."""

import numpy as np
from django.test import SimpleTestCase
from numpy.typing import NDArray

from library.media.phash import distance, encode


def picture(seed: int = 1, width: int = 90, height: int = 60) -> NDArray[np.uint8]:
    """Large soft shapes, as photographs have."""
    chance = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : height - 1 : height * 1j, 0 : width - 1 : width * 1j]
    light = np.zeros((height, width))
    for _ in range(12):
        across, down, turn = chance.uniform(0.5, 5), chance.uniform(0.5, 5), chance.uniform(0, 6)
        light += chance.uniform(5, 20) * np.cos(across * columns / width * 6 + down * rows / height * 6 + turn)
    pixels = np.clip(light[..., None] + 128 + np.array([10, 0, -10]), 0, 255)
    return pixels.astype(np.uint8)


class PhashTest(SimpleTestCase):
    def test_another_size_is_the_same_picture(self) -> None:
        self.assertLessEqual(distance(encode(picture()), encode(picture(width=45, height=30))), 3)
        self.assertLessEqual(distance(encode(picture()), encode(picture(width=27, height=18))), 8)

    def test_light_and_noise_change_little(self) -> None:
        made = picture().astype(np.int16)
        noise = np.random.default_rng(2).integers(-6, 7, made.shape)
        lighter = np.clip(made * 1.2 + 8, 0, 255).astype(np.uint8)
        self.assertLessEqual(distance(encode(picture()), encode(np.clip(made + noise, 0, 255).astype(np.uint8))), 3)
        self.assertLessEqual(distance(encode(picture()), encode(lighter)), 6)

    def test_other_pictures_are_far(self) -> None:
        hashes = [encode(picture(seed)) for seed in range(20)]
        nearest = min(distance(a, b) for at, a in enumerate(hashes) for b in hashes[at + 1 :])
        self.assertGreater(nearest, 16)

    def test_a_picture_without_detail_has_none(self) -> None:
        self.assertEqual(encode(np.full((40, 60, 3), 200, np.uint8)), 0)

    def test_it_fits_into_a_signed_number_of_64_bits(self) -> None:
        for seed in range(20):
            self.assertTrue(-(2**63) <= encode(picture(seed)) < 2**63)

    def test_the_smallest_picture(self) -> None:
        self.assertEqual(encode(np.zeros((1, 1, 3), np.uint8)), 0)
        self.assertNotEqual(encode(np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8)), 0)
