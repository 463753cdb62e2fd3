"""Tone mapping: brings pictures in PQ or HLG to the brightness of ordinary screens."""

from functools import cache
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from library.media.cicp import BT2020, DISPLAY_P3, PQ, Cicp

_WHITE = 203.0  # cd/m2 of what an ordinary picture calls white (ITU-R BT.2408)
_PEAK = 1000.0  # cd/m2 of the brightest light that is told apart from white
_RGB = 3

# From linear RGB of these primaries to that of sRGB.
_BT2020_TO_SRGB = [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
_P3_TO_SRGB = [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]]


def tone_map(image: pyvips.Image, cicp: Cicp) -> pyvips.Image:
    """8-bit sRGB of an image of 8 or 16 bits that is coded in PQ or HLG; an alpha channel is kept.

    The curve of ITU-R BT.2390 (5.4) leaves shadows and middle tones as they are and rolls highlights off.
    It is applied to the largest channel, and the others follow in proportion: hues stay.
    """
    size = 65536 if image.format == "ushort" else 256
    color, alpha = _apart(image)
    if color.bands < _RGB:
        color = color.extract_band(0).bandjoin([color.extract_band(0)] * 2)
    light, gain = (_table(values) for values in _curves(cicp.transfer, size))
    linear = color.maplut(light) * _largest(color).maplut(gain)
    mapped = _to_srgb(linear, cicp)
    return mapped if alpha is None else mapped.bandjoin((alpha * (255 / (size - 1))).rint().cast("uchar"))


def from_wide(image: pyvips.Image, cicp: Cicp) -> pyvips.Image:
    """8-bit sRGB of an 8-bit image of ordinary brightness in the primaries of `cicp`; an alpha channel is kept."""
    color, alpha = _apart(image)
    mapped = _to_srgb(color.colourspace("scrgb"), cicp)
    return mapped if alpha is None else mapped.bandjoin(alpha)


def _to_srgb(linear: pyvips.Image, cicp: Cicp) -> pyvips.Image:
    matrix = _BT2020_TO_SRGB if cicp.primaries == BT2020 else _P3_TO_SRGB if cicp.primaries in DISPLAY_P3 else None
    if matrix:
        linear = linear.recomb(matrix)
    return linear.cast("float").copy(interpretation="scrgb").colourspace("srgb")


def _apart(image: pyvips.Image) -> tuple[pyvips.Image, pyvips.Image | None]:
    if not image.hasalpha():
        return image, None
    return image.extract_band(0, n=image.bands - 1), image.extract_band(image.bands - 1)


def _largest(color: pyvips.Image) -> pyvips.Image:
    first, *others = color.bandsplit()
    return first.bandrank(others, index=color.bands - 1)


@cache
def _curves(transfer: int, size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Two tables over all `size` values of a channel: linear light, and what the largest channel multiplies it by."""
    signal = np.arange(size) / (size - 1)
    light = _pq_light(signal) if transfer == PQ else _hlg_light(signal)
    # HLG is light of the scene: the screen raises it by a power that depends on its peak (BT.2100, table 5).
    shown = light if transfer == PQ else _PEAK * light**1.2
    mapped = _roll_off(shown)
    gain = np.divide(mapped, light, out=np.zeros(size), where=light > 0)
    return light.astype(np.float32), gain.astype(np.float32)


def _roll_off(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """BT.2390's curve in the PQ domain from `_PEAK` to `_WHITE`; the result is 1.0 at white."""
    top = float(_pq_signal(np.array(_PEAK)))
    signal = np.minimum(_pq_signal(light) / top, 1.0)
    white = float(_pq_signal(np.array(_WHITE))) / top
    knee = 1.5 * white - 0.5
    t = np.maximum((signal - knee) / (1 - knee), 0.0)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (3 * t**2 - 2 * t**3) * white
    return _pq_light(np.where(signal < knee, signal, spline) * top) / _WHITE


# The constants of SMPTE ST 2084.
_M1, _M2, _C1, _C2, _C3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875


def _pq_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """cd/m2 of a PQ signal between 0 and 1."""
    power = np.asarray(signal, float) ** (1 / _M2)
    return np.asarray(10_000.0 * (np.maximum(power - _C1, 0) / (_C2 - _C3 * power)) ** (1 / _M1))


def _pq_signal(light: NDArray[np.float64]) -> NDArray[np.float64]:
    power = (np.asarray(light, float) / 10_000.0) ** _M1
    return np.asarray(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)


def _hlg_light(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light of the scene between 0 and 1 (ITU-R BT.2100, table 5)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)


def _table(values: NDArray[Any]) -> pyvips.Image:
    return pyvips.Image.new_from_memory(np.ascontiguousarray(values).data, len(values), 1, 1, "float")
