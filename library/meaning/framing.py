"""How an image encoder wants its pictures: size, cut and colours, as preprocessor_config.json says, from a thumb."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyvips

from library.meaning.onnx import Floats

_EDGE: Final = 224
_MEAN: Final = (0.48145466, 0.4578275, 0.40821073)
_SPREAD: Final = (0.26862954, 0.26130258, 0.27577711)
_CHANNELS: Final = 3
_KERNELS: Final = {2: "linear", 3: "cubic", "bilinear": "linear", "bicubic": "cubic", "lanczos": "lanczos3"}


@dataclass(frozen=True, slots=True)
class Framing:
    """Pixels, whether what is longer is cut off or squeezed, and the colours that become 0 and 1."""

    width: int = _EDGE
    height: int = _EDGE
    is_cut: bool = True
    mean: tuple[float, ...] = _MEAN
    spread: tuple[float, ...] = _SPREAD
    kernel: str = "cubic"

    def sized(self, height: int, width: int) -> "Framing":
        """The same at the size that a model takes."""
        return replace(self, height=height, width=width)

    def pixels(self, thumb: Path) -> Floats:
        """The thumb of a picture as the encoder takes it, of shape (3, height, width). Raises OSError."""
        try:
            picture = pyvips.Image.new_from_file(os.fsencode(thumb)).colourspace("srgb")
            found = self._framed(picture.flatten() if picture.hasalpha() else picture).numpy()
        except pyvips.Error as error:
            raise OSError(f"The thumb {thumb.name} cannot be read: {error.detail.strip()}") from error
        scaled = found[: self.height, : self.width, :_CHANNELS].astype(np.float32) / 255
        if scaled.shape != (self.height, self.width, _CHANNELS):
            raise OSError(f"The thumb {thumb.name} shows nothing.")
        normal = (scaled - np.array(self.mean, np.float32)) / np.array(self.spread, np.float32)
        framed: Floats = np.ascontiguousarray(normal.transpose(2, 0, 1), np.float32)
        return framed

    def _framed(self, picture: pyvips.Image) -> pyvips.Image:
        across, down = self.width / picture.width, self.height / picture.height
        if not self.is_cut:
            return picture.resize(across, vscale=down, kernel=self.kernel)
        scaled = picture.resize(max(across, down), kernel=self.kernel)
        # Rounding may have left it a pixel short.
        scaled = scaled.gravity("centre", max(scaled.width, self.width), max(scaled.height, self.height), extend="copy")
        left, top = (scaled.width - self.width) // 2, (scaled.height - self.height) // 2
        return scaled.crop(left, top, self.width, self.height)


def framing_of(config: dict[str, Any]) -> Framing:
    """What a preprocessor_config.json of Transformers or a preprocess_cfg.json of OpenCLIP says, or else as CLIP."""
    height, width = _size(config.get("crop_size"), config.get("size"))
    squeezes = config.get("do_center_crop") is False or config.get("resize_mode") == "squash"
    is_siglip = "siglip" in str(config.get("image_processor_type", "")).lower()
    kernel = config.get("resample", config.get("interpolation"))
    return Framing(
        width=width,
        height=height,
        is_cut=not squeezes and not (is_siglip and not config.get("do_center_crop")),
        mean=_colours(config.get("image_mean", config.get("mean")), _MEAN),
        spread=_colours(config.get("image_std", config.get("std")), _SPREAD),
        kernel=_KERNELS.get(kernel, "cubic") if isinstance(kernel, int | str) else "cubic",
    )


def _size(*told: Any) -> tuple[int, int]:
    """Height and width: a number, a pair, or a mapping by one of several names."""
    for one in told:
        match one:
            case {"height": int(height), "width": int(width)}:
                return height, width
            case {"shortest_edge": int(edge)} | int(edge):
                return edge, edge
            case [int(height), int(width)]:
                return height, width
            case _:
                continue
    return _EDGE, _EDGE


def _colours(told: Any, usual: tuple[float, ...]) -> tuple[float, ...]:
    if isinstance(told, list) and len(told) == _CHANNELS and all(isinstance(part, int | float) for part in told):
        return tuple(map(float, told))
    return usual
