"""Small real pictures, made on the spot."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pyvips
from numpy.typing import NDArray
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 30, 40), (30, 180, 60), (40, 60, 210), (250, 250, 250)


def quarters(width: int = 96, height: int = 64) -> NDArray[np.uint8]:
    """Red top left, green top right, blue bottom left, white bottom right."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return pixels


def noise(width: int, height: int) -> NDArray[np.uint8]:
    """Something that does not compress, so that every part of the file matters."""
    return np.random.default_rng(7).integers(0, 255, (height, width, 3), np.uint8)


def save(path: Path, pixels: NDArray[np.uint8], **options: object) -> Path:
    """Writes by Pillow in the format of the ending."""
    Image.fromarray(pixels).save(path, **options)
    return path


def save_turned(path: Path, pixels: NDArray[np.uint8], orientation: int) -> Path:
    """A JPEG that is stored turned, so that by its EXIF orientation it looks like `pixels`."""
    stored = {
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a, 1),
        7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
        8: lambda a: np.rot90(a, 3),
    }.get(orientation, lambda a: a)(pixels)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return save(path, np.ascontiguousarray(stored), exif=exif, quality=95, subsampling=0)


def save_heic(path: Path, pixels: NDArray[np.uint8], orientation: int = 1) -> Path:
    """A HEIC of which the container says how it is turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    heif = pillow_heif.from_bytes("RGB", (pixels.shape[1], pixels.shape[0]), pixels.tobytes())
    heif.save(path, quality=95, exif=exif.tobytes())
    return path


def save_cmyk(path: Path, pixels: NDArray[np.uint8]) -> Path:
    Image.fromarray(pixels).convert("CMYK").save(path, quality=95)
    return path


def save_display_p3(path: Path, pixels: NDArray[np.uint8]) -> Path:
    """The sRGB `pixels` expressed in Display P3, with the profile embedded."""
    image = pyvips.Image.new_from_array(pixels).copy(interpretation="srgb")
    image.icc_transform("p3", input_profile="srgb", intent="relative").jpegsave(str(path), Q=98)
    return path


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header announces a size that its few bytes do not hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    )
