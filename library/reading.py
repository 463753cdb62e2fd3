"""What the worker does that looks for text: reads thumbs, and makes them where they are missing."""

import os
from pathlib import Path

import numpy as np
import pyvips
from numpy.typing import NDArray

from library.looking import Shown, Studio, close_stderr, thumb_of
from library.media.limits import limit_process
from library.ocr.recognizer import LOOKED_AT, MEMORY, SPACE, Line, RecognizerUnusable, load


def start() -> None:
    """Runs first in the worker; Django is never set up here."""
    limit_process(MEMORY, view_bytes=SPACE)
    close_stderr()


def read(pictures: list[Shown], studio: Studio) -> list[tuple[Line, ...] | None]:
    """The lines in each; None where there is no thumb and none can be made. Raises RecognizerUnusable."""
    return [_read(picture, studio) for picture in pictures]


def _read(picture: Shown, studio: Studio) -> tuple[Line, ...] | None:
    thumb = thumb_of(picture, studio, LOOKED_AT)
    try:
        return load().read(_pixels(thumb)) if thumb else None
    except (RecognizerUnusable, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - one picture's error stays its own, whatever the libraries make of it
        return None


def _pixels(thumb: Path) -> NDArray[np.uint8]:
    """Height x width x 3 of sRGB."""
    pixels: NDArray[np.uint8] = pyvips.Image.new_from_file(os.fsencode(thumb)).colourspace("srgb").numpy()[:, :, :3]
    return pixels
