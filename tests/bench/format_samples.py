"""Makes one real picture of every format that a package here can write."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - teaches Pillow to write JPEG XL
import pyvips
from numpy.typing import NDArray
from PIL import Image

from tests.test_media.rare_pictures import save_dng, save_psd
from tests.test_media.videos import make_video

Pixels = NDArray[np.uint8]

QUICK, USUAL, LARGE = (1732, 1155), (4242, 2828), (15_000, 10_000)  # pixels: 2, 12 and 150 MP


def make_samples(folder: Path, *, is_quick: bool) -> None:
    folder.mkdir(parents=True)
    pixels = _pixels(*(QUICK if is_quick else USUAL))
    for name, write in _WRITERS.items():
        write(folder / f"picture.{name}", pixels)
    _write_svg(folder / "drawing.svg")
    for name, codec in (("h264.mp4", "h264"), ("hevc.mov", "hevc")):
        make_video(folder / f"film-{name}", codec=codec, size="1920x1080" if is_quick else "3840x2160", seconds=2)
    if not is_quick:
        large = _pixels(*LARGE)
        for name in _LARGE:
            _WRITERS[name](folder / f"large.{name}", large)
        pyvips.Image.black(25_000, 20_000).pngsave(str(folder / "refused.png"))


def _pixels(width: int, height: int) -> Pixels:
    """Soft shapes with some grain, as a photograph has."""
    small = np.random.default_rng(3).integers(0, 255, (max(2, height // 97), max(2, width // 97), 3), np.uint8)
    soft = np.asarray(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)).copy()
    grain = np.random.default_rng(4).integers(0, 9, (512, 512, 1), np.uint8)
    for top in range(0, height, 512):
        for left in range(0, width, 512):
            part = soft[top : top + 512, left : left + 512]
            part //= 2
            part += grain[: part.shape[0], : part.shape[1]]
    return soft


def _by_pillow(**options: object) -> Callable[[Path, Pixels], None]:
    return lambda path, pixels: Image.fromarray(pixels).save(path, **options)


def _by_vips(path: Path, pixels: Pixels) -> None:
    pyvips.Image.new_from_array(pixels).copy(interpretation="srgb").write_to_file(str(path))


def _write_webp(path: Path, pixels: Pixels) -> None:
    # The effort changes how long writing takes, not reading.
    pyvips.Image.new_from_array(pixels).copy(interpretation="srgb").webpsave(str(path), effort=0)


def _write_heic(path: Path, pixels: Pixels) -> None:
    height, width = pixels.shape[:2]
    pillow_heif.from_bytes("RGB", (width, height), pixels.tobytes()).save(
        path, quality=60, enc_params={"preset": "ultrafast"}
    )


def _write_animation(path: Path, pixels: Pixels) -> None:
    first = Image.fromarray(pixels[:512, :512])
    first.save(path, save_all=True, append_images=[first.rotate(turn * 9) for turn in range(1, 40)], duration=50)


def _write_psd(path: Path, pixels: Pixels) -> None:
    save_psd(path, [np.ascontiguousarray(pixels[..., channel]) for channel in range(3)], 3, packed=True)


def _write_dng(path: Path, pixels: Pixels) -> None:
    save_dng(path, pixels)


def _write_svg(path: Path) -> None:
    shapes = "".join(f'<circle cx="{n * 7 % 400}" cy="{n * 3 % 300}" r="9" fill="#{n:03x}"/>' for n in range(999))
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{shapes}</svg>')


_WRITERS: dict[str, Callable[[Path, Pixels], None]] = {
    "jpg": _by_vips,
    "png": _by_vips,
    "tif": _by_vips,
    "webp": _write_webp,
    "gif": _write_animation,
    "apng": _by_pillow(format="PNG"),
    "bmp": _by_pillow(),
    "jp2": _by_pillow(quality_mode="rates", quality_layers=[20]),
    "jxl": _by_pillow(quality=85, effort=1),
    "avif": _by_pillow(quality=60, speed=10),
    "heic": _write_heic,
    "psd": _write_psd,
    "pdf": _by_pillow(resolution=300),
    "dng": _write_dng,
}
_LARGE = ("jpg", "png", "tif", "bmp", "jp2", "jxl", "avif", "psd")
