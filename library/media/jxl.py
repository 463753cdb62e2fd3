"""Opens JPEG XL: the header by itself, as the decoder gives all pixels at once."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyvips
from pillow_jxl import Decoder

from library.media.formats import Format
from library.media.isobmff import boxes
from library.media.opened import Opened, Undecodable, image_of, with_profile

_HEADER_SIZE = 256
_MOST_PIXELS = 100_000_000
_CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "I;16": 1}


def open_jxl(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """The decoder turns the picture by the codestream's own field; the EXIF orientation must not be applied again."""
    header = read_header(codestream(stream))

    def load(shrink: int) -> pyvips.Image:
        stream.seek(0)
        return _decode(stream.read())

    return Opened(
        width=header.width,
        height=header.height,
        has_alpha=header.extra_channels > 0,
        # The header tells that there are several, not how many; the decoder gives the first.
        frames=2 if header.is_animated else 1,
        load=load,
        most_pixels=_MOST_PIXELS,
    )


@dataclass(frozen=True, slots=True)
class JxlHeader:
    """Size as seen upright, how many channels there are besides the colours, and whether it moves."""

    width: int
    height: int
    extra_channels: int
    is_animated: bool = False


def read_header(codestream: bytes) -> JxlHeader:
    """From the first bytes of a codestream (ISO/IEC 18181-1, annex D). Raises EOFError."""
    bits = _Bits(codestream[2:])
    height, width = _size(bits)
    if bits.take(1):
        return JxlHeader(width, height, 0)
    orientation, is_animated = 0, False
    if bits.take(1):
        orientation = bits.take(3)
        is_animated = _has_animation(bits)
    _skip_bit_depth(bits)
    bits.take(1)
    extra = bits.choice((0, 0), (1, 0), (2, 4), (1, 12))
    if orientation >= _FIRST_SWAPPED:
        width, height = height, width
    return JxlHeader(width, height, extra, is_animated)


_FIRST_SWAPPED = 4  # orientations count from 0 here


def _size(bits: "_Bits") -> tuple[int, int]:
    in_eights = bits.take(1)
    height = _side(bits, in_eights)
    ratio = bits.take(3)
    if ratio == 0:
        return height, _side(bits, in_eights)
    across, down = _RATIOS[ratio - 1]
    return height, height * across // down


_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


def _side(bits: "_Bits", in_eights: int) -> int:
    return 8 * (bits.take(5) + 1) if in_eights else bits.choice((1, 9), (1, 13), (1, 18), (1, 30))


def _has_animation(bits: "_Bits") -> bool:
    """Reads on past the intrinsic size, the preview and the animation's ticks and loops."""
    if bits.take(1):
        _size(bits)
    if bits.take(1):
        _skip_preview(bits)
    if not bits.take(1):
        return False
    bits.choice((100, 0), (1000, 0), (1, 10), (1, 30))
    bits.choice((1, 0), (1001, 0), (1, 8), (1, 10))
    bits.choice((0, 0), (0, 3), (0, 16), (0, 32))
    bits.take(1)
    return True


def _skip_preview(bits: "_Bits") -> None:
    in_eights = bits.take(1)
    sides = ((16, 0), (32, 0), (1, 5), (33, 9)) if in_eights else ((1, 6), (65, 8), (321, 10), (1345, 12))
    bits.choice(*sides)
    if bits.take(3) == 0:
        bits.choice(*sides)


def _skip_bit_depth(bits: "_Bits") -> None:
    is_float = bits.take(1)
    bits.choice((32, 0), (16, 0), (24, 0), (1, 6)) if is_float else bits.choice((8, 0), (10, 0), (12, 0), (1, 6))
    bits.take(4 * is_float)


class _Bits:
    """Numbers from a row of bits, lowest first."""

    def __init__(self, content: bytes) -> None:
        self._bits, self._left = int.from_bytes(content, "little"), 8 * len(content)

    def take(self, count: int) -> int:
        if count > self._left:
            raise EOFError("The header is cut.")
        value = self._bits & ((1 << count) - 1)
        self._bits >>= count
        self._left -= count
        return value

    def choice(self, *options: tuple[int, int]) -> int:
        """One of four: a base, and the width of what is added to it."""
        base, width = options[self.take(2)]
        return base + self.take(width)


def codestream(stream: BinaryIO) -> bytes:
    """Its first bytes, bare or out of the first box that holds it."""
    head = stream.read(_HEADER_SIZE)
    if head[:2] == b"\xff\n":
        return head
    for box in boxes(stream):
        if box.name in {b"jxlc", b"jxlp"}:
            stream.seek(box.body + (4 if box.name == b"jxlp" else 0))
            return stream.read(_HEADER_SIZE)
    raise EOFError("It has no codestream.")


def _decode(content: bytes) -> pyvips.Image:
    try:
        is_jpeg, info, pixels, profile, _ = Decoder(num_threads=1)(content)
    except RuntimeError as error:
        # libjxl tells no reason; the binding's words are for programmers.
        raise ValueError from error
    if is_jpeg:
        # Repacked from a JPEG: the decoder gives the JPEG back.
        return pyvips.Image.jpegload_buffer(pixels)
    channels = _CHANNELS.get(info.mode)
    if channels is None:
        raise Undecodable(f"JPEG XL pictures of the kind {info.mode} are not supported.")
    depth = np.uint16 if info.mode == "I;16" else np.uint8
    return with_profile(image_of(np.frombuffer(pixels, depth).reshape(info.height, info.width, channels)), profile)
