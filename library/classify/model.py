"""The label model: EfficientNet-Lite2, 1,000 classes of ImageNet and 1,280 features, on the CPU through LiteRT."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

EDGE: Final = 260
"""Pixels of the square that the model looks at."""
MODEL_BYTES: Final = 160 * 1024**2
"""What a process may take more once the model is loaded: it holds 62 MB, 12 MB more while it is being read, and what it
lets go lies between the pictures' memory. With 96 MB a 10-bit AVIF failed late in a run that succeeded alone."""
MODEL_SPACE: Final = 512 * 1024**2
"""Address space that its library reserves while it is loaded, nearly all of which it never touches."""
THREADS: Final = 1  # there is a worker process for each core already

CANNOT_BE_RUN: Final = "the label model cannot be run here"

_MEAN: Final = 127.0
_SCALE: Final = 128.0


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of the models folder, and the SHA-256 that it must have."""

    name: str
    sha256: str


NETWORK: Final = ModelFile(
    "efficientnet_lite2_fp16.tflite", "bd5c42f11fd13440617231aac0d5e698dcacafc0dd347ef3cb221fa375da2d13"
)
AXES: Final = ModelFile(
    "efficientnet_lite2_axes.npy", "39bb3ceafd5b5f283fc9d8c672887fa61f7c9241dadac4490bec5577d689a1d4"
)


class ModelUnusable(Exception):
    """A model is missing, damaged or cannot be run here; the text says which and what helps."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the model makes of a picture: a probability for each class, and 1,280 features."""

    probabilities: NDArray[np.float32]
    features: NDArray[np.float32]


def mean_of(looks: Sequence[Look]) -> Look:
    """Several looks at one picture as one."""
    return Look(
        np.mean([look.probabilities for look in looks], axis=0), np.mean([look.features for look in looks], axis=0)
    )


class LabelModel:
    """The loaded model. One per process, see `load`."""

    def __init__(self, network: bytes, axes: NDArray[np.float32]) -> None:
        from ai_edge_litert.interpreter import Interpreter  # 40 MB of library, for workers alone

        self._net: Any = Interpreter(model_content=network, num_threads=THREADS)
        self._net.allocate_tensors()
        self._input: int = self._net.get_input_details()[0]["index"]
        outputs = {int(output["shape"][-1]): output["index"] for output in self._net.get_output_details()}
        self._classes, self._features = outputs[1000], outputs[1280]
        self._axes = axes

    def look(self, views: Iterable[NDArray[np.uint8]]) -> Look:
        """The mean over some views of one picture, each 260 x 260 pixels of sRGB."""
        return mean_of([self._run(view) for view in views])

    def vector(self, look: Look) -> bytes:
        """The features as 128 signed bytes along the axes; they tell a direction, their length says nothing."""
        # Not by BLAS, whose threads would cost more than the product.
        along = np.einsum("ij,j->i", self._axes, look.features)
        largest = float(np.abs(along).max()) or 1.0
        packed: bytes = np.rint(along * (127 / largest)).astype(np.int8).tobytes()
        return packed

    def _run(self, view: NDArray[np.uint8]) -> Look:
        pixels = (view.astype(np.float32) - _MEAN) / _SCALE
        self._net.set_tensor(self._input, pixels[np.newaxis])
        self._net.invoke()
        return Look(self._net.get_tensor(self._classes)[0], self._net.get_tensor(self._features)[0])


@cache
def load(folder: Path) -> LabelModel:
    """The model of this process. Raises ModelUnusable."""
    network, axes = read_model(folder, NETWORK), read_model(folder, AXES)
    try:
        return LabelModel(network, _axes(axes))
    except (ImportError, OSError, ValueError, RuntimeError, MemoryError) as error:
        raise ModelUnusable(f"Pictures get no labels: {CANNOT_BE_RUN} ({error}).") from error


def check(folder: Path) -> None:
    """Reads and compares the files of the model without loading it. Raises ModelUnusable."""
    for file in (NETWORK, AXES):
        read_model(folder, file)


def read_model(folder: Path, file: ModelFile) -> bytes:
    """The bytes of a model, if they are the right ones. Raises ModelUnusable."""
    path = folder / file.name
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise ModelUnusable(f"Pictures get no labels: the model {path} {reason}.") from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ModelUnusable(
            f"Pictures get no labels: the model {path} is damaged or another one, as its SHA-256 is not that in"
            " models/SOURCES.md."
        )
    return content


def _axes(content: bytes) -> NDArray[np.float32]:
    from io import BytesIO

    axes: NDArray[np.float32] = np.load(BytesIO(content), allow_pickle=False).astype(np.float32)
    return axes
