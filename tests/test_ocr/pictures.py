"""Pictures with text in them, drawn by Pillow."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.originals import LONG_AGO, age

SIGN = ("BUS STOP", "Platform 12")


def draw_sign(*lines: str, size: tuple[int, int] = (1200, 800), letters: int = 90, paper: str = "#dde4ea") -> Any:
    """A sign with the lines one below the other, as a picture of Pillow."""
    picture = Image.new("RGB", size, paper)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(letters)
    for number, line in enumerate(lines or SIGN):
        pen.text((size[0] // 10, size[1] // 6 + number * letters * 2), line, fill="#14171a", font=font)
    return picture


def pixels_of(picture: Any) -> NDArray[np.uint8]:
    return np.asarray(picture)


def write_sign(path: Path, *lines: str, turned: int = 0, **drawing: Any) -> Path:
    """The sign as a file, turned by degrees counter-clockwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draw_sign(*lines, **drawing).rotate(turned, expand=True).save(path)
    age(path, LONG_AGO)
    return path
