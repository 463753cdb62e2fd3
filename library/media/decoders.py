"""Opens a file with the decoder of its format: the header at once, the pixels when they are wanted."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pillow_heif
import pyvips
from numpy.typing import NDArray
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from library.media.formats import Decoder, Format

# Workers are processes: threads and caches inside them only cost memory.
pyvips.cache_set_max(0)
pyvips.concurrency_set(1)
pyvips.block_untrusted_set(state=True)
pillow_heif.options.DECODE_THREADS = 1
# What goes wrong is raised; the log would say it twice, with paths.
logging.getLogger("pyvips").setLevel(logging.ERROR)
# `images` refuses too many pixels after the header is read, for every decoder alike.
PillowImage.MAX_IMAGE_PIXELS = None

_RGB = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose header was read; sizes and orientation are those stored, not those seen.

    `load(shrink)` gives the pixels. A decoder that can shrink (`shrinks`) takes 2, 4 or 8, others
    only 1. `load_damaged` does the same and fills with grey what is missing; None if it cannot.
    `profile` names libvips' profile of the pixels where the container announces one. `share` is
    how much of the file is there, for a decoder that does not complain of what is missing.
    """

    width: int
    height: int
    load: Callable[[int], pyvips.Image]
    orientation: int = 1
    frames: int = 1
    has_alpha: bool = False
    shrinks: bool = False
    load_damaged: Callable[[int], pyvips.Image] | None = None
    profile: str = ""
    share: float = 1.0


