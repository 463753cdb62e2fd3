"""Opens Photoshop documents (PSD, PSB): the merged picture that they carry, plane by plane."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image as PillowImage

from library.media.formats import Format
from library.media.opened import Opened, Undecodable, image_of, with_profile

_BITMAP, _GREY, _INDEXED, _RGB, _CMYK, _DUOTONE, _LAB = 0, 1, 2, 3, 4, 8, 9
_COLORS = {_GREY: 1, _INDEXED: 1, _RGB: 3, _CMYK: 4, _DUOTONE: 1, _LAB: 3}
_ICC, _MERGED, _PREVIEW = 1039, 1057, 1036
_PREVIEW_HEAD = 28  # bytes before its JPEG
_RAW, _PACKED = 0, 1


@dataclass(frozen=True, slots=True)
class _Head:
    """What comes before the picture; `planes` are its colours and the transparency, if it has some."""

    big: bool
    width: int
    height: int
    depth: int
    mode: int
    channels: int
    palette: bytes
    profile: bytes
    is_merged: bool
    preview: bytes
    has_alpha: bool

    @property
    def planes(self) -> int:
        return _COLORS[self.mode] + self.has_alpha


def open_psd(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """By Adobe's description of the format. Raises Undecodable for kinds of pixels that are not supported."""
    head = _read_head(stream)
    if head.mode not in _COLORS or head.depth not in {8, 16}:
        raise Undecodable(f"Photoshop documents of mode {head.mode} with {head.depth} bits are not supported.")
    if not head.is_merged:
        return _from_preview(head)
    start = stream.tell()

    def load(shrink: int) -> pyvips.Image:
        stream.seek(start)
        # By map, which forgets a plane before it asks for the next.
        return _joined(list(map(partial(_shrunk, shrink=shrink), _planes(stream, head))), head)

    return Opened(width=head.width, height=head.height, has_alpha=head.has_alpha, load=load, shrinks=True)


def _from_preview(head: _Head) -> Opened:
    """The small JPEG for file browsers, where only the layers hold the picture itself."""
    said = "The Photoshop document was saved without a merged picture (Maximise Compatibility)"
    if not head.preview:
        raise Undecodable(f"{said}.")

    def load(shrink: int) -> pyvips.Image:
        raise ValueError(said)

    def load_preview(shrink: int) -> pyvips.Image:
        return pyvips.Image.jpegload_buffer(head.preview)

    damage = f"{said}: its small preview is shown."
    return Opened(width=head.width, height=head.height, load=load, load_damaged=load_preview, damage=damage)


def _read_head(stream: BinaryIO) -> _Head:
    _, version, channels, height, width, depth, mode = struct.unpack(">4sH6xHIIHH", _exactly(stream, 26))
    big = version == 2
    palette = _exactly(stream, _number(stream, 4))
    resources = _resources(_exactly(stream, _number(stream, 4)))
    layers = _number(stream, 8 if big else 4)
    after = stream.tell() + layers
    # A negative number of layers says that the first channel after the colours is the transparency.
    is_transparent = layers > 0 and _layer_count(stream, big=big) < 0
    stream.seek(after)
    has_alpha = is_transparent and channels > _COLORS.get(mode, channels)
    is_merged = resources.get(_MERGED, b"\0\0\0\0\1")[4:5] != b"\0"
    return _Head(
        big=big,
        width=width,
        height=height,
        depth=depth,
        mode=mode,
        channels=channels,
        palette=palette,
        profile=resources.get(_ICC, b""),
        is_merged=is_merged,
        preview=resources.get(_PREVIEW, b"")[_PREVIEW_HEAD:],
        has_alpha=has_alpha,
    )


def _layer_count(stream: BinaryIO, *, big: bool) -> int:
    length = _number(stream, 8 if big else 4)
    return int.from_bytes(_exactly(stream, 2), "big", signed=True) if length else 0


