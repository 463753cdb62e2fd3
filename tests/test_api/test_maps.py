"""/api/v1/map: tiles, glyphs, points, clusters and covers."""

import gzip
import struct
import tempfile
from pathlib import Path
from unittest.mock import patch

from django.http import HttpResponse

from library.api import maps as module
from places.maps import Maps
from tests.base import TestCase
from tests.make import make_photo
from tests.test_places.archives import write_archive


class MapTest(TestCase):
    def get(self, path: str, user: object = None, **headers: str) -> HttpResponse:
        return self.client_of(user or self.bob).get(f"/api/v1/map/{path}", headers=headers)

    def tile(self, name: str, place: str) -> str:
        address: str = self.get("sources").json()["sources"][name]["tiles"]
        return address.removeprefix("/api/v1/map/").replace("{z}/{x}/{y}", place)

    def test_everything_is_drawn_from_here(self) -> None:
        found = self.get("sources").json()
        self.assertEqual(sorted(found["sources"]), ["dem", "relief", "satellite", "world"])
        self.assertEqual((found["packs"], found["style"]), ({}, ""))
        for source in found["sources"].values():
            self.assertTrue(source["tiles"].startswith("/api/v1/map/"))
            self.assertTrue(source["attribution"])

    def test_a_tile_is_passed_on_packed_and_for_ever(self) -> None:
        answer = self.get(self.tile("world", "0/0/0"), **{"Accept-Encoding": "gzip"})
        self.assertEqual((answer.status_code, answer["Content-Encoding"]), (200, "gzip"))
        self.assertIn("immutable", answer["Cache-Control"])
        self.assertTrue(gzip.decompress(answer.content))

    def test_who_cannot_unpack_gets_it_plain(self) -> None:
        packed = self.get(self.tile("world", "0/0/0"), **{"Accept-Encoding": "gzip"})
        plain = self.get(self.tile("world", "0/0/0"), **{"Accept-Encoding": "identity"})
        self.assertNotIn("Content-Encoding", plain)
        self.assertEqual(plain.content, gzip.decompress(packed.content))

    def test_pictures_of_the_ground(self) -> None:
        for name in ("dem", "relief", "satellite"):
            answer = self.get(self.tile(name, "0/0/0"))
            self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "image/webp"))

    def test_no_tile_is_no_error(self) -> None:
        self.assertEqual(self.get(self.tile("world", "7/0/200")).status_code, 204)
        self.assertEqual(self.get(self.tile("world", "30/5/5")).status_code, 204)

    def test_an_unknown_map_or_version_is_not_found(self) -> None:
        for path in ("mars/1-1/0/0/0", "world/1-1/0/0/0", "glyphs/Arial/0-255", "glyphs/Noto Sans Bold/x"):
            answer = self.get(path)
            self.assertEqual((answer.status_code, answer.json()["code"]), (404, 404), path)

    def test_glyphs_of_the_first_font_that_is_there(self) -> None:
        answer = self.get("glyphs/Arial,Noto Sans Bold/0-255")
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "application/x-protobuf"))

    def test_a_street_pack_of_the_operator(self) -> None:
        with tempfile.TemporaryDirectory() as folder, patch.object(module, "maps", Maps(Path(folder))):
            write_archive(Path(folder) / "italy.pmtiles", {(7, 67, 45): b"streets"})
            pack = self.get("sources").json()["packs"]["italy"]
            self.assertEqual(pack["bounds"], [11.0, 45.0, 13.0, 46.0])
            self.assertEqual(pack["attribution"], "© &lt;b&gt;OpenStreetMap&lt;/b&gt;")
            path = pack["tiles"].removeprefix("/api/v1/map/").replace("{z}/{x}/{y}", "7/67/45")
            self.assertEqual(self.get(path, **{"Accept-Encoding": "identity"}).content, b"streets")

    def test_points_of_a_search(self) -> None:
        photo = make_photo(lat=1.5, lng=2.5, year=2024)
        make_photo(lat=1.5, lng=2.5, year=2020)
        answer = self.get("points?q=year:2024", **{"Accept-Encoding": "gzip"})
        self.assertEqual(answer["X-Count"], "1")
        self.assertEqual(struct.unpack("<2fI", gzip.decompress(answer.content)), (2.5, 1.5, photo.pk))

    def test_too_many_points_are_clustered_here(self) -> None:
        for _ in range(3):
            make_photo(lat=1.5, lng=2.5)
        with patch("library.search.points.MOST_POINTS", 2):
            answer = self.get("points")
        self.assertEqual((answer["X-Count"], answer["X-Too-Many"], answer.content), ("3", "yes", b""))
        found = self.get("clusters?box=-10.00000000000001,-10,10.123456789012345,10&zoom=3").json()["clusters"]
        self.assertEqual([(lng, lat, count) for lng, lat, count, _ in found], [(2.5, 1.5, 3)])

    def test_covers(self) -> None:
        photo = make_photo(title="Lake")
        hidden = make_photo(private=True)
        found = self.get(f"covers?ids={photo.pk},{hidden.pk}").json()
        self.assertEqual({key: value["title"] for key, value in found.items()}, {str(photo.pk): "Lake"})

    def test_what_is_wrong_is_said(self) -> None:
        for path in (
            "points?q=lable:cat",
            "clusters",
            "clusters?box=1,2,3&zoom=3",
            "clusters?box=0,50,1,40&zoom=3",
            "clusters?box=0,0,1,400&zoom=3",
            "clusters?box=0,0,1,1&zoom=99",
            "covers?ids=1;2",
            "covers?ids=" + ",".join(["1"] * 301),
        ):
            answer = self.get(path)
            self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400), path)
