"""Archives of tiles: what is read, and what is refused."""

import gzip
import tempfile
import unittest
from pathlib import Path
from random import Random

from pmtiles.tile import TileType

from places.maps import BUNDLED, Maps, glyphs
from places.tiles import Archive, NotAnArchive
from tests.test_places.archives import write_archive


class ArchiveTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_tile_comes_as_it_lies_there(self) -> None:
        archive = Archive(write_archive(self.folder / "a.pmtiles", {(0, 0, 0): b"world", (1, 1, 0): b"part"}))
        tile = archive.tile(1, 1, 0)
        assert tile is not None
        self.assertEqual((gzip.decompress(tile.content), tile.encoding), (b"part", "gzip"))
        self.assertEqual(tile.content_type, "application/vnd.mapbox-vector-tile")

    def test_pictures_are_not_packed_again(self) -> None:
        path = write_archive(self.folder / "a.pmtiles", {(0, 0, 0): b"picture"}, kind=TileType.WEBP, packed=False)
        tile = Archive(path).tile(0, 0, 0)
        assert tile is not None
        self.assertEqual((tile.content, tile.encoding, tile.content_type), (b"picture", "", "image/webp"))

    def test_what_is_not_there_is_none(self) -> None:
        archive = Archive(write_archive(self.folder / "a.pmtiles", {(1, 1, 0): b"part"}))
        for place in ((0, 0, 0), (1, 0, 0), (1, 2, 0), (1, -1, 0), (2, 0, 0), (40, 0, 0)):
            with self.subTest(place):
                self.assertIsNone(archive.tile(*place))

    def test_many_tiles_need_directories_within_each_other(self) -> None:
        random = Random(7)
        tiles = {(8, x, y): random.randbytes(random.randrange(1, 999)) for x in range(0, 256, 2) for y in range(160)}
        archive = Archive(write_archive(self.folder / "a.pmtiles", tiles))
        self.assertGreater(archive.header["leaf_directory_length"], 0)
        for x, y in ((0, 0), (254, 159), (64, 3)):
            tile = archive.tile(8, x, y)
            self.assertEqual(gzip.decompress(tile.content if tile else b""), tiles[8, x, y])

    def test_what_is_no_archive_is_refused_in_a_sentence(self) -> None:
        good = write_archive(self.folder / "good.pmtiles", {(0, 0, 0): b"world"}).read_bytes()
        for name, content in {
            "empty": b"",
            "short": b"PMTiles",
            "older": b"PMTiles\2" + bytes(200),
            "other": b"GIF89a" + bytes(200),
            "kindless": good[:99] + b"\0" + good[100:],
        }.items():
            path = self.folder / f"{name}.pmtiles"
            path.write_bytes(content)
            with self.subTest(name), self.assertRaisesRegex(NotAnArchive, name):
                Archive(path)

    def test_damage_costs_tiles_not_the_server(self) -> None:
        good = bytearray(write_archive(self.folder / "a.pmtiles", {(0, 0, 0): b"world"}).read_bytes())
        for place in range(8, min(len(good), 240)):
            for value in (0, 0xFF):
                damaged = good.copy()
                damaged[place] = value
                path = self.folder / f"{place}-{value}.pmtiles"
                path.write_bytes(damaged)
                try:
                    Archive(path).tile(0, 0, 0)
                except NotAnArchive:
                    continue


class MapsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.maps = Maps(self.folder)

    def test_the_world_comes_with_the_site(self) -> None:
        found = self.maps.bundled()
        self.assertEqual(sorted(found), ["dem", "relief", "satellite", "world"])
        self.assertLessEqual({"land", "borders", "places", "lakes", "rivers"}, found["world"].layers)
        for archive in found.values():
            self.assertIsNotNone(archive.tile(0, 0, 0))

    def test_a_street_pack_is_found_as_soon_as_it_is_there(self) -> None:
        self.assertEqual(self.maps.packs(), [])
        write_archive(self.folder / "italy.pmtiles", {(7, 67, 45): b"streets"})
        self.assertEqual([pack.name for pack in self.maps.packs()], ["italy"])
        self.assertIsNotNone(self.maps.archive("italy"))
        (self.folder / "italy.pmtiles").unlink()
        self.assertIsNone(self.maps.archive("italy"))

    def test_a_changed_pack_is_read_anew(self) -> None:
        path = write_archive(self.folder / "italy.pmtiles", {(7, 67, 45): b"streets"})
        before = self.maps.archive("italy")
        path.unlink()
        write_archive(path, {(7, 67, 45): b"streets", (7, 68, 45): b"more streets"})
        after = self.maps.archive("italy")
        assert before is not None
        assert after is not None
        self.assertNotEqual(before.version, after.version)

    def test_what_is_no_street_pack_is_told_and_left(self) -> None:
        write_archive(self.folder / "other.pmtiles", {(0, 0, 0): b"x"}, layers=("buildings",))
        write_archive(self.folder / "world.pmtiles", {(0, 0, 0): b"x"})
        write_archive(self.folder / "bad name.pmtiles", {(0, 0, 0): b"x"})
        (self.folder / "broken.pmtiles").write_bytes(b"nothing")
        (self.folder / "nowhere.pmtiles").symlink_to(self.folder / "not-there")
        with self.assertLogs("places.maps", "WARNING"):
            packs = self.maps.packs()
        self.assertEqual([pack.archive for pack in packs], [None] * 5)
        self.assertTrue(all(pack.problem.endswith(".") for pack in packs))
        world = self.maps.archive("world")
        self.assertEqual(world.path.parent if world else None, BUNDLED)


class GlyphsTest(unittest.TestCase):
    def test_shapes_of_a_font(self) -> None:
        for font in ("Noto Sans Regular", "Noto Sans Bold", "Noto Sans Italic"):
            self.assertTrue(glyphs(font, "0-255"))

    def test_nothing_else_is_read(self) -> None:
        for font, span in (("Noto Sans Regular", "../../SOURCES"), ("..", "0-255"), ("Arial", "0-255"), ("", "0-255")):
            self.assertIsNone(glyphs(font, span))
