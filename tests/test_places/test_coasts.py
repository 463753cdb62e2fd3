"""Outlines with more points than MapLibre takes for a line lose those that tell least; nothing else changes."""

import gzip
import math
import unittest
from collections.abc import Iterator

from places.data.coasts import MOST_POINTS, fields, outlines, thinned
from places.maps import Maps
from tests.street_pack import POLYGON, _bytes, _layer

# Sogn, Nova Scotia and the Aleutians: the archive had outlines of up to 12,000 points there.
CROWDED = [(7, 66, 35), (7, 44, 44), (7, 37, 82)]


def round_island(points: int, radius: float = 4000) -> list[tuple[int, int]]:
    turns = (2 * math.pi * at / points for at in range(points))
    return [(round(4096 + radius * math.cos(turn)), round(4096 + radius * math.sin(turn))) for turn in turns]


def tile(**layers: list[list[tuple[int, int]]]) -> bytes:
    written = (_layer(name, [(POLYGON, rings, {"name": name})]) for name, rings in layers.items())
    return gzip.compress(b"".join(_bytes(3, layer) for layer in written), mtime=0)


def points_of(content: bytes, layer: str) -> Iterator[int]:
    for _, written, _ in fields(gzip.decompress(content)):
        if (1, layer.encode()) in [(number, value) for number, value, _ in fields(written)]:
            features = (value for number, value, _ in fields(written) if number == 2)
            geometries = (value for feature in features for number, value, _ in fields(feature) if number == 4)
            yield from (len(ring) for geometry in geometries for ring in outlines(geometry))


class CoastsTest(unittest.TestCase):
    def test_a_long_outline_is_thinned_and_a_short_one_is_not(self) -> None:
        short = [(10, 10), (30, 10), (30, 30)]
        self.assertEqual([*points_of(thinned(tile(land=[round_island(9000), short])), "land")], [MOST_POINTS, 3])

    def test_the_shape_stays(self) -> None:
        after = thinned(tile(land=[round_island(9000)]))
        layer = next(value for _, value, _ in fields(gzip.decompress(after)))
        feature = next(value for number, value, _ in fields(layer) if number == 2)
        ring = outlines(next(value for number, value, _ in fields(feature) if number == 4))[0]
        distances = [math.hypot(x - 4096, y - 4096) for x, y in ring.tolist()]
        self.assertLess(max(abs(distance - 4000) for distance in distances), 1)

    def test_other_layers_and_tiles_are_the_same_bytes(self) -> None:
        small = tile(land=[round_island(100)], lakes=[round_island(9000)])
        self.assertEqual(thinned(small), small)

    def test_the_bundled_world_has_no_outline_that_is_too_long(self) -> None:
        world = Maps().bundled()["world"]
        for address in CROWDED:
            found = world.tile(*address)
            with self.subTest(address):
                assert found is not None
                self.assertLessEqual(max(points_of(found.content, "land")), MOST_POINTS)
