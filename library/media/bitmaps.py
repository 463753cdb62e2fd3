"""Opens BMP and JPEG 2000 by Pillow."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyvips
from PIL import Image as PillowImage

from library.media.formats import Format
from library.media.opened import Opened, image_of

# `images` refuses too many pixels after the header is read, for every decoder alike.
PillowImage.MAX_IMAGE_PIXELS = None

_PLAIN_MODES = {"L", "RGB", "RGBA", "CMYK"}
_HEADER_SIZE = 1 << 14
_FACTORS = (8, 4, 2)


def open_bmp(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """Shrinks before the pixels are copied: all of them twice would be too many."""
    picture = PillowImage.open(stream, formats=["BMP"])
    return _opened(picture, lambda shrink: _image_of(picture.reduce(shrink) if shrink > 1 else picture))


def open_jp2(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """OpenJPEG leaves out the finest wavelets where a smaller picture is wanted."""
    levels = _levels(stream.read(_HEADER_SIZE))

    def load(shrink: int) -> pyvips.Image:
        halvings = min(shrink.bit_length() - 1, levels)
        # Pillow takes the tiles of some sizes only where all halves are even.
        for less in range(halvings, 0, -1):
            with suppress(OSError):
                return _image_of(_open_jp2(stream, less))
        return _image_of(_open_jp2(stream, 0))

    return _opened(_open_jp2(stream, 0), load)


def _open_jp2(stream: BinaryIO, halvings: int) -> PillowImage.Image:
    stream.seek(0)
    picture = PillowImage.open(stream, formats=["JPEG2000"])
    picture.reduce = halvings  # type: ignore[assignment, method-assign] # as documented
    return picture


def _opened(picture: PillowImage.Image, load: Callable[[int], pyvips.Image]) -> Opened:
    return Opened(
        width=picture.width, height=picture.height, has_alpha=picture.has_transparency_data, shrinks=True, load=load
    )


def _image_of(picture: PillowImage.Image) -> pyvips.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I;16"):
        return image_of(np.asarray(picture).astype(np.uint16, copy=False), profile)
    if picture.mode not in _PLAIN_MODES:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return image_of(np.asarray(picture), profile, cmyk=picture.mode == "CMYK")


def _levels(head: bytes) -> int:
    """How often the picture can be halved, by the COD marker (ISO/IEC 15444-1, A.6.1)."""
    start = head.find(b"\xff\x4f\xff\x51")
    at = head.find(b"\xff\x52", start)
    return head[at + 9] if 0 <= start < at < len(head) - 9 else 0
