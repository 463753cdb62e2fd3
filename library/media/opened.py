"""Opened: a file whose header was read; the pixels come when they are wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyvips
from numpy.typing import NDArray

from library.media.cicp import SRGB, Cicp

VECTOR_EDGE: Final = 4096
"""The longer edge in pixels at which a drawing or a page counts: sharp on every screen that is sold."""

_RGB = 3


class Undecodable(Exception):
    """The file gives no picture; the message says why in a sentence."""


class TooLarge(Undecodable):
    """The header announces more pixels than the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose header was read; sizes and orientation are those stored, not those seen.

    `load(shrink)` gives the pixels. A decoder that can shrink (`shrinks`) takes 2, 4 or 8, others
    only 1. `load_damaged` does the same and fills with grey what is missing; None if it cannot.
    `load_frame` gives a later frame of an animation, counted from 0; None if only the first is at hand.
    `duration` of an animation is in seconds. `cicp` is how the container says its colours are meant.
    `share` is how much of the file is there, for a decoder that does not complain of what is missing.
    `most_pixels` is what the decoder has room for in a worker of usual memory, 0 if more than is ever allowed.
    `damage` is a sentence if something else is shown than what should be.
    """

    width: int
    height: int
    load: Callable[[int], pyvips.Image]
    orientation: int = 1
    frames: int = 1
    duration: float = 0.0
    has_alpha: bool = False
    shrinks: bool = False
    load_damaged: Callable[[int], pyvips.Image] | None = None
    load_frame: Callable[[int], pyvips.Image] | None = None
    cicp: Cicp = SRGB
    share: float = 1.0
    most_pixels: int = 0
    damage: str = ""


def image_of(pixels: NDArray[Any], profile: bytes | None = None, *, cmyk: bool = False) -> pyvips.Image:
    """A libvips image over the memory of an array of 8 or 16 bits, one to four channels."""
    height, width = pixels.shape[:2]
    bands = 1 if pixels.ndim == 2 else pixels.shape[2]
    wide = pixels.dtype == np.uint16
    image = pyvips.Image.new_from_memory(
        np.ascontiguousarray(pixels).data, width, height, bands, "ushort" if wide else "uchar"
    )
    return with_profile(image.copy(interpretation="cmyk" if cmyk else _interpretation(bands, wide=wide)), profile)


def with_profile(image: pyvips.Image, profile: bytes | None) -> pyvips.Image:
    """The image with its ICC profile attached, if there is one."""
    if profile:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


def vector_scale(width: float, height: float) -> float:
    """The factor that brings the longer edge of a drawing to `VECTOR_EDGE` pixels."""
    return VECTOR_EDGE / max(width, height)


def _interpretation(bands: int, *, wide: bool) -> str:
    grey, rgb = ("grey16", "rgb16") if wide else ("b-w", "srgb")
    return grey if bands < _RGB else rgb
