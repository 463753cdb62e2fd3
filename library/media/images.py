"""Decodes a picture: upright, sRGB, 8 bits a channel, at full size or shrunk while it is read."""

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips
from av.error import FFmpegError

from library.media import geometry
from library.media.decoders import open_with_decoder
from library.media.formats import Format
from library.media.mediafile import NotAFile, open_regular
from library.media.opened import Opened, TooLarge, Undecodable
from library.media.srgb import to_srgb

__all__ = [
    "Header",
    "Picture",
    "Target",
    "TooLarge",
    "Undecodable",
    "open_image",
    "read_header",
    "read_picture",
    "resized",
]
DEFAULT_MAX_PIXELS = 150_000_000
_WHITE = 255
_ENOUGH = 0.9
"""The share of a damaged JPEG or HEIC that is worth showing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture in memory.

    `width`, `height` are those of the original as seen upright, also where `image` is smaller.
    `damage` is a sentence if a part of the picture is missing; `duration` of an animation is in seconds.
    `clear` is the picture with its alpha channel where `image` was laid on white and something shines through.
    """

    image: pyvips.Image
    width: int
    height: int
    has_alpha: bool
    frames: int
    duration: float
    damage: str = ""
    clear: pyvips.Image | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about its picture before it is decoded; the size is that seen upright."""

    width: int
    height: int
    has_alpha: bool
    frames: int
    duration: float
    damage: str = ""


Target = Callable[[int, int], tuple[int, int]]
"""From the upright size of the original in pixels to the size that is wanted of it."""


def open_image(path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> pyvips.Image:
    """The first frame in full size, upright, 8-bit sRGB, with its alpha channel if it has one."""
    return read_picture(path, file_format, max_pixels=max_pixels).image


def read_header(path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS) -> Header:
    """Size, transparency and frames without decoding; raises like `read_picture`."""
    with _opened(path, file_format, max_pixels) as opened:
        return Header(*_seen_size(opened), opened.has_alpha, opened.frames, opened.duration)


def read_picture(
    path: Path, file_format: Format, *, max_pixels: int = DEFAULT_MAX_PIXELS, target: Target | None = None
) -> Picture:
    """The first frame, shrunk to the size that `target` wants of it.

    With `target`, transparency is laid on white, because renditions are JPEG and logos and drawings
    are mostly dark on nothing; `clear` keeps it. Raises Undecodable, or TooLarge before any pixel is decoded; a file
    that is missing or not readable raises its OSError.
    """
    with _opened(path, file_format, max_pixels) as opened:
        image, damage = _decode(opened, target)
        turned, clear = _upright(image, opened.orientation), None
        if target and turned.hasalpha():
            turned, clear = turned.flatten(background=_WHITE).copy_memory(), turned if _shines_through(turned) else None
        return Picture(turned, *_seen_size(opened), opened.has_alpha, opened.frames, opened.duration, damage, clear)


@contextmanager
def _opened(path: Path, file_format: Format, max_pixels: int) -> Iterator[Opened]:
    if not file_format.decoder:
        raise Undecodable(file_format.no_decoder_reason)
    with open_regular(path) as stream, _damage_as_sentence(path, file_format):
        opened = open_with_decoder(path, stream, file_format)
        _check_size(opened.width, opened.height, max_pixels)
        _check_room(opened, file_format)
        yield opened


def _seen_size(opened: Opened) -> tuple[int, int]:
    return geometry.upright(opened.width, opened.height, opened.orientation)


def _check_size(width: int, height: int, max_pixels: int) -> None:
    if min(width, height) < 1:
        raise Undecodable(f"The file is damaged: it announces a picture of {width} x {height} pixels.")
    if width * height > max_pixels:
        limit, found = round(max_pixels / 1e6), round(width * height / 1e6)
        size, option = f"{width} x {height} pixels ({found} MP)", "PHOTOPRISM_RESOLUTION_LIMIT"
        raise TooLarge(f"{size} are more than the limit of {limit} MP ({option}).")


def _check_room(opened: Opened, file_format: Format) -> None:
    if 0 < opened.most_pixels < opened.width * opened.height:
        limit, found = round(opened.most_pixels / 1e6), round(opened.width * opened.height / 1e6)
        raise TooLarge(
            f"{file_format.title} files need much memory: {found} MP are more than the {limit} MP there is room for."
        )


def _decode(opened: Opened, target: Target | None) -> tuple[pyvips.Image, str]:
    """The pixels, and a sentence on what is missing if enough of a damaged file is there."""
    if opened.share < _ENOUGH:
        raise Undecodable(f"The file is damaged: only {opened.share:.0%} of it is there.")
    cut = f"The file is damaged: {min(opened.share, 0.99):.0%} of it is there." if opened.share < 1 else ""
    try:
        return _first_good_frame(opened, target), cut
    except (pyvips.Error, ValueError) as broken:
        if opened.load_damaged is None:
            raise
        image = _pixels(opened, opened.load_damaged, target)
        if opened.damage:
            return image, opened.damage
        share = _decoded_share(image)
        if share < _ENOUGH:
            raise Undecodable(f"The file is damaged: only {share:.0%} of the picture can be read.") from broken
        return image, f"The file is damaged: {min(share, 0.99):.0%} of the picture can be read."


def _first_good_frame(opened: Opened, target: Target | None) -> pyvips.Image:
    """The first frame; the middle one where an animation begins with nothing to see."""
    image = _pixels(opened, opened.load, target)
    if opened.load_frame is None or not _is_blank(image):
        return image
    load_frame = opened.load_frame
    return _pixels(opened, lambda shrink: load_frame(opened.frames // 2), target)


def _is_blank(image: pyvips.Image) -> bool:
    """Whether all pixels are alike, or all are transparent."""
    if image.hasalpha() and image.extract_band(image.bands - 1).max() == 0:
        return True
    return bool(image.stats()(0, 0)[0] == image.stats()(1, 0)[0])


def _decoded_share(image: pyvips.Image) -> float:
    """How much of a cut JPEG was there: the decoder leaves rows without data in flat grey."""
    rows = image.numpy().reshape(image.height, -1).astype(np.int16)
    has_data = (np.ptp(rows, axis=1) > 1) | (np.abs(rows.mean(axis=1) - 128) > 2)
    return float(np.flatnonzero(has_data).max(initial=-1) + 1) / float(image.height)


def _pixels(opened: Opened, load: Callable[[int], pyvips.Image], target: Target | None) -> pyvips.Image:
    """The pixels in memory, not yet upright: shrunk, in sRGB."""
    if target is None:
        return to_srgb(load(1), opened.cicp).copy_memory()
    width, height = geometry.upright(*target(*_seen_size(opened)), opened.orientation)
    image = resized(load(_shrink_factor(opened, width, height)), width, height)
    return to_srgb(image, opened.cicp).copy_memory()


def _shrink_factor(opened: Opened, width: int, height: int) -> int:
    """How much the JPEG decoder may shrink on its own.

    Down to just above the target: against shrinking all pixels by Lanczos the result differs by
    48 dB or better, at half the time.
    """
    if not opened.shrinks:
        return 1
    return next((f for f in (8, 4, 2) if opened.width // f >= width and opened.height // f >= height), 1)


def resized(image: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """The image at another size; the colour of transparent pixels does not run into its neighbours."""
    if (image.width, image.height) == (width, height):
        return image
    scale, vscale = width / image.width, height / image.height
    if not image.hasalpha():
        return image.resize(scale, vscale=vscale)
    return image.premultiply().resize(scale, vscale=vscale).unpremultiply().cast(image.format)


def _shines_through(image: pyvips.Image) -> bool:
    return bool(image.extract_band(image.bands - 1).min() < _WHITE)


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
        if _OUT_OF_MEMORY.search(error.detail):
            raise Undecodable(_no_room(file_format)) from error
        raise Undecodable(_sentence(path, file_format, error.detail)) from error
    except _DECODER_ERRORS as error:
        said = str(getattr(error, "strerror", None) or error)
        raise Undecodable(_sentence(path, file_format, said)) from error
    except MemoryError as error:
        raise Undecodable(_no_room(file_format)) from error
    except BaseException as error:
        # Decoders written in Rust panic with a class that no `except Exception` takes and no module exports.
        if type(error).__name__ != "PanicException":
            raise
        is_room = _OUT_OF_MEMORY.search(str(error)) is None
        said = _sentence(path, file_format, "") if is_room else _no_room(file_format)
        raise Undecodable(said) from error


_DECODER_ERRORS = (
    OSError,
    FFmpegError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
)


_OUT_OF_MEMORY = re.compile("out of memory|pointer is null", re.IGNORECASE)


def _no_room(file_format: Format) -> str:
    return f"There is not enough memory to decode this {file_format.title} file (PHOTOPRISM_INDEX_MEMORY)."


def _sentence(path: Path, file_format: Format, detail: str) -> str:
    """What a decoder said last, in one line: without the path, its own name, its numbers and the open file."""
    lines = [_NOISE.sub("", line.replace(str(path), "")).strip(" :.") for line in detail.splitlines()]
    said = next((line for line in reversed(lines) if _WORD.search(line) and not _EMPTY.search(line)), "")[:_LONGEST]
    reason = f" ({said})" if said else ""
    return f"The {file_format.title} file is damaged or incomplete{reason}."


_LONGEST = 120
_NOISE = re.compile(r"^[\s:]*\w+: |<_io\.[^>]*>|\(\d+\.\d+\)|\[Errno -?\d+\] |Error domain \d+ code \d+ on ")
_WORD = re.compile(r"[A-Za-z]{3}")
_EMPTY = re.compile(r"unable to (?:call|open source)|^Unspecified")
