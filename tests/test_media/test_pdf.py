"""PDF: the first page, upright; what is locked or broken."""

from pathlib import Path

import numpy as np
from PIL import Image

from library.media.images import Undecodable
from tests.test_media.base import PictureTest
from tests.test_media.pictures import noise, quarters, save


def page_of(width: float, height: float, *, more: str = "", trailer: str = "") -> bytes:
    """A document of one page without content."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]{more}>>"
    objects = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    body = "".join(f"{number} 0 obj{content}endobj\n" for number, content in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R{trailer}>>\n%%EOF".encode()


class PdfTest(PictureTest):
    def test_the_first_page_is_shown(self) -> None:
        first, second = Image.fromarray(quarters()), Image.fromarray(noise(96, 64))
        first.save(self.file("a.pdf"), save_all=True, append_images=[second], quality=95)
        found = self.read(self.file("a.pdf"))
        self.assertEqual((found.width, found.height, found.frames), (4096, 2731, 1))
        self.assertQuarters(found.image)

    def test_a_turned_page_is_upright(self) -> None:
        self.file("a.pdf").write_bytes(page_of(300, 200, more="/Rotate 90"))
        found = self.read(self.file("a.pdf"))
        self.assertEqual((found.width, found.height), (2731, 4096))

    def test_a_page_of_any_size_is_drawn(self) -> None:
        for width, height in ((1e7, 1e7), (0.001, 0.001), (1e6, 1)):
            with self.subTest((width, height)):
                self.file("a.pdf").write_bytes(page_of(width, height))
                self.assertEqual(self.read(self.file("a.pdf")).width, 4096)

    def test_a_name_that_is_no_utf8_does_not_matter(self) -> None:
        path = Path(str(self.folder), b"\xff.pdf".decode("utf-8", "surrogateescape"))
        save(self.file("a.pdf"), quarters()).rename(path)
        self.assertQuarters(self.read(path).image, tolerance=14)

    def test_a_locked_document_is_refused(self) -> None:
        lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -1>>/ID[<00><00>]"
        self.file("a.pdf").write_bytes(page_of(300, 200, trailer=lock))
        with self.assertRaisesMessage(Undecodable, "The document is locked with a password."):
            self.read(self.file("a.pdf"))

    def test_what_only_begins_like_a_document_is_refused(self) -> None:
        self.file("a.pdf").write_bytes(b"%PDF-1.7\n" + np.random.default_rng(1).bytes(2000))
        with self.assertRaisesMessage(Undecodable, "The PDF file is damaged or incomplete"):
            self.read(self.file("a.pdf"))

    def test_illustrator_files_are_documents_inside(self) -> None:
        save(self.file("a.pdf"), quarters()).rename(self.file("a.ai"))
        self.assertQuarters(self.read(self.file("a.ai")).image, tolerance=14)
