"""Opens HEIC and AVIF: by libheif, by Pillow's libavif, and by libvips what these do not take."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pillow_heif
import pyvips
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

from library.media import isobmff
from library.media.cicp import Cicp, from_nclx
from library.media.formats import Format
from library.media.opened import Opened, image_of
from library.media.poster import open_poster

pillow_heif.options.DECODE_THREADS = 1

_HEADER_SIZE = 1 << 16
_ORIENTATION = 0x0112
_MOST_PIXELS = 70_000_000  # of an AVIF: libavif, Pillow and we each hold them once
_MOST_DEEP_PIXELS = 28_000_000  # of one with more than eight bits


def open_heif(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """libheif turns and mirrors by the container's own boxes; the EXIF orientation must not be applied again."""
    cicp = from_nclx(stream.read(_HEADER_SIZE))
    stream.seek(0)
    film_frames = isobmff.frames(stream)
    stream.seek(0)
    try:
        # The steps of PQ and HLG are too coarse in eight bits.
        heif = pillow_heif.open_heif(stream, convert_hdr_to_8bit=not cicp.is_hdr, bgr_mode=False)
    except ValueError:
        if not film_frames:
            raise
        # Without a still beside it a sequence is a film.
        return open_poster(path, stream, file_format)
    width, height = heif.size
    # Pictures beside each other, as of both eyes, are no frames.
    frames = max(film_frames, len(heif) if file_format.name == "heics" else 1)
    return Opened(
        width=width,
        height=height,
        frames=frames,
        duration=isobmff.duration(stream) if frames > 1 else 0.0,
        has_alpha=heif.has_alpha,
        load=lambda shrink: _decoded(heif),
        cicp=cicp,
        share=isobmff.share_there(stream),
    )


def _decoded(heif: pillow_heif.HeifFile) -> pyvips.Image:
    """Raises MemoryError where libheif calls it damage."""
    try:
        return image_of(np.asarray(heif), heif.info.get("icc_profile"))
    except (ValueError, RuntimeError) as error:
        if "Memory allocation" in str(error):
            raise MemoryError from error
        raise


def open_avif(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """By Pillow's libavif, four times as fast as libheif, where it can."""
    head = stream.read(_HEADER_SIZE)
    cicp = from_nclx(head)
    if b"clap" in head or cicp.is_hdr:
        return _open_by_libvips(path, cicp)
    try:
        picture = PillowImage.open(stream, formats=["AVIF"])
    except UnidentifiedImageError:
        return _open_by_libvips(path, cicp)
    frames = int(getattr(picture, "n_frames", 1))
    return Opened(
        width=picture.width,
        height=picture.height,
        # Pillow tells the turn of an AVIF container as if it were EXIF.
        orientation=int(picture.getexif().get(_ORIENTATION, 1)),
        frames=frames,
        duration=isobmff.duration(stream) if frames > 1 else 0.0,
        has_alpha=picture.has_transparency_data,
        shrinks=True,
        load=_loader(picture),
        cicp=cicp,
        most_pixels=_MOST_PIXELS,
    )


def _loader(picture: PillowImage.Image) -> Callable[[int], pyvips.Image]:
    def load(shrink: int) -> pyvips.Image:
        picture.seek(0)
        # Before they are copied: all of them twice would be too many.
        smaller = picture.reduce(shrink) if shrink > 1 else picture
        return image_of(np.asarray(smaller), picture.info.get("icc_profile"))

    return load


def _open_by_libvips(path: Path, cicp: Cicp) -> Opened:
    """Crops, takes grids with alpha, and gives all bits of HDR."""

    def load(shrink: int) -> pyvips.Image:
        options: dict[str, Any] = {"access": "sequential", "fail_on": "truncated"}
        return pyvips.Operation.call("heifload", os.fsencode(path), **options)

    header = load(1)
    return Opened(
        width=header.width,
        height=header.height,
        load=load,
        has_alpha=bool(header.hasalpha()),
        cicp=cicp,
        most_pixels=_MOST_DEEP_PIXELS,
    )
