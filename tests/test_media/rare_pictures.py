"""Small real files of formats that no package here writes: DNG and Photoshop."""

import io
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Entries = list[tuple[int, int, Any]]
_XYZ_TO_SRGB = (3.2405, -1.5371, -0.4985, -0.9693, 1.8760, 0.0416, 0.0556, -0.2040, 1.0572)
_KINDS = {1: "B", 2: "s", 3: "H", 4: "I", 5: "rational", 10: "srational"}


def save_dng(path: Path, pixels: Pixels, *, orientation: int = 1, preview: Pixels | None = None) -> Path:
    """A DNG whose sensor sees `pixels` through a Bayer filter; turned by `orientation`; with a JPEG of `preview`."""
    height, width = pixels.shape[:2]
    sensor = _mosaic(pixels).tobytes()
    color = (
        (33421, 3, (2, 2)),
        (33422, 1, (0, 1, 1, 2)),
        (50717, 4, (65535,)),
    )
    raw = [*_plane(width, height, 16, 1, 32803, sensor), *color]
    camera = [
        (271, 2, b"Maker\0"),
        (272, 2, b"Model\0"),
        (274, 3, (orientation,)),
        (50706, 1, (1, 4, 0, 0)),
        (50708, 2, b"Maker Model\0"),
        (50721, 10, _XYZ_TO_SRGB),
        (50728, 5, (1.0, 1.0, 1.0)),
        (50778, 3, (21,)),
    ]
    if preview is None:
        path.write_bytes(_tiff([*raw, *camera, (254, 4, (0,))], sensor))
        return path
    jpeg = _jpeg(preview)
    head = [*_plane(preview.shape[1], preview.shape[0], 8, 7, 6, jpeg, samples=3), *camera, (254, 4, (1,))]
    path.write_bytes(_tiff(head, jpeg, [*raw, (254, 4, (0,))], sensor))
    return path


def save_psd(
    path: Path,
    planes: Sequence[NDArray[np.generic]],
    mode: int,
    *,
    packed: bool = False,
    transparent: bool = False,
    merged: bool = True,
) -> Path:
    """A Photoshop document of `planes` (8 or 16 bits, inverted where they are ink) in a colour mode by its number."""
    height, width = planes[0].shape
    depth = planes[0].dtype.itemsize * 8
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, len(planes), height, width, depth, mode)
    resource = b"8BIM" + struct.pack(">HHI", 1057, 0, 6) + struct.pack(">IBB", 1, merged, 0)
    layers = struct.pack(">Ih", 2, -1) if transparent else b""
    sections = b"".join(struct.pack(">I", len(part)) + part for part in (b"", resource, layers))
    rows = [plane.astype(plane.dtype.newbyteorder(">")).tobytes() for plane in planes]
    if packed:
        packs = [_packed(data, len(data) // height) for data in rows]
        lengths = b"".join(struct.pack(">H", len(line)) for plane in packs for line in plane)
        content = b"\0\1" + lengths + b"".join(line for plane in packs for line in plane)
    else:
        content = b"\0\0" + b"".join(rows)
    path.write_bytes(head + sections + content)
    return path


def _mosaic(pixels: Pixels) -> NDArray[np.uint16]:
    """Red, green / green, blue, in linear light."""
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    sensor = linear[..., 1].copy()
    sensor[::2, ::2] = linear[::2, ::2, 0]
    sensor[1::2, 1::2] = linear[1::2, 1::2, 2]
    return np.asarray(np.rint(sensor * 65535), "<u2")


def _plane(  # noqa: PLR0917 - the tags in their order
    width: int, height: int, bits: int, packing: int, kind: int, data: bytes, samples: int = 1
) -> Entries:
    return [
        (256, 4, (width,)), (257, 4, (height,)), (258, 3, (bits,) * samples), (259, 3, (packing,)), (262, 3, (kind,)),
        (273, 4, (0,)), (277, 3, (samples,)), (278, 4, (height,)), (279, 4, (len(data),)),
    ]  # fmt: skip


def _tiff(first: Entries, data: bytes, second: Entries | None = None, more: bytes = b"") -> bytes:
    """Two directories at most, the second below the first; their pixels lie behind them."""
    if second is None:
        start = len(_directory(first, 8))
        return b"II*\0\x08\0\0\0" + _directory(_placed(first, 8 + start), 8) + data
    first = [*first, (330, 4, (0,))]
    below = 8 + len(_directory(first, 8))
    pixels = below + len(_directory(second, below))
    first = [(330, 4, (below,)) if entry[0] == 330 else entry for entry in _placed(first, pixels)]
    directories = _directory(first, 8) + _directory(_placed(second, pixels + len(data)), below)
    return b"II*\0\x08\0\0\0" + directories + data + more


def _placed(entries: Entries, at: int) -> Entries:
    return [(273, 4, (at,)) if entry[0] == 273 else entry for entry in entries]


def _directory(entries: Entries, at: int) -> bytes:
    """A directory at this place of the file, followed by the values that do not fit into it."""
    lines, values = b"", b""
    values_at = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries):
        packed = _values(kind, value)
        where = packed.ljust(4, b"\0")
        if len(packed) > 4:
            where = struct.pack("<I", values_at + len(values))
            values += packed + b"\0" * (len(packed) % 2)
        lines += struct.pack("<HHI", tag, kind, len(value)) + where
    return struct.pack("<H", len(entries)) + lines + b"\0\0\0\0" + values


def _values(kind: int, value: Sequence[float] | bytes) -> bytes:
    if isinstance(value, bytes):
        return value
    if kind in {5, 10}:
        return b"".join(struct.pack("<ii", round(number * 10_000), 10_000) for number in value)
    return struct.pack(f"<{len(value)}{_KINDS[kind]}", *value)


def _packed(data: bytes, row: int) -> list[bytes]:
    """Each row by PackBits, as runs of literal bytes."""
    lines = [data[at : at + row] for at in range(0, len(data), row)]
    return [
        b"".join(bytes([len(part) - 1]) + part for part in (line[at : at + 128] for at in range(0, row, 128)))
        for line in lines
    ]


def _jpeg(pixels: Pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()
