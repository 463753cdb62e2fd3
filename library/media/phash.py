"""Pure: a perceptual hash, 64 bits that stay when a picture is resized, recompressed or made lighter."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 64
_EDGE: Final = 32
_LOW: Final = 16  # coefficients along each edge that the bits are taken from
_PLAIN: Final = 3.0
"""Levels of 255 by which a picture varies at least: the bits of a blank page are noise."""

_SIGN: Final = 1 << 63


def encode(pixels: NDArray[np.uint8]) -> int:
    """The hash of an sRGB array, height x width x 3, as a signed number of 64 bits; 0 for a picture without detail.

    The signs of the 64 lowest frequencies of its lightness, on a square of 32 pixels whatever its shape (C. Zauner's
    pHash, but without the constant part, which says only how light it is).
    """
    light = pixels[..., :3].astype(np.float64) @ np.array([0.299, 0.587, 0.114])
    square = _shares(light.shape[0]) @ light @ _shares(light.shape[1]).T
    if float(square.std()) < _PLAIN:
        return 0
    low = _COSINES @ square @ _COSINES.T
    bits = low[_ROWS, _COLUMNS] > 0
    number = int.from_bytes(np.packbits(bits).tobytes(), "big")
    return number - 2 * _SIGN if number >= _SIGN else number


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes differ.

    >>> distance(5, -1), distance(5, 4)
    (62, 1)
    """
    return ((one ^ other) & (2 * _SIGN - 1)).bit_count()


def _shares(length: int) -> NDArray[np.float64]:
    """How much each of `length` pixels adds to each of 32: by the part of it that lies there."""
    edges = np.linspace(0, length, _EDGE + 1)
    starts, ends = edges[:-1, None], edges[1:, None]
    pixels = np.arange(length)[None, :]
    shares: NDArray[np.float64] = np.clip(np.minimum(ends, pixels + 1) - np.maximum(starts, pixels), 0, None)
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _lowest() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the frequencies in their order, without the constant one; the same for upright and lying."""
    places = sorted((row + column, row, column) for row in range(_LOW) for column in range(_LOW))[1 : BITS + 1]
    return np.array([row for _, row, _ in places]), np.array([column for _, _, column in places])


_COSINES: Final = np.cos(np.pi * np.outer(np.arange(_LOW), np.arange(_EDGE) + 0.5) / _EDGE)
_ROWS, _COLUMNS = _lowest()
