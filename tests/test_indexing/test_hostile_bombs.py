"""Small files that ask for gigabytes or hours, and headers that lie: what it costs, and what is said of it."""

import os

from library.models import ErrorLog, File
from tests.originals import LONG_AGO, age
from tests.test_indexing.hostile import HostileOriginals, KeepsToTheRules
from tests.test_media.bombs import bombs, lies
from tests.test_media.samples import sample

MEGABYTE = 1024 * 1024


class LyingHeadersTest(KeepsToTheRules, HostileOriginals):
    @classmethod
    def write_hostile(cls) -> None:
        for name, content in lies().items():
            cls.put(name, content)

    def test_what_would_be_too_large_is_refused_by_its_header(self) -> None:
        for name in ("png of 60000 x 60000.png", "jpeg of 65500 x 65500.jpg", "heic of 65535 x 65535.heic",
                     "psd of 300000 x 300000.psd", "dng of 60000 x 60000.dng", "jxl of 1 billion.jxl",
                     "bmp of 2 billion.bmp", "avif of 65535 x 65535.avif"):  # fmt: skip
            with self.subTest(name):
                self.assertIn("MP) are more than the limit of 150 MP", self.reason(name))

    def test_a_picture_of_no_pixels_is_none(self) -> None:
        for name in ("heic of 0 x 90.heic", "png of 0 x 0.png", "psd of 0 x 0.psd", "bmp of 0 x 0.bmp"):
            with self.subTest(name):
                self.assertIn("damaged", self.reason(name))

    def test_no_size_that_is_a_lie_is_believed(self) -> None:
        self.assertFalse(File.objects.filter(width__gt=20_000).exists())

    def test_metadata_that_lies_costs_no_picture(self) -> None:
        for name in ("exif of 65535 entries.jpg", "exif that points to itself.jpg", "profile of 4 billion tags.jpg"):
            with self.subTest(name):
                self.assertEqual(File.objects.get(name=name).width, 120)


class BombsTest(KeepsToTheRules, HostileOriginals):
    options = {"index_memory": 400}

    @classmethod
    def write_hostile(cls) -> None:
        for name, content in bombs().items():
            cls.put(name, content)

    def test_sound_pictures_with_a_bomb_beside_their_pixels_are_shown(self) -> None:
        for name in ("ztxt.png", "itxt.png", "iccp.png", "raw profile.png", "xmp of laughs.jpg", "10000 frames.gif",
                     "ftyp without end.jpg", "directory after itself.tif"):  # fmt: skip
            with self.subTest(name):
                self.assertTrue(File.objects.get(name=name).is_primary)

    def test_want_of_memory_is_told_as_such(self) -> None:
        self.assertIn("more memory than a worker may take", self.reason("elements without end.svg"))

    def test_no_archive_is_unpacked(self) -> None:
        self.assertEqual(ErrorLog.objects.filter(name__startswith="zip.", level="error").count(), 7)


class SparseFilesTest(KeepsToTheRules, HostileOriginals):
    """Files of a head and nothing else, larger than the memory of a worker; and one larger than any original may be."""

    # Without labels, as what is kept free for their model would do for one of the files.
    options = {"index_memory": 256, "originals_limit": 200, "disable_classification": True}

    @classmethod
    def write_hostile(cls) -> None:
        for name in ("png", "gif", "dng"):
            cls.put_sparse(f"head.{name}", sample(name)[:2000], 170)
        cls.put_sparse("nothing.jpg", b"", 171)
        cls.put_sparse("20 gigabytes.jpg", sample("jpg"), 20_480)

    @classmethod
    def put_sparse(cls, name: str, content: bytes, megabytes: int) -> None:
        path = cls.put(name, content)
        os.truncate(path, megabytes * MEGABYTE)
        age(path, LONG_AGO)

    def test_no_decoder_is_said_to_crash_for_want_of_memory(self) -> None:
        self.assertEqual([row.name for row in ErrorLog.objects.filter(reason__contains="crashed")], [])

    def test_one_that_is_larger_than_the_limit_is_not_even_read(self) -> None:
        self.assertIn("Larger than the limit of 200 MB", self.reason("20 gigabytes.jpg"))

    def test_one_that_would_have_to_be_read_into_memory_says_so(self) -> None:
        self.assertIn("not enough memory", self.reason("head.dng"))

    def test_a_gigabyte_of_empty_chunks_is_not_walked_through(self) -> None:
        self.assertIn("PNG file is damaged", self.reason("head.png"))
