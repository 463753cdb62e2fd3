"""SVG: sizes, and that a drawing reaches neither files nor addresses."""

import socket
from itertools import pairwise
from pathlib import Path

from library.media.images import Picture, Undecodable
from tests.test_media.base import PictureTest
from tests.test_media.pictures import quarters, save

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
RECT = '<rect width="12" height="8" fill="#f00"/>'


class SvgTest(PictureTest):
    def read_small(self, text: str) -> Picture:
        return self.read(self.draw(text), target=lambda *_: (240, 160))

    def draw(self, text: str) -> Path:
        self.file("a.svg").write_text(text)
        return self.file("a.svg")

    def test_a_drawing_is_sharp_on_every_screen(self) -> None:
        for size in ('viewBox="0 0 12 8"', 'width="12" height="8"', 'width="100%" height="100%" viewBox="0 0 12 8"',
                     'width="3mm" height="2mm" viewBox="0 0 12 8"'):  # fmt: skip
            with self.subTest(size):
                found = self.read(self.draw(f"{HEAD} {size}>{RECT}</svg>"))
                self.assertEqual((found.width, found.height), (4096, 2731))
                self.assertEqual(found.image(4000, 2600), [255, 0, 0, 255])

    def test_a_canvas_of_any_size_is_drawn_small(self) -> None:
        found = self.read(self.draw(f'{HEAD} width="1e9" height="1e9" viewBox="0 0 12 12">{RECT}</svg>'))
        self.assertEqual((found.width, found.image(9, 9)), (4096, [255, 0, 0, 255]))

    def test_without_any_size_it_is_as_large_as_what_it_draws(self) -> None:
        self.assertEqual(self.read(self.draw(f"{HEAD}>{RECT}</svg>")).width, 12)

    def test_it_keeps_its_transparency(self) -> None:
        found = self.read(self.draw(f'{HEAD} viewBox="0 0 24 8">{RECT}</svg>'), target=lambda *_: (240, 80))
        self.assertEqual((found.image(200, 40), found.clear(200, 40)[3]), ([255, 255, 255], 0))

    def test_it_opens_no_file(self) -> None:
        save(self.file("canary.png"), quarters())
        for link in ("canary.png", (self.folder / "canary.png").as_uri(), str(self.folder / "canary.png")):
            for attribute in ("href", "xlink:href"):
                with self.subTest(link=link, attribute=attribute):
                    image = f'<image {attribute}="{link}" width="12" height="8"/>'
                    found = self.read_small(f'{HEAD} viewBox="0 0 12 8">{image}</svg>')
                    self.assertEqual(found.clear.max(), 0)

    def test_it_asks_no_server(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
            parts = (
                f'<image href="{address}.png" width="9" height="9"/><use href="{address}.svg#a"/>'
                f'<style>@import url("{address}.css"); rect {{ fill: url("{address}.svg#b") }}</style>{RECT}'
                f"<script href='{address}.js'/>"
            )
            self.read_small(f'<?xml-stylesheet href="{address}.xsl"?>{HEAD} viewBox="0 0 12 8">{parts}</svg>')
            self.assertRaises(TimeoutError, server.accept)

    def test_entities_from_elsewhere_are_refused(self) -> None:
        self.file("secret.txt").write_text("SECRET")
        kind = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{(self.folder / "secret.txt").as_uri()}">]>'
        with self.assertRaisesRegex(Undecodable, "damaged or incomplete") as caught:
            self.read(self.draw(f'{kind}{HEAD} viewBox="0 0 12 8"><text>&x;</text></svg>'))
        self.assertNotIn("SECRET", str(caught.exception))

    def test_entities_that_multiply_are_refused(self) -> None:
        names = "abcdefghij"
        lines = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
        kind = f'<!DOCTYPE svg [<!ENTITY a "ha">{lines}]>'
        with self.assertRaises(Undecodable):
            self.read(self.draw(f'{kind}{HEAD} viewBox="0 0 12 8"><text>&j;</text></svg>'))

    def test_what_is_no_drawing_is_refused(self) -> None:
        for text in ("<html></html>", "<svg", "", "\0\1\2"):
            with self.subTest(text), self.assertRaises(Undecodable):
                self.read(self.draw(text))

    def test_ten_million_bytes_are_the_limit(self) -> None:
        with self.assertRaisesMessage(Undecodable, "larger than 10 MB"):
            self.read(self.draw(f'{HEAD} viewBox="0 0 12 8"><!--{"x" * 10_000_000}--></svg>'))