def _resources(block: bytes) -> dict[int, bytes]:
    """The image resources by their numbers."""
    found, at = dict[int, bytes](), 0
    while block[at : at + 4] == b"8BIM":
        kind, name_length = struct.unpack_from(">HB", block, at + 4)
        at += 6 + (name_length + 2) // 2 * 2
        length = int.from_bytes(block[at : at + 4], "big")
        found[kind] = block[at + 4 : at + 4 + length]
        at += 4 + (length + 1) // 2 * 2
    return found


def _planes(stream: BinaryIO, head: _Head) -> Iterator[NDArray[Any]]:
    """The channels one after the other, so that only one is in memory in full size."""
    compression = _number(stream, 2)
    row = head.width * head.depth // 8
    if compression not in {_RAW, _PACKED}:
        raise Undecodable(f"Photoshop documents with compression {compression} are not supported.")
    lengths = _packed_lengths(stream, head) if compression == _PACKED else [row * head.height] * head.channels
    for length in lengths[: head.planes]:
        yield _plane(stream, length, head, is_packed=compression == _PACKED)


def _plane(stream: BinaryIO, length: int, head: _Head, *, is_packed: bool) -> NDArray[Any]:
    if is_packed:
        size = head.width * head.depth // 8, head.height
        content = PillowImage.frombytes("L", size, _exactly(stream, length), "packbits", "L").tobytes()
    else:
        content = _exactly(stream, length)
    kind = np.dtype(">u2") if head.depth == 16 else np.dtype("u1")
    return np.frombuffer(content, kind).reshape(head.height, head.width).astype(kind.newbyteorder("="), copy=False)


def _packed_lengths(stream: BinaryIO, head: _Head) -> list[int]:
    """How many bytes each channel takes: the file says it row by row."""
    kind = np.dtype(">u4") if head.big else np.dtype(">u2")
    counts = np.frombuffer(_exactly(stream, head.channels * head.height * kind.itemsize), kind)
    return [int(total) for total in counts.reshape(head.channels, head.height).sum(axis=1, dtype=np.int64)]


def _shrunk(plane: NDArray[Any], shrink: int) -> pyvips.Image:
    image = image_of(plane)
    return image.shrink(shrink, shrink).copy_memory() if shrink > 1 else image


def _joined(planes: list[pyvips.Image], head: _Head) -> pyvips.Image:
    alpha = planes[-1:] if head.has_alpha else []
    colors = planes[: _COLORS[head.mode]]
    image = colors[0].bandjoin(colors[1:]) if len(colors) > 1 else colors[0]
    image = with_profile(_meant(image, head), head.profile)
    return image.bandjoin(alpha) if alpha else image


def _meant(image: pyvips.Image, head: _Head) -> pyvips.Image:
    """The planes as colours: ink is stored inverted, Lab with shifted zeros, indexed pixels as numbers."""
    wide = head.depth == 16
    if head.mode == _CMYK:
        return image.invert().copy(interpretation="cmyk")
    if head.mode == _INDEXED:
        return image.maplut(image_of(np.frombuffer(head.palette, np.uint8).reshape(3, 1, -1).transpose(1, 2, 0)))
    if head.mode == _LAB:
        scale = 257.0 if wide else 1.0
        lab = (image / scale) * [100 / 255, 1, 1] - [0, 128, 128]
        return lab.cast("float").copy(interpretation="lab").colourspace("rgb16" if wide else "srgb")
    if head.mode == _RGB:
        return image.copy(interpretation="rgb16" if wide else "srgb")
    return image


def _number(stream: BinaryIO, length: int) -> int:
    return int.from_bytes(_exactly(stream, length), "big")


def _exactly(stream: BinaryIO, length: int) -> bytes:
    # Asked first: room for what a header claims would be taken before the first byte is read.
    if length > os.fstat(stream.fileno()).st_size - stream.tell():
        raise EOFError("It ends too early.")
    return stream.read(length)
