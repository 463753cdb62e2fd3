"""Named colours, lightness and colourfulness."""

import numpy as np
from django.test import SimpleTestCase

from library.media.colors import NAMES, difference, hex_digits, main_color, measure, name_of


def plain(red: int, green: int, blue: int) -> bytes:
    return bytes([red, green, blue]) * 9


class NameOfTest(SimpleTestCase):
    def test_clear_colours_have_the_name_people_give_them(self) -> None:
        named = {
            "black": (8, 8, 8),
            "grey": (128, 128, 128),
            "white": (252, 252, 252),
            "brown": (120, 75, 45),
            "gold": (212, 175, 55),
            "purple": (106, 27, 154),
            "blue": (0, 0, 255),
            "cyan": (0, 240, 255),
            "teal": (0, 128, 128),
            "green": (40, 130, 50),
            "lime": (190, 255, 0),
            "yellow": (255, 240, 20),
            "magenta": (255, 0, 255),
            "orange": (255, 140, 0),
            "red": (239, 83, 80),
            "pink": (255, 182, 193),
        }
        self.assertEqual({name: name_of(*rgb) for name, rgb in named.items()}, {name: name for name in named})

    def test_every_class_can_be_reached(self) -> None:
        self.assertEqual(len(NAMES), 16)


class MeasureTest(SimpleTestCase):
    def test_grey_has_no_chroma(self) -> None:
        found = measure(plain(128, 128, 128))
        self.assertEqual((found.main_color, found.colors, found.luminance, found.chroma), ("grey", "1" * 9, "8" * 9, 0))

    def test_a_vivid_field_outweighs_two_grey_ones(self) -> None:
        self.assertEqual(main_color([1, 1, 11]), "yellow")

    def test_pure_red_is_colourful(self) -> None:
        found = measure(plain(255, 0, 0))
        self.assertEqual((found.main_color, found.chroma), ("red", 100))

    def test_lightness_spans_the_digits(self) -> None:
        ramp = np.repeat(np.linspace(0, 255, 9).astype(np.uint8), 3).tobytes()
        self.assertEqual(measure(ramp).luminance[0] + measure(ramp).luminance[-1], "0F")


class DigitsTest(SimpleTestCase):
    def test_digits_are_clipped(self) -> None:
        self.assertEqual(hex_digits([1, 16, 2, 4, 15, 16, 1, 0, 8]), "1F24FF108")
        self.assertEqual(hex_digits([-1]), "0")

    def test_difference_hash_of_known_maps(self) -> None:
        known = {"8836BD496": 968, "444428399": 747, "DC42844C8": 986, "FFFFF2FF9": 1022, "BD9A22751": 734}
        self.assertEqual({text: difference([int(d, 16) for d in text]) for text in known}, known)

    def test_other_numbers_of_fields_have_no_difference_hash(self) -> None:
        self.assertEqual(difference([0]), 0)
