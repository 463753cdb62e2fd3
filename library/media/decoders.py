"""Opens a file with the decoder of its format: the header at once, the pixels when they are wanted."""

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyvips

from library.media import apng
from library.media.bitmaps import open_bmp, open_jp2
from library.media.cicp import SRGB
from library.media.formats import Decoder, Format
from library.media.heif import open_avif, open_heif
from library.media.jxl import open_jxl
from library.media.opened import Opened
from library.media.pdf import open_pdf
from library.media.poster import open_poster
from library.media.psd import open_psd
from library.media.raw import open_raw
from library.media.svg import open_svg

# Workers are processes: threads and caches inside them only cost memory.
pyvips.cache_set_max(0)
pyvips.concurrency_set(1)
# What libvips itself calls untrusted stays off, but for librsvg: see `svg`.
pyvips.block_untrusted_set(state=True)
pyvips.operation_block_set("VipsForeignLoadSvgBuffer", state=False)
# What goes wrong is raised; the log would say it twice, with paths.
logging.getLogger("pyvips").setLevel(logging.ERROR)

Opener = Callable[[Path, BinaryIO, Format], Opened]


def open_with_decoder(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """Reads the header of a file, also open as `stream`, of a format that has a decoder.

    Raises whatever the decoder does; `images` makes sentences of it.
    """
    return _OPENERS[file_format.decoder](path, stream, file_format)


_LOADERS = {
    "jpg": "jpegload",
    "mpo": "jpegload",
    "thm": "jpegload",
    "png": "pngload",
    "gif": "gifload",
    "webp": "webpload",
    "tiff": "tiffload",
}


def open_vips(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """By the loader of the format, never by libvips' own guess: it knows more formats than are wanted."""
    loader = _LOADERS[file_format.name]
    is_jpeg = loader == "jpegload"
    load = partial(_load, loader, path)
    header = load(1)
    frames, duration = _animation(header, stream, file_format)
    return Opened(
        width=header.width,
        height=header.height,
        load=load,
        orientation=_field(header, "orientation", 1),
        frames=frames,
        duration=duration,
        has_alpha=bool(header.hasalpha()),
        shrinks=is_jpeg,
        load_damaged=partial(_load, loader, path, fail_on="none") if is_jpeg else None,
        load_frame=(lambda frame: _load(loader, path, page=frame)) if frames > 1 and loader != "pngload" else None,
        cicp=apng.read_cicp(stream) if loader == "pngload" else SRGB,
    )


def _load(loader: str, path: Path, shrink: int = 1, *, fail_on: str = "truncated", page: int = 0) -> pyvips.Image:
    options: dict[str, Any] = {"shrink": shrink} if shrink > 1 else {}
    if loader == "tiffload" and fail_on == "truncated":
        # A TIFF that is cut counts as an error to libtiff.
        fail_on = "error"
    if page:
        options["page"] = page
    return pyvips.Operation.call(loader, os.fsencode(path), access="sequential", fail_on=fail_on, **options)


def _animation(header: pyvips.Image, stream: BinaryIO, file_format: Format) -> tuple[int, float]:
    """Frames and seconds. Pages of a TIFF are no animation."""
    if file_format.name == "png":
        return apng.read_animation(stream)
    frames = _field(header, "n-pages", 1) if file_format.may_animate else 1
    delays = header.get("delay") if frames > 1 and header.get_typeof("delay") else []
    return frames, sum(delays) / _MILLISECONDS


_MILLISECONDS = 1000


def _field(image: pyvips.Image, name: str, default: int) -> int:
    return int(image.get(name)) if image.get_typeof(name) else default


_OPENERS: dict[Decoder, Opener] = {
    "vips": open_vips,
    "heif": open_heif,
    "avif": open_avif,
    "bmp": open_bmp,
    "jp2": open_jp2,
    "jxl": open_jxl,
    "psd": open_psd,
    "raw": open_raw,
    "svg": open_svg,
    "pdf": open_pdf,
    "video": open_poster,
}
