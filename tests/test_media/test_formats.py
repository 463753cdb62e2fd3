"""What a file is, by its bytes and by its name."""

from django.test import SimpleTestCase

from library.media.formats import FORMATS, by_code, by_name, detect, extension, identify, media_type

JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
TIFF = b"II*\0\x08\0\0\0"


def iso(*brands: str) -> bytes:
    body = brands[0].encode() + b"\0\0\0\0" + "".join(brands[1:]).encode()
    return (len(body) + 8).to_bytes(4, "big") + b"ftyp" + body


class DetectTest(SimpleTestCase):
    def test_bytes_tell_the_format(self) -> None:
        heads = {
            "jpg": JPEG,
            "png": b"\x89PNG\r\n\x1a\n",
            "gif": b"GIF89a",
            "webp": b"RIFF\0\0\0\0WEBPVP8X",
            "avi": b"RIFF\0\0\0\0AVI LIST",
            "tiff": TIFF,
            "bmp": b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
            "jxl": b"\xff\n\xba\x21",
        }
        self.assertEqual({name: detect(head).name for name, head in heads.items()}, {name: name for name in heads})

    def test_canon_raw_is_not_taken_for_the_tiff_around_it(self) -> None:
        self.assertEqual(detect(b"II*\0\x10\0\0\0CR\x02\0").name, "raw")

    def test_a_structural_brand_leaves_it_to_the_others(self) -> None:
        self.assertEqual(detect(iso("mif1", "mif1", "avif")).name, "avif")
        self.assertEqual(detect(iso("mif1", "miaf")).name, "heic")

    def test_brands_tell_video_from_still(self) -> None:
        found = [detect(iso(brand)).name for brand in ("heic", "avis", "qt  ", "isom", "3gp5", "crx ")]
        self.assertEqual(found, ["heic", "avifs", "mov", "mp4", "3gp", "raw"])

    def test_text_and_nothing_have_no_format(self) -> None:
        self.assertEqual([detect(b""), detect(b"BM is not a bitmap, only text"), detect(iso("abcd"))], [None] * 3)


class NameTest(SimpleTestCase):
    def test_endings_count_in_any_case(self) -> None:
        self.assertEqual([by_name(name).name for name in ("a.JPG", "b.Heif", "c.NEF")], ["jpg", "heic", "raw"])

    def test_a_name_that_is_all_ending_has_none(self) -> None:
        self.assertEqual([extension(name) for name in (".jpg", "a.", "a", "x.y/z", "")], [""] * 5)

    def test_the_unknown_is_a_sidecar(self) -> None:
        types = [media_type(name) for name in ("a.xyz", "a.aae", "a.mp4", "a.cr2", "a.svg")]
        self.assertEqual(types, ["sidecar", "sidecar", "video", "raw", "vector"])


class IdentifyTest(SimpleTestCase):
    def test_bytes_win_over_a_wrong_name(self) -> None:
        found = identify("photo.nef", JPEG)
        self.assertEqual(found.format.name, "jpg")
        self.assertEqual(found.mismatch, "photo.nef is named as RAW but contains JPEG.")

    def test_the_name_decides_between_formats_that_look_alike(self) -> None:
        names = ("a.nef", "a.dng", "a.tif", "a.m4v")
        heads = (TIFF, TIFF, TIFF, iso("mp42"))
        found = [identify(name, head) for name, head in zip(names, heads, strict=True)]
        self.assertEqual([one.format.name for one in found], ["raw", "dng", "tiff", "m4v"])
        self.assertEqual({one.mismatch for one in found}, {""})

    def test_bytes_that_prove_nothing_are_reported(self) -> None:
        self.assertIn("does not begin like one", identify("a.jpg", b"hello").mismatch)
        self.assertEqual(identify("a.json", b"hello").mismatch, "")


class TableTest(SimpleTestCase):
    def test_no_ending_and_no_name_is_listed_twice(self) -> None:
        endings = [ending for row in FORMATS for ending in row.extensions]
        names = [row.name for row in FORMATS]
        self.assertEqual((len(set(endings)), len(set(names))), (len(endings), len(names)))

    def test_twins_exist(self) -> None:
        self.assertTrue({twin for row in FORMATS for twin in row.twins} <= {row.name for row in FORMATS})

    def test_what_has_no_decoder_says_so_in_a_sentence(self) -> None:
        self.assertIn("programs", by_code("eps").no_decoder_reason)
        self.assertEqual(by_code("json").no_decoder_reason, "No decoder for JSON.")
        self.assertEqual(by_code("jpg").no_decoder_reason, "")
