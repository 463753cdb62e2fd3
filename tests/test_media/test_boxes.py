"""Finding the movie box in a film of any length."""

import struct
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from library.media.boxes import find_movie
from library.media.metadata import read_metadata
from tests.test_meta.test_quicktime import box, header, track

PACKET = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>harbour</rdf:li></rdf:Bag></dc:subject>'
    "</rdf:Description></rdf:RDF>"
)
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
START = box("ftyp", b"isom\0\0\2\0isommp41")


class FindMovieTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "a.mp4"

    def test_behind_twenty_gigabytes_of_film(self) -> None:
        size = 20 << 30
        with self.path.open("wb") as file:
            file.write(START + struct.pack(">I4sQ", 1, b"mdat", size))
            file.seek(len(START) + size)
            file.write(box("moov", header() + track(640, 480)) + box("uuid", XMP_UUID + PACKET.encode()))
        found = read_metadata(self.path)
        self.assertEqual((found.width, found.keywords), (640, ("harbour",)))
        self.assertEqual(found.taken_at and found.taken_at.year, 2019)

    def test_a_film_without_its_index_says_nothing(self) -> None:
        for content in (
            START,
            START + box("mdat", b"x" * 50),
            START + b"\0\0\0\1moov",
            START + struct.pack(">I4s", 2**31, b"free"),
        ):
            self.path.write_bytes(content)
            self.assertIsNone(find_movie(self.path))
