"""The small world map, on which visited countries are coloured."""

import json
import re
import unittest
from pathlib import Path
from typing import Any

from places.countries import UNKNOWN, names

WORLD = Path(__file__).parents[2] / "static" / "map" / "world.json"
WITHOUT = {"aq"}  # too far south for the sheet


class WorldMapTest(unittest.TestCase):
    world: dict[str, Any]

    @classmethod
    def setUpClass(cls) -> None:
        cls.world = json.loads(WORLD.read_text(encoding="utf-8"))

    def test_every_country_is_on_it(self) -> None:
        self.assertLessEqual(set(names()) - set(self.world["countries"]), WITHOUT)
        self.assertLessEqual(set(self.world["countries"]), {*names(), UNKNOWN})

    def test_each_has_a_path_or_is_a_dot_and_lies_on_the_sheet(self) -> None:
        for code, (path, x, y) in self.world["countries"].items():
            with self.subTest(code):
                self.assertRegex(path, re.compile(r"^(M[-0-9. ]+l[-0-9. ]+z)*$"))
                self.assertTrue(0 <= x <= self.world["width"] and 0 <= y <= self.world["height"])

    def test_places_lie_as_on_a_globe(self) -> None:
        """West of each other, north of each other."""
        at = {code: (x, y) for code, (_, x, y) in self.world["countries"].items()}
        across = ["us", "br", "fr", "eg", "in", "jp", "nz"]
        self.assertEqual(sorted(across, key=lambda code: at[code][0]), across)
        down = ["no", "de", "it", "dz", "ng", "ao", "za"]
        self.assertEqual(sorted(down, key=lambda code: at[code][1]), down)
