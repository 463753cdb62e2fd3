"""Decodes a picture: upright, sRGB, 8 bits a channel, at full size or shrunk while it is read."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips

from library.media import geometry
from library.media.decoders import Opened, open_with_decoder
from library.media.formats import Format
from library.media.mediafile import NotAFile, open_regular
from library.media.srgb import to_srgb

DEFAULT_MAX_PIXELS = 150_000_000
_ENOUGH = 0.9
"""The share of a damaged JPEG or HEIC that is worth showing."""


class Undecodable(Exception):
    """The file gives no picture; the message says why in a sentence."""


class TooLarge(Undecodable):
    """The header announces more pixels than the limit."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture in memory.

    `width`, `height` are those of the original as seen upright, also where `image` is smaller.
    `damage` is a sentence if a part of the picture is missing.
    """

    image: pyvips.Image
    width: int
    height: int
    has_alpha: bool
    frames: int
    damage: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about its picture before it is decoded; the size is that seen upright."""

    width: int
    height: int
    has_alpha: bool
    frames: int
    damage: str = ""


Target = Callable[[int, int], tuple[int, int]]
"""From the upright size of the original in pixels to the size that is wanted of it."""


def open_image(path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> pyvips.Image:
    """The first frame in full size, upright, 8-bit sRGB, with its alpha channel if it has one."""
    return read_picture(path, file_format, max_pixels=max_pixels).image


def read_header(path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> Header:
    """Size, transparency and frames without decoding; raises like `read_picture`."""
    with _opened(path, file_format, max_pixels) as opened:
        return Header(*_seen_size(opened), opened.has_alpha, opened.frames)


def read_picture(
    path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS, target: Target | None = None
) -> Picture:
    """The first frame, shrunk to the size that `target` wants of it.

    With `target`, transparency is laid on white, because renditions are JPEG and logos and drawings
    are mostly dark on nothing. Raises Undecodable, or TooLarge before any pixel is decoded; a file
    that is missing or not readable raises its OSError.
    """
    with _opened(path, file_format, max_pixels) as opened:
        image, damage = _decode(opened, target)
        turned = _upright(image, opened.orientation)
        return Picture(turned, *_seen_size(opened), opened.has_alpha, opened.frames, damage)


@contextmanager
def _opened(path: Path, file_format: Format, max_pixels: int) -> Iterator[Opened]:
    if not file_format.decoder:
        raise Undecodable(file_format.no_decoder_reason)
    with open_regular(path) as stream, _damage_as_sentence(path, file_format):
        opened = open_with_decoder(path, stream, file_format)
        _check_size(opened.width, opened.height, max_pixels)
        yield opened


def _seen_size(opened: Opened) -> tuple[int, int]:
    return geometry.upright(opened.width, opened.height, opened.orientation)


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        limit, found = round(max_pixels / 1e6), round(width * height / 1e6)
        size, option = f"{width} x {height} pixels ({found} MP)", "PHOTOPRISM_RESOLUTION_LIMIT"
        raise TooLarge(f"{size} are more than the limit of {limit} MP ({option}).")


def _decode(opened: Opened, target: Target | None) -> tuple[pyvips.Image, str]:
    """The pixels, and a sentence on what is missing if enough of a damaged file is there."""
    if opened.share < _ENOUGH:
        raise Undecodable(f"The file is damaged: only {opened.share:.0%} of it is there.")
    cut = f"The file is damaged: {min(opened.share, 0.99):.0%} of it is there." if opened.share < 1 else ""
    try:
        return _pixels(opened, opened.load, target), cut
    except pyvips.Error as broken:
        if opened.load_damaged is None:
            raise
        image = _pixels(opened, opened.load_damaged, target)
        share = _decoded_share(image)
        if share < _ENOUGH:
            raise Undecodable(f"The file is damaged: only {share:.0%} of the picture can be read.") from broken
        return image, f"The file is damaged: {min(share, 0.99):.0%} of the picture can be read."


def _decoded_share(image: pyvips.Image) -> float:
    """How much of a cut JPEG was there: the decoder leaves rows without data in flat grey."""
    rows = image.numpy().reshape(image.height, -1).astype(np.int16)
    has_data = (np.ptp(rows, axis=1) > 1) | (np.abs(rows.mean(axis=1) - 128) > 2)
    return float(np.flatnonzero(has_data).max(initial=-1) + 1) / float(image.height)


def _pixels(opened: Opened, load: Callable[[int], pyvips.Image], target: Target | None) -> pyvips.Image:
    """The pixels in memory, not yet upright: shrunk, in sRGB."""
    if target is None:
        return to_srgb(load(1), opened.profile).copy_memory()
    width, height = geometry.upright(*target(*_seen_size(opened)), opened.orientation)
    image = load(_shrink_factor(opened, width, height))
    if image.hasalpha():
        image = image.flatten(background=_white(image))
    if (image.width, image.height) != (width, height):
        image = image.resize(width / image.width, vscale=height / image.height)
    return to_srgb(image, opened.profile).copy_memory()


def _shrink_factor(opened: Opened, width: int, height: int) -> int:
    """How much the JPEG decoder may shrink on its own.

    Down to just above the target: against shrinking all pixels by Lanczos the result differs by
    48 dB or better, at half the time.
    """
    if not opened.shrinks:
        return 1
    return next((f for f in (8, 4, 2) if opened.width // f >= width and opened.height // f >= height), 1)


def _white(image: pyvips.Image) -> float:
    return 65535.0 if image.format == "ushort" else 255.0


def _upright(image: pyvips.Image, orientation: int) -> pyvips.Image:
    turned = _TURNS.get(orientation)
    return turned(image).copy_memory() if turned else image


_TURNS: dict[int, Callable[[pyvips.Image], pyvips.Image]] = {
    2: lambda image: image.fliphor(),
    3: lambda image: image.rot180(),
    4: lambda image: image.flipver(),
    5: lambda image: image.rot90().fliphor(),
    6: lambda image: image.rot90(),
    7: lambda image: image.rot270().fliphor(),
    8: lambda image: image.rot270(),
}


@contextmanager
def _damage_as_sentence(path: Path, file_format: Format) -> Iterator[None]:
    try:
        yield
    except (Undecodable, NotAFile):
        raise
    except pyvips.Error as error:
        raise Undecodable(_sentence(path, file_format, error.detail)) from error
    except _DECODER_ERRORS as error:
        raise Undecodable(_sentence(path, file_format, str(error))) from error
    except MemoryError as error:
        raise Undecodable(f"There is not enough memory to decode this {file_format.title} file.") from error


_DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
)


def _sentence(path: Path, file_format: Format, detail: str) -> str:
    """What a decoder said, in one line, without the path of the file."""
    lines = [line.replace(str(path), "").strip(" :") for line in detail.splitlines()]
    said = next((line for line in reversed(lines) if line), "")[:_LONGEST]
    reason = f" ({said})" if said else ""
    return f"The {file_format.title} file is damaged or incomplete{reason}."


_LONGEST = 120