def open_with_decoder(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """Reads the header of a file, also open as `stream`, of a format that has a decoder.

    Raises whatever the decoder does; `images` makes sentences of it.
    """
    openers: dict[Decoder, Callable[[Path, BinaryIO, Format], Opened]] = {
        "vips": _open_vips,
        "heif": _open_heif,
        "pillow": _open_pillow,
    }
    return openers[file_format.decoder](path, stream, file_format)


# --- libvips ---

_LOADERS = {
    "jpg": "jpegload",
    "mpo": "jpegload",
    "png": "pngload",
    "gif": "gifload",
    "webp": "webpload",
    "tiff": "tiffload",
}


def _open_vips(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """By the loader of the format, never by libvips' own guess: it knows more formats than are wanted."""
    loader = _LOADERS[file_format.name]
    is_jpeg = loader == "jpegload"
    load = partial(_load, loader, path)
    header = load(1)
    return Opened(
        width=header.width,
        height=header.height,
        load=load,
        orientation=_field(header, "orientation", 1),
        frames=_count_frames(header, stream, file_format),
        has_alpha=header.hasalpha(),
        shrinks=is_jpeg,
        load_damaged=partial(_load, loader, path, fail_on="none") if is_jpeg else None,
    )


def _load(loader: str, path: Path, shrink: int = 1, *, fail_on: str = "truncated") -> pyvips.Image:
    options: dict[str, Any] = {"shrink": shrink} if shrink > 1 else {}
    return pyvips.Operation.call(loader, os.fsencode(path), access="sequential", fail_on=fail_on, **options)


def _count_frames(header: pyvips.Image, stream: BinaryIO, file_format: Format) -> int:
    if file_format.name == "png":
        return _count_apng_frames(stream)
    # Pages of a TIFF are not an animation.
    return _field(header, "n-pages", 1) if file_format.may_animate else 1


def _count_apng_frames(stream: BinaryIO) -> int:
    """The frames that the acTL chunk announces; it has to come before the first pixels."""
    stream.seek(8)
    for _ in range(_MAX_CHUNKS):
        head = stream.read(8)
        if len(head) < 8 or head[4:] in {b"IDAT", b"IEND"}:
            return 1
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"acTL":
            return max(1, int.from_bytes(stream.read(4), "big"))
        stream.seek(length + 4, os.SEEK_CUR)
    return 1


_MAX_CHUNKS = 256


def _field(image: pyvips.Image, name: str, default: int) -> int:
    return int(image.get(name)) if image.get_typeof(name) else default


# --- libheif ---


def _open_heif(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """libheif turns and mirrors by the container's own boxes; the EXIF orientation must not be applied again."""
    heif = pillow_heif.open_heif(stream, convert_hdr_to_8bit=True, bgr_mode=False)
    width, height = heif.size
    nclx = heif.info.get("nclx_profile") or {}
    return Opened(
        width=width,
        height=height,
        frames=len(heif) if file_format.name == "heics" else 1,
        has_alpha=heif.has_alpha,
        load=lambda shrink: _from_array(np.asarray(heif), heif.info.get("icc_profile")),
        profile=_PRIMARIES.get(nclx.get("color_primaries", 0), ""),
        share=share_of_boxes(stream),
    )


def share_of_boxes(stream: BinaryIO) -> float:
    """How much of the file its boxes announce is there: libheif paints lost tiles of a cut picture green.

    ISO/IEC 14496-12, 4.2: a box begins with its length in four bytes and its name; a length of 1 stands for one in
    eight bytes, 0 for the rest of the file.
    """
    there = stream.seek(0, os.SEEK_END)
    start = 0
    for _ in range(_MAX_BOXES):
        stream.seek(start)
        head = stream.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        start += length
        # What some phones append after the picture is not in boxes.
        if head[4:8] == b"mdat" and start > there:
            return there / start
        if length < _SHORTEST_BOX or start >= there:
            break
    return 1.0


_MAX_BOXES = 64
_SHORTEST_BOX = 8


_PRIMARIES = {11: "p3", 12: "p3"}
"""Colour primaries of ISO/IEC 23091-2 that are not sRGB, as libvips' built-in profiles."""


def _from_array(pixels: NDArray[Any], profile: bytes | None) -> pyvips.Image:
    """A libvips image over the memory of an array of 8 or 16 bits, one to four channels."""
    height, width = pixels.shape[:2]
    bands = 1 if pixels.ndim == 2 else pixels.shape[2]
    wide = pixels.dtype == np.uint16
    image = pyvips.Image.new_from_memory(
        np.ascontiguousarray(pixels).data, width, height, bands, "ushort" if wide else "uchar"
    )
    grey, rgb = ("grey16", "rgb16") if wide else ("b-w", "srgb")
    image = image.copy(interpretation=grey if bands < _RGB else rgb)
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


# --- Pillow ---


def _open_pillow(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    name = "AVIF" if file_format.name in {"avif", "avifs"} else file_format.title
    head = stream.read(_HEADER_SIZE)
    if name == "AVIF" and b"clap" in head:
        return _open_avif_by_libheif(path)
    try:
        picture = PillowImage.open(stream, formats=[name])
    except UnidentifiedImageError:
        if name != "AVIF":
            raise
        return _open_avif_by_libheif(path)

    def load(shrink: int) -> pyvips.Image:
        picture.seek(0)
        plain = picture if picture.mode in _PLAIN_MODES else picture.convert(_plain_mode(picture))
        return _from_array(np.asarray(plain), picture.info.get("icc_profile"))

    return Opened(
        width=picture.width,
        height=picture.height,
        # Pillow tells the turn of an AVIF container as if it were EXIF.
        orientation=int(picture.getexif().get(_ORIENTATION, 1)),
        frames=int(getattr(picture, "n_frames", 1)),
        has_alpha=picture.has_transparency_data,
        load=load,
        profile=_PRIMARIES.get(_nclx_primaries(head), "") if name == "AVIF" else "",
    )


_ORIENTATION = 0x0112


_PLAIN_MODES = {"L", "RGB", "RGBA"}


def _plain_mode(picture: PillowImage.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"


def _open_avif_by_libheif(path: Path) -> Opened:
    """For what Pillow's libavif, four times as fast, refuses (some grids with alpha) or does not crop."""

    load = partial(_load, "heifload", path)
    header = load(1)
    return Opened(width=header.width, height=header.height, load=load, has_alpha=header.hasalpha())


def _nclx_primaries(head: bytes) -> int:
    """The colour primaries in the container's header, 0 if there are none."""
    at = head.find(b"colrnclx")
    return int.from_bytes(head[at + 8 : at + 10], "big") if at >= 0 else 0


_HEADER_SIZE = 1 << 16
