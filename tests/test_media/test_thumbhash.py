"""ThumbHash: what its bytes say, against the published format."""

import numpy as np
from django.test import SimpleTestCase

from library.media.thumbhash import encode
from tests.test_media.pictures import quarters


def header(code: bytes) -> int:
    return int.from_bytes(code[:5], "little")


class EncodeTest(SimpleTestCase):
    def test_the_mean_colour_stands_in_the_first_bits(self) -> None:
        bits = header(encode(np.full((40, 60, 3), (255, 0, 0), np.uint8)))
        light, yellow, ruddy = (bits & 63) / 63, (bits >> 6 & 63) / 31.5 - 1, (bits >> 12 & 63) / 31.5 - 1
        np.testing.assert_allclose([light, yellow, ruddy], [1 / 3, 1 / 2, 1], atol=0.02)

    def test_shape_and_alpha_are_marked(self) -> None:
        landscape, portrait = encode(quarters(60, 40)), encode(quarters(40, 60))
        clear = encode(np.dstack([quarters(60, 40), np.full((40, 60), 100, np.uint8)]))
        self.assertEqual([code[4] >> 7 for code in (landscape, portrait, clear)], [1, 0, 1])
        self.assertEqual([code[2] >> 7 for code in (landscape, portrait, clear)], [0, 0, 1])

    def test_a_known_picture_has_a_known_hash(self) -> None:
        y, x = np.mgrid[0:30, 0:50]
        ramp = np.dstack([x * 5, y * 8, x * y % 251]).astype(np.uint8)
        self.assertEqual(encode(ramp).hex(), REFERENCE)

    def test_any_shape_up_to_a_hundred_works(self) -> None:
        lengths = {len(encode(np.zeros((h, w, 4), np.uint8))) for h in (1, 50, 100) for w in (1, 7, 100)}
        self.assertTrue(all(5 < length <= 30 for length in lengths))

    def test_larger_arrays_are_refused(self) -> None:
        with self.assertRaisesMessage(ValueError, "at most 100 pixels"):
            encode(np.zeros((101, 5, 3), np.uint8))


# From the reference encoder in JavaScript.
REFERENCE = "5c080e1c9a607677708788768886c0a10df887"
