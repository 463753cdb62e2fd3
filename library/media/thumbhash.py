"""Encodes a ThumbHash: a blurred placeholder of a picture in about 25 bytes."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MAX_EDGE = 100
"""More pixels than this on an edge add nothing to the hash."""

Floats = NDArray[np.float64]


class _Channel(NamedTuple):
    """The mean, the other coefficients scaled to 0..1, and their scale."""

    dc: float
    ac: Floats
    scale: float


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """The ThumbHash of an sRGB array, height x width x 3 or 4 (alpha), edges up to `MAX_EDGE`.

    The format is that of the reference implementation (MIT, by Evan Wallace), so that its decoders
    in the browser read it. An array that is too large raises ValueError.
    """
    height, width = pixels.shape[:2]
    if max(width, height) > MAX_EDGE:
        raise ValueError(f"A thumbhash is made from at most {MAX_EDGE} pixels an edge, not {width} x {height}.")
    rgb, alpha = _blended(pixels)
    has_alpha = bool(alpha.min() < 1.0)
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    longest, limit = max(width, height), 5 if has_alpha else 7
    lx, ly = (max(1, _round(limit * edge / longest)) for edge in (width, height))
    light = _channel((red + green + blue) / 3, max(3, lx), max(3, ly))
    yellow = _channel((red + green) / 2 - blue, 3, 3)
    ruddy = _channel(red - green, 3, 3)
    is_landscape = width > height
    header: int = (
        _round(63 * light.dc)
        | _round(31.5 + 31.5 * yellow.dc) << 6
        | _round(31.5 + 31.5 * ruddy.dc) << 12
        | _round(31 * light.scale) << 18
        | has_alpha << 23
        | (ly if is_landscape else lx) << 24
        | _round(63 * yellow.scale) << 27
        | _round(63 * ruddy.scale) << 33
        | is_landscape << 39
    )
    coefficients = [light.ac, yellow.ac, ruddy.ac]
    tail = b""
    if has_alpha:
        opacity = _channel(alpha, 5, 5)
        coefficients.append(opacity.ac)
        tail = bytes([_round(15 * opacity.dc) | _round(15 * opacity.scale) << 4])
    return header.to_bytes(5, "little") + tail + _packed(np.concatenate(coefficients))


def _blended(pixels: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """Colours from 0 to 1 over the mean colour of what is not transparent, and the alpha."""
    rgb = pixels[..., :3] / 255.0
    if pixels.shape[2] == 3:
        return rgb, np.ones(pixels.shape[:2])
    alpha = pixels[..., 3] / 255.0
    total = alpha.sum()
    mean = (rgb * alpha[..., None]).sum(axis=(0, 1)) / total if total else np.zeros(3)
    return mean * (1 - alpha[..., None]) + rgb * alpha[..., None], alpha


def _channel(values: Floats, nx: int, ny: int) -> _Channel:
    """A cosine transform that keeps the coefficients of the low frequencies, a triangle of nx by ny."""
    height, width = values.shape
    terms = _cosines(ny, height) @ values @ _cosines(nx, width).T / (width * height)
    kept = [terms[y, x] for y in range(ny) for x in range(nx) if x * ny < nx * (ny - y)]
    ac = np.array(kept[1:])
    scale = float(np.abs(ac).max(initial=0.0))
    return _Channel(float(kept[0]), 0.5 + 0.5 / scale * ac if scale else ac, scale)


def _cosines(count: int, length: int) -> Floats:
    waves = np.outer(np.arange(count), np.arange(length) + 0.5)
    return np.cos(math.pi / length * waves)


def _packed(coefficients: Floats) -> bytes:
    """Four bits each, the low half of a byte first."""
    nibbles = np.floor(15 * coefficients + 0.5).astype(np.uint8)
    if len(nibbles) % 2:
        nibbles = np.append(nibbles, np.uint8(0))
    return bytes(nibbles[0::2] | nibbles[1::2] << 4)


def _round(value: float) -> int:
    """Halves upwards, as the reference does; Python rounds them to even."""
    return math.floor(value + 0.5)
