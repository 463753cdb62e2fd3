"""Opens RAW files by LibRaw: the camera's own preview where it is large enough, else developed."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

import pyvips

from library.media import geometry
from library.media.formats import Format
from library.media.opened import Opened, Undecodable, image_of

# LibRaw's threads would each reserve a stack: a worker process works alone.
os.environ.setdefault("OMP_NUM_THREADS", "1")  # noqa: TID251 - written, for a library that reads it

import rawpy

GOOD_EDGE: Final = 2560  # pixels of a preview's longer edge that are enough for any screen but the largest
_WHOLE = 0.9  # the share of the sensor's edge from which a preview counts as full size
_FULL_PIXELS = 40_000_000  # above this, full size takes more memory than a worker should; half of it is still 4K
_SAME_SHAPE = 0.03
_EXIF_OF_FLIP = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
_FACTORS = (8, 4, 2, 1)


def open_raw(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """Raises Undecodable for what LibRaw does not know, ValueError for what is broken."""
    raw = _open(stream.read())
    preview = _preview(raw)
    if preview and _is_enough(preview, raw):
        return _from_preview(raw, preview)
    width, height = _upright_size(raw)
    developed = Opened(width=width, height=height, shrinks=True, load=_developer(raw))
    if preview is None:
        return developed
    damage = f"The RAW data is damaged: the camera's preview of {preview.width} x {preview.height} pixels is shown."
    return replace(developed, load_damaged=preview.load_upright, damage=damage)


def _open(content: bytes) -> rawpy.RawPy:
    # From memory: a path would let LibRaw look for other files beside it.
    try:
        return rawpy.imread(io.BytesIO(content))
    except (rawpy.LibRawFileUnsupportedError, rawpy.NotSupportedError) as error:
        raise Undecodable("LibRaw does not know this kind of RAW file, or its header is damaged.") from error
    except rawpy.LibRawError as error:
        raise ValueError(_said(error)) from error


# --- the preview ---


@dataclass(frozen=True, slots=True)
class _Preview:
    """The camera's own JPEG; sizes are those stored, `orientation` turns it upright."""

    jpeg: bytes
    width: int
    height: int
    orientation: int

    def load(self, shrink: int) -> pyvips.Image:
        return pyvips.Image.jpegload_buffer(self.jpeg, shrink=shrink, access="sequential", fail_on="truncated")

    def load_upright(self, shrink: int) -> pyvips.Image:
        image = self.load(1).copy()
        image.set_type(pyvips.GValue.gint_type, "orientation", self.orientation)
        return image.copy_memory().autorot()


def _preview(raw: rawpy.RawPy) -> _Preview | None:
    """The largest embedded JPEG, None if there is none that can be read."""
    try:
        found = raw.extract_thumb()
        if found.format != rawpy.ThumbFormat.JPEG:
            return None
        jpeg = bytes(found.data)
        header = pyvips.Image.jpegload_buffer(jpeg)
    except (rawpy.LibRawError, rawpy.NotSupportedError, pyvips.Error):
        return None
    own = int(header.get("orientation")) if header.get_typeof("orientation") else 1
    return _Preview(jpeg, header.width, header.height, _orientation(raw, header.width, header.height, own))


def _orientation(raw: rawpy.RawPy, width: int, height: int, own: int) -> int:
    """How a preview is turned upright: by its own EXIF, else as the RAW data is, unless it lies right already.

    Some cameras store it as the sensor saw it without saying so, others turned; what must fit is the shape.
    """
    wide, high = _upright_size(raw)
    candidates = (own if own > 1 else 0, _EXIF_OF_FLIP.get(raw.sizes.flip, 1), 1)
    for orientation in filter(None, candidates):
        seen = geometry.upright(width, height, orientation)
        if (seen[0] > seen[1]) == (wide > high):
            return orientation
    return own


def _is_enough(preview: _Preview, raw: rawpy.RawPy) -> bool:
    longest = max(preview.width, preview.height)
    return longest >= min(GOOD_EDGE, _WHOLE * max(_upright_size(raw)))


def _from_preview(raw: rawpy.RawPy, preview: _Preview) -> Opened:
    """In the size of the sensor, where the shape is the same: a person asks for that of the photo."""
    seen = geometry.upright(preview.width, preview.height, preview.orientation)
    whole = _upright_size(raw)
    if abs(seen[0] * whole[1] / (seen[1] * whole[0]) - 1) > _SAME_SHAPE:
        whole = seen
    width, height = geometry.upright(*whole, preview.orientation)
    room = preview.width / width

    def load(shrink: int) -> pyvips.Image:
        return preview.load(next(factor for factor in _FACTORS if factor <= max(1.0, shrink * room)))

    return Opened(width=width, height=height, orientation=preview.orientation, shrinks=True, load=load)


# --- development ---


def _upright_size(raw: rawpy.RawPy) -> tuple[int, int]:
    sizes = raw.sizes
    return geometry.upright(sizes.iwidth, sizes.iheight, _EXIF_OF_FLIP.get(sizes.flip, 1))


def _developer(raw: rawpy.RawPy) -> Callable[[int], pyvips.Image]:
    """Develops upright with the camera's white balance; at half size where that is enough or all there is room for."""
    width, height = _upright_size(raw)

    def load(shrink: int) -> pyvips.Image:
        half = shrink > 1 or width * height > _FULL_PIXELS
        try:
            return image_of(raw.postprocess(use_camera_wb=True, half_size=half, gamma=(2.4, 12.92)))
        except rawpy.LibRawUnsufficientMemoryError as error:
            raise MemoryError from error
        except (rawpy.LibRawError, rawpy.NotSupportedError) as error:
            raise ValueError(_said(error)) from error

    return load


def _said(error: Exception) -> str:
    """LibRaw's words; rawpy hands them on as bytes."""
    said = error.args[0] if error.args else ""
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)
