"""What was sent waits under a safe name until it is imported."""

import io
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from library.importing.staging import UnknownType, folder_of, is_token, stage, staged

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40


class StagingTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "token"

    def stage(self, name: str, content: bytes = JPEG) -> str:
        return stage(self.folder, name, io.BytesIO(content))

    def names(self) -> list[str]:
        return [file.name for some in staged(self.folder) for file in some]

    def test_it_is_kept_as_it_came(self) -> None:
        self.assertEqual(self.stage("a.JPG"), "a.JPG")
        self.assertEqual((self.folder / "a.JPG").read_bytes(), JPEG)

    def test_the_same_file_sent_again_is_kept_once(self) -> None:
        self.stage("a.jpg")
        self.assertEqual(self.stage("a.jpg"), "a.jpg")
        self.assertEqual(self.names(), ["a.jpg"])

    def test_another_file_of_the_name_keeps_it_in_a_folder_of_its_own(self) -> None:
        self.stage("a.jpg")
        self.assertEqual(self.stage("a.jpg", JPEG + b"1"), "2/a.jpg")
        self.assertEqual(self.stage("a.jpg", JPEG + b"2"), "3/a.jpg")
        self.assertEqual(self.stage("a.jpg", JPEG + b"1"), "2/a.jpg")
        self.assertEqual(self.names(), ["a.jpg", "2/a.jpg", "3/a.jpg"])

    def test_no_name_leads_out(self) -> None:
        for name in ("../../../etc/a.jpg", "/etc/a.jpg", "..\\a.jpg", "C:\\a.jpg"):
            self.assertEqual(self.stage(name), "a.jpg")
        self.assertEqual(self.stage(".a.jpg"), "a.jpg")

    def test_what_has_no_extension_gets_that_of_its_content(self) -> None:
        self.assertEqual(self.stage("1000004711"), "1000004711.jpg")

    def test_what_is_no_picture_is_refused_and_leaves_nothing(self) -> None:
        for name, content in (("a.exe", b"MZ"), ("", b""), ("notes", b"text"), ("..", b"")):
            with self.subTest(name), self.assertRaises(UnknownType):
                self.stage(name, content)
        self.assertFalse(self.folder.exists())

    def test_sidecars_are_taken(self) -> None:
        for name in ("a.xmp", "a.jpg.json", "a.aae"):
            self.assertEqual(self.stage(name, b"<x/>"), name)

    def test_only_plain_words_name_a_batch(self) -> None:
        for token in ("..", "", "a/b", "a b", "a.b", "x" * 65, "ä"):
            self.assertFalse(is_token(token), token)
            with self.assertRaises(ValueError):
                folder_of("owner", token)
