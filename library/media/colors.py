"""Pure: named colours, lightness and colourfulness of a picture, from its 3 x 3 pixel version."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NAMES = (
    *("black", "grey", "brown", "gold", "white", "purple", "blue", "cyan"),
    *("teal", "green", "lime", "yellow", "magenta", "orange", "red", "pink"),
)
"""The colours in the order of their hex digit: black 0 ... pink F."""

_WEIGHTS = {
    **dict.fromkeys(("grey",), 1),
    **dict.fromkeys(("black", "brown", "white"), 2),
    **dict.fromkeys(("blue", "green"), 3),
    **dict.fromkeys(("purple", "gold", "cyan", "teal", "orange", "red", "pink"), 4),
    **dict.fromkeys(("lime", "yellow", "magenta"), 5),
}

# Points of each class in sRGB, spread so that the borders between classes fall where people put them.
_SAMPLES = {
    "black": "000000 0a0a0a 141414 1c1c1c 242424 0d1014 14100d 101408 180c0c 0a0c1a 1a1426 1b2319 261a16",
    "grey": "363636 484848 5c5c5c 707070 858585 9a9a9a aeaeae c0c0c0 cfcfcf 5a6268 78838b 97a1a8 b3bbc0 "
    "6b6762 8c8780 aca79f c8c4bd 3a4046 404a3f 727b6e 5a5261 8a8294 4c4643",
    "brown": "3a2418 4a2f1f 5d3b26 6f4730 82553a 94654a a5795d b68d72 8a5a2b 6b4423 4e3629 7a6048 9a7f63 "
    "b39b80 d2b48c e0c4a0 59452f 8b6f47 c4a484 a0522d 5c4033 3e2c23 704214 7b5e57 a1887f",
    "gold": "b8860b c59b27 d4a72c d4af37 c9a227 b5952f cfb53b daa520 bf9b30 a67c00 e0b84a c8a951 a8893a dbb968 947a1e",
    "white": "ffffff fafafa f5f5f5 f0f0f0 e9e9e9 e0e2e4 f7f3ec fdf8ee eef4fa f3f9f2 faf0f2 ede8e0 e4ecef dcdcdc",
    "purple": "2e1248 3f1a63 4b2380 5b2d91 6a1b9a 7b3fb0 8e44ad 9b59b6 a678c8 b794d6 7e57c2 5e35b1 4a148c 673ab7 "
    "c9b3e3 8a6fb0 6c5593 512b58 9575cd 3a2a5c 9c27b0 800080 6a006a 6a0dad 9400d3 a020f0",
    "blue": "0b1d51 10296b 163a8f 1a4fba 1e63d6 2979ff 2196f3 42a5f5 64a6ee 90caf9 0d47a1 1565c0 3f51b5 5c6bc0 "
    "7986cb 283593 4a6fa5 6b8fc4 87add8 a9c8ec 87ceeb 7ec0ee 9bc4e2 34568b 26415f 5b7fa6 b8d2f0 1c3350 4682b4 6ba4d0 "
    "0000ff 0000cc 000099 00006b 1a0dab 120a8f 2a2aff 3333cc 4d4dff 4040b0 20207a 0a1f99 6666ff",
    "cyan": "00e5ff 18ffff 4dd0e1 80deea b2ebf2 26c6da 00bcd4 84ffff 5ce1e6 00acc1 99e8f0 40e0ff c4f3f7 7fdbff",
    "teal": "004d40 00695c 00796b 00897b 009688 26a69a 4db6ac 80cbc4 006064 00838f 0f4c4c 2a7d7b 4f9a94 6fb3ab "
    "1d3f40 5f9ea0 3b6f70 a0d0ca",
    "green": "0b2e13 14401d 1b5e20 2e7d32 388e3c 43a047 4caf50 66bb6a 81c784 a5d6a7 2f4f2f 3b6b35 4f7f3f 6b9a56 "
    "556b2f 33691e 558b2f 689f38 78944c 8fae74 4a5d23 6b7b3a 2d4a22 00c853 7fae6a a9c28f 3e5641",
    "lime": "aeea00 c6ff00 b2ff59 9ccc65 8bc34a cddc39 76ff03 a4de02 d4e157 bfff00 aed581 c5e65a 9acd32 b5d333 64dd17",
    "yellow": "ffeb3b ffff00 fff176 fff59d ffd600 ffea00 fdd835 f9e547 ffe135 fff9c4 ffee58 e6d94c f2e34d fbe870",
    "magenta": "ff00ff e91ee9 d500f9 e040fb c2189b d81b9a ff40d0 c71585 ad1457 b5179e f50057 d6249f 9d0a7a ea80fc "
    "cc2f8f 880e4f e0218a",
    "orange": "ff6d00 ff8f00 ff9800 ffa726 fb8c00 f57c00 ef6c00 ff7043 fbc02d ff8a65 ffab40 e67e22 f39c3c d9742b "
    "ff5722 e64a19 ffb380 cc6a1f f4a460",
    "red": "4a0a0a 6b0f0f 8b0000 b71c1c c62828 d32f2f e53935 ef5350 f44336 ff1744 ff0000 a52a2a 9b2226 c0392b "
    "dc3c3c 7f1d1d d50000 e57373 b03a3a 962d2d",
    "pink": "ff4081 ff80ab f06292 f48fb1 f8bbd0 ec407a fce4ec ffb6c1 ff99bb e79ab0 d98aa3 ffc0cb fa8fb0 e8a0bf "
    "d87093 f4c2c2 eda6b4 ff6f91",
}


@dataclass(frozen=True, slots=True)
class Colors:
    """What search and sorting know about the colours of a picture.

    `colors` and `luminance` are nine hex digits in reading order, `chroma` is 0 (grey) to 100, `diff`
    the ten-bit difference hash of the luminance: for sorting, too coarse to find duplicates.
    """

    main_color: str
    colors: str
    luminance: str
    chroma: int
    diff: int


def measure(pixels: bytes) -> Colors:
    """The colours of a picture from its 3 x 3 version: 27 bytes, sRGB, row by row."""
    lab = to_lab(np.frombuffer(pixels, dtype=np.uint8).reshape(9, 3))
    nearest = _nearest(lab)
    light = np.clip(np.rint(lab[:, 0] * 0.15), 0, 15).astype(int).tolist()
    chroma = float(np.hypot(lab[:, 1], lab[:, 2]).mean())
    return Colors(
        main_color=main_color(nearest),
        colors=hex_digits(nearest),
        luminance=hex_digits(light),
        chroma=min(max(round(chroma), 0), 100),
        diff=difference(light),
    )


def main_color(digits: list[int]) -> str:
    """The colour that counts most; rare and vivid colours weigh more, the first of equals wins."""
    counts: dict[str, int] = {}
    for digit in digits:
        counts[NAMES[digit]] = counts.get(NAMES[digit], 0) + _WEIGHTS[NAMES[digit]]
    return max(counts, key=counts.__getitem__)


def name_of(red: int, green: int, blue: int) -> str:
    """The named colour nearest to an sRGB value.

    >>> name_of(106, 27, 154)
    'purple'
    """
    return NAMES[_nearest(to_lab(np.array([[red, green, blue]], dtype=np.uint8)))[0]]


def hex_digits(values: list[int]) -> str:
    """One hex digit per value; what does not fit into one is 0 below and F above."""
    return "".join(f"{min(max(value, 0), 15):X}" for value in values)


# Which of two pixels is at least as light as the other, in reading order, highest bit first.
_COMPARED = ((4, 3), (0, 3), (1, 2), (3, 1), (4, 5), (0, 6), (6, 7), (7, 4), (8, 7))


def difference(light: list[int]) -> int:
    """A leading one and nine comparisons of nine lightness values; 0 for any other number of values.

    >>> difference([1, 16, 2, 4, 15, 16, 1, 0, 8])
    845
    """
    if len(light) != len(_COMPARED):
        return 0
    code = 1
    for one, other in _COMPARED:
        code = code << 1 | (light[one] >= light[other])
    return code


def to_lab(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """CIE-Lab (D65, L 0 to 100) of an n x 3 array of sRGB values 0 to 255."""
    share = rgb / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _TO_XYZ
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    lightness, a, b = 116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])
    return np.stack([lightness, a, b], axis=1)


def _nearest(lab: NDArray[np.float64]) -> list[int]:
    distances = ((lab[:, None, :] - _SAMPLE_LAB[None, :, :]) ** 2).sum(axis=2)
    return [_SAMPLE_CLASS[index] for index in distances.argmin(axis=1)]


# sRGB to XYZ, each column divided by the white point of D65.
_TO_XYZ = np.array(
    [[0.4124564, 0.2126729, 0.0193339], [0.3575761, 0.7151522, 0.1191920], [0.1804375, 0.0721750, 0.9503041]]
) / np.array([0.95047, 1.0, 1.08883])
_SAMPLE_HEX = [(name, sample) for name in NAMES for sample in _SAMPLES[name].split()]
_SAMPLE_CLASS = [NAMES.index(name) for name, _ in _SAMPLE_HEX]
_SAMPLE_LAB = to_lab(np.array([list(bytes.fromhex(sample)) for _, sample in _SAMPLE_HEX], dtype=np.uint8))
