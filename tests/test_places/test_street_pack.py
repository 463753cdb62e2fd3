"""A pack that an operator drops into the folder: found, named, and served where it covers the map."""

import gzip
import tempfile
from pathlib import Path
from unittest import TestCase

from places.maps import Maps, credits_of
from tests.street_pack import LAT, LAYERS, LNG, NAME, features, write_town


class StreetPackTest(TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.maps = Maps(Path(folder.name))
        write_town(Path(folder.name) / "town.pmtiles")

    def test_it_is_found_with_its_bounds_zooms_and_credits(self) -> None:
        [pack] = self.maps.packs()
        self.assertEqual((pack.name, pack.problem), ("town", ""))
        assert pack.archive is not None
        west, south, east, north = pack.archive.bounds
        self.assertTrue(west < LNG < east and south < LAT < north)
        self.assertEqual((pack.archive.zooms, credits_of("town", pack.archive)), ((7, 15), "© OpenStreetMap"))

    def test_its_tiles_hold_every_layer(self) -> None:
        archive = self.maps.archive("town")
        assert archive is not None
        tile = archive.tile(zoom=10, x=545, y=359)
        assert tile is not None
        content = gzip.decompress(tile.content)
        far = {one.layer for one in features() if one.first_zoom <= 10}
        for name in far:
            self.assertIn(name.encode(), content)
        self.assertIn(NAME.encode(), content)

    def test_every_layer_of_the_schema_is_in_the_town(self) -> None:
        self.assertEqual({one.layer for one in features()}, set(LAYERS))

    def test_there_is_nothing_beside_it(self) -> None:
        archive = self.maps.archive("town")
        assert archive is not None
        self.assertIsNone(archive.tile(zoom=12, x=0, y=0))
