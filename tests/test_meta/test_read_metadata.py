"""Reading the metadata of real files."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pillow_heif
import pyexiv2
from django.test import SimpleTestCase
from PIL import Image

from library.media.metadata import Unreadable, read_metadata

EXIF = {
    "Exif.Image.Make": "Canon",
    "Exif.Image.Model": "Canon EOS R5",
    "Exif.Image.Orientation": "6",
    "Exif.Photo.DateTimeOriginal": "2022:03:31 11:31:56",
    "Exif.Photo.OffsetTimeOriginal": "+02:00",
    "Exif.Photo.ExposureTime": "1/250",
    "Exif.Photo.ISOSpeedRatings": "200",
    "Exif.GPSInfo.GPSLatitude": "41/1 13/1 1308/100",
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLongitude": "96/1 4/1 17850/1000",
    "Exif.GPSInfo.GPSLongitudeRef": "W",
}
XMP = {"Xmp.dc.title": "Fjäll", "Xmp.dc.subject": ["snow", "lake"]}
PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>found</rdf:li></rdf:Bag>
</dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"""


class FileTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def picture(self, name: str, size: tuple[int, int] = (32, 24)) -> Path:
        path = self.folder / name
        Image.new("RGB", size, "teal").save(path)
        return path


class ReadMetadataTest(FileTest):
    def tagged(self, name: str) -> Path:
        path = self.picture(name)
        with pyexiv2.Image(str(path)) as image:
            image.modify_exif(EXIF)
            image.modify_xmp(XMP)
        return path

    def test_jpeg_png_webp_and_tiff_say_the_same(self) -> None:
        for name in ("a.jpg", "a.png", "a.webp", "a.tiff"):
            metadata = read_metadata(self.tagged(name))
            self.assertEqual(metadata.taken_at, datetime(2022, 3, 31, 9, 31, 56, tzinfo=UTC), name)
            self.assertEqual((metadata.camera_make, metadata.camera_model), ("Canon", "EOS R5"), name)
            self.assertEqual((metadata.lat, metadata.lng), (41.2203, -96.071625), name)
            self.assertEqual((metadata.title, metadata.keywords), ("Fjäll", ("snow", "lake")), name)
            self.assertEqual((metadata.width, metadata.height, metadata.orientation), (32, 24, 6), name)

    def test_heic_and_avif_carry_exif(self) -> None:
        exif = Image.Exif()
        exif[0x010F] = "Apple"
        picture = Image.new("RGB", (64, 64), "teal")
        picture.save(self.folder / "a.avif", exif=exif.tobytes())
        pillow_heif.from_pillow(picture).save(self.folder / "a.heic", exif=exif.tobytes())
        for name in ("a.heic", "a.avif"):
            metadata = read_metadata(self.folder / name)
            self.assertEqual((metadata.camera_make, metadata.width), ("Apple", 64), name)

    def test_a_gif_carries_xmp(self) -> None:
        path = self.picture("a.gif")
        path.write_bytes(path.read_bytes() + PACKET.encode())
        self.assertEqual(read_metadata(path).keywords, ("found",))

    def test_texts_in_the_encoding_of_old_programs_are_read(self) -> None:
        path = self.picture("a.jpg")
        with pyexiv2.Image(str(path)) as image:
            image.modify_iptc({"Iptc.Application2.Byline": ["Zoe Muller"]})
        path.write_bytes(path.read_bytes().replace(b"Zoe Muller", b"Zo\xeb M\xfcller"))
        self.assertEqual(read_metadata(path).artist, "Zoë Müller")

    def test_a_broken_windows_tag_costs_only_itself(self) -> None:
        path = self.picture("a.jpg")
        with pyexiv2.Image(str(path)) as image:
            image.modify_exif(
                {"Exif.Image.Make": "Canon", "Exif.Image.XPTitle": "Lake", "Exif.Image.XPComment": "Cold"}
            )
        path.write_bytes(path.read_bytes().replace("Lake".encode("utf-16-le"), b"L\0a\0\x00\xd8e\0"))
        metadata = read_metadata(path)
        self.assertEqual((metadata.camera_make, metadata.notes), ("Canon", "Cold"))

    def test_a_file_name_in_any_script(self) -> None:
        self.assertEqual(read_metadata(self.picture("Ürümqi 富士山.png")).width, 32)

    def test_a_file_that_says_nothing(self) -> None:
        metadata = read_metadata(self.picture("a.png"))
        self.assertEqual((metadata.taken_at, metadata.title, metadata.taken_src), (None, "", ""))

    def test_what_is_no_picture_is_unreadable(self) -> None:
        path = self.folder / "a.jpg"
        for content in (b"", b"plain text", b"\xff\xd8\xff", b"\0\0\0\x18ftypheic\0\0\0\0"):
            path.write_bytes(content)
            with self.assertRaises(Unreadable, msg=content):
                read_metadata(path)

    def test_a_missing_file_is_missing(self) -> None:
        with self.assertRaises(FileNotFoundError):
            read_metadata(self.folder / "gone.jpg")


class ExifToolTest(FileTest):
    def tool(self, script: str) -> Path:
        path = self.folder / "exiftool"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    def test_its_answer_goes_through_the_same_rules(self) -> None:
        answer = json.dumps([{"IFD0:Make": "NIKON CORPORATION", "IFD0:Software": 1.00, "File:ImageWidth": 32}])
        metadata = read_metadata(self.picture("a.jpg"), exiftool=self.tool(f"echo '{answer}'"))
        self.assertEqual((metadata.camera_make, metadata.software, metadata.width), ("NIKON", "1.0", 32))

    def test_a_name_cannot_be_taken_for_an_option(self) -> None:
        tool = self.tool('for last; do :; done; printf \'[{"XMP-dc:Title": "%s"}]\' "$last"')
        metadata = read_metadata(self.picture("-delete_original.jpg"), exiftool=tool)
        self.assertTrue(metadata.title.endswith("/-delete_original.jpg"))
        self.assertTrue(metadata.title.startswith("/"))

    def test_an_answer_that_is_none_is_an_error(self) -> None:
        with self.assertRaises(Unreadable):
            read_metadata(self.picture("a.jpg"), exiftool=self.tool("echo nothing"))
