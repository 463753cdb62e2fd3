"""What strangers put into metadata: it costs the field or the file it stands in, never an exception."""

import json
import socket
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pyexiv2
from django.test import SimpleTestCase
from PIL import Image

from library.media.metadata import read_metadata
from library.meta.data import Metadata
from library.meta.exiftool import from_exiftool
from library.meta.exiv2 import from_exiv2
from library.meta.xmp import NotXmp, decode, from_xmp

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EVIL = ("1e308", "-1e308", "NaN", "inf", "9" * 400, "1/0", "\0", "\x07x", "\ud800", "�", "0000:00:00 00:00:00",
        "9999:12:31 23:59:59+14:00", "0000-01-01T00:00:00", "1904:01:01 00:00:00", "A" * 1_000_000, "-", [], {}, ["\0"],
        [["x"]], {"lang=x": "\0"}, None, True, -1, 1e308, float("nan"), 10**400)  # fmt: skip


def packet(inside: str, head: str = "") -> str:
    return f"{head}<rdf:RDF {RDF}><rdf:Description>{inside}</rdf:Description></rdf:RDF>"


class HostileXmpTest(SimpleTestCase):
    def assertRefused(self, text: str) -> None:  # noqa: N802
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("Something was opened.")

        with (
            patch("builtins.open", refuse),
            patch.object(socket, "socket", refuse),
            self.assertRaises(NotXmp, msg=text[:80]),
        ):
            from_xmp(text)

    def test_entities_whether_they_laugh_read_or_call(self) -> None:
        self.assertRefused(packet("&l9;", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'))
        self.assertRefused(packet("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'))
        self.assertRefused(packet("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "http://localhost:1/x">]>'))
        self.assertRefused(packet("", '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>'))

    def test_a_document_type_elsewhere_is_not_fetched(self) -> None:
        text = packet(
            "<dc:subject><rdf:Bag><rdf:li>lake</rdf:li></rdf:Bag></dc:subject>",
            '<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">',
        )
        with patch.object(socket, "socket", side_effect=AssertionError):
            self.assertEqual(from_xmp(text).keywords, ("lake",))

    def test_depth_and_length(self) -> None:
        self.assertRefused(packet("<rdf:li>" * 50_000 + "</rdf:li>" * 50_000))
        self.assertRefused(packet("x" * 10_000_000))

    def test_other_xml_and_none(self) -> None:
        for text in (
            "",
            "\0",
            "<svg/>",
            '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
            "<a>",
            "�" * 100,
        ):
            self.assertRefused(text)

    def test_control_characters_and_bytes_of_no_encoding_cost_only_themselves(self) -> None:
        inside = (
            b"<dc:subject><rdf:Bag><rdf:li>la\x00\x07ke</rdf:li><rdf:li>f\xff\xfejord</rdf:li></rdf:Bag></dc:subject>"
        )
        words = from_xmp(decode(packet("@").encode().replace(b"@", inside))).keywords
        self.assertEqual(words[0], "lake")

    def test_utf_16(self) -> None:
        text = packet("<dc:subject><rdf:Bag><rdf:li>Ürümqi</rdf:li></rdf:Bag></dc:subject>")
        self.assertEqual(from_xmp(decode(text.encode("utf-16"))).keywords, ("Ürümqi",))

    def test_a_hundred_thousand_keywords_are_not_all_kept(self) -> None:
        words = "".join(f"<rdf:li>w{number}</rdf:li>" for number in range(100_000))
        self.assertLessEqual(
            len(from_xmp(packet(f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>")).keywords), 500
        )


class HostileTagsTest(SimpleTestCase):
    def assertSound(self, metadata: Metadata) -> None:  # noqa: N802
        """Every text can be stored, every number be written, every date be told in every zone."""
        for name in (field.name for field in fields(Metadata)):
            for value in _flat(getattr(metadata, name)):
                if isinstance(value, str):
                    value.encode()
                    self.assertNotIn("\0", value, name)
                elif isinstance(value, float | int):
                    json.dumps(value, allow_nan=False)
                elif isinstance(value, datetime):
                    self.assertTrue(1000 <= value.year <= 2100, name)

    def test_every_key_of_exiv2_with_every_evil_value(self) -> None:
        from library.meta.exiv2 import KEYS

        for evil in EVIL:
            found = dict.fromkeys(KEYS, evil)
            self.assertSound(from_exiv2(found, found, found, comment=str(evil)[:100]))

    def test_one_evil_value_leaves_the_others(self) -> None:
        good = {
            "Exif.Image.Make": "Canon",
            "Exif.Photo.FNumber": "28/10",
            "Exif.Photo.DateTimeOriginal": "2020:01:30 09:57:18",
        }
        for key in good:
            for evil in EVIL:
                found = from_exiv2({**good, key: evil}, {}, {})
                others = [found.camera_make == "Canon", found.f_number == 2.8, found.taken_at is not None]
                self.assertGreaterEqual(sum(others), 2, (key, str(evil)[:20]))

    def test_every_tag_of_exiftool_with_every_evil_value(self) -> None:
        tags = ("IFD0:Make", "ExifIFD:DateTimeOriginal", "GPS:GPSLatitude", "GPS:GPSLongitude", "GPS:GPSAltitude",
                "XMP-xmp:Rating", "XMP-dc:Subject", "QuickTime:Duration", "Composite:ISO",
                "ExifIFD:ExposureTime")  # fmt: skip
        for evil in EVIL:
            self.assertSound(from_exiftool(dict.fromkeys(tags, evil)))


class HostileFileTest(SimpleTestCase):
    def test_a_bomb_within_a_picture_leaves_the_picture_its_other_values(self) -> None:
        bomb = packet("&l9; RegionList", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>')
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.jpg"
            Image.new("RGB", (32, 24), "teal").save(path)
            with pyexiv2.Image(str(path)) as image:
                image.modify_exif({"Exif.Image.Make": "Canon"})
            content = path.read_bytes()
            segment = b"http://ns.adobe.com/xap/1.0/\0" + bomb.encode()
            path.write_bytes(content[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + content[2:])
            found = read_metadata(path)
        self.assertEqual((found.camera_make, found.width, found.regions), ("Canon", 32, ()))


def _flat(value: Any) -> list[Any]:
    return [part for entry in value for part in _flat(entry)] if isinstance(value, tuple) else [value]
