"""The recogniser: RapidOCR with the PP-OCRv6 models, on the CPU through ONNX Runtime; an optional package."""

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from library.packaged_models import NotThere, PackagedModel

VERSION: Final = 1
"""Of models and rules; raised when pictures should be read again."""
LOOKED_AT: Final = "fit_1920"
"""The size of thumb that is read: small print is lost in smaller ones, and larger ones take gigabytes."""
MEMORY: Final = 1536 * 1024**2
"""What the process that reads may take: 600 MB for most pictures, 900 MB for a page full of lines."""
SPACE: Final = 1024**3
"""Address space that its libraries reserve while they are loaded, nearly all of which they never touch."""

REQUIREMENTS: Final = "requirements-ocr.txt"

# Longest side in pixels of what text is looked for in; it is read from the whole thumb.
_FOUND_AT: Final = 1280
# Below this confidence PP-OCR reads what is no text.
_SURE: Final = 0.75
# Below this one a line is read again upside down: signs lie on their side, and scans on their head.
_DOUBTFUL: Final = 0.85
# What the other reading has to be surer by, so that it is another one.
_SURER: Final = 0.05
_FEWEST: Final = 2  # letters and digits of a line
_TALL: Final = 1.5  # from this ratio on the recogniser turns a line by a quarter

_MODELS: Final = tuple(
    PackagedModel("rapidocr", f"models/{name}", digest)
    for name, digest in (
        ("PP-OCRv6_det_small.onnx", "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"),
        ("PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"),
        ("ch_ppocr_mobile_v2.0_cls_mobile.onnx", "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c"),
    )
)
_PARAMETERS: Final = {
    "Global.log_level": "error",
    # Every line is wanted, as two readings of it are compared.
    "Global.text_score": 0.0,
    "Det.limit_type": "max",
    "Det.limit_side_len": _FOUND_AT,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}

Quad = NDArray[np.float32]


class RecognizerUnusable(Exception):
    """The package or one of its models is missing or another one; the text says which and what helps."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `confidence` in percent; `box` has its four corners as x and y, shares of width and height.

    The corners go clockwise as the text is read: the first is where its first letter begins, at the top.
    """

    text: str
    confidence: int
    box: tuple[float, ...]


class Recognizer:
    """The loaded recogniser. One per process, see `load`."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def read(self, pixels: NDArray[np.uint8]) -> tuple[Line, ...]:
        """The lines of an upright picture, height x width x 3 of sRGB, from top to bottom."""
        # OpenCV's order of colours.
        turned = np.ascontiguousarray(pixels[:, :, ::-1])
        found = self._engine(turned, use_cls=False)
        if found.boxes is None or not found.txts:
            return ()
        scores = [float(score) for score in found.scores]
        again = self._engine(turned, use_cls=True) if min(scores) < _DOUBTFUL else None
        height, width = pixels.shape[:2]
        lines = []
        for at, (box, text, score) in enumerate(zip(found.boxes, found.txts, scores, strict=True)):
            quad = upright(box)
            # The classifier that turns lines takes many a long one for one on its head, so the surer reading counts.
            if again is not None and len(again.txts or ()) == len(scores) and float(again.scores[at]) > score + _SURER:
                text, score, quad = again.txts[at], float(again.scores[at]), np.roll(quad, -2, axis=0)
            if is_text(text, score):
                lines.append(Line(text.strip(), round(score * 100), shares(quad, width, height)))
        return tuple(lines)


def upright(box: Quad) -> Quad:
    """The corners in the order in which the recogniser reads: a line that is higher than wide, from top to bottom."""
    wide = max(float(np.linalg.norm(box[0] - box[1])), float(np.linalg.norm(box[2] - box[3])))
    high = max(float(np.linalg.norm(box[0] - box[3])), float(np.linalg.norm(box[1] - box[2])))
    return np.roll(box, -1, axis=0) if wide and high / wide >= _TALL else box


def shares(quad: Quad, width: int, height: int) -> tuple[float, ...]:
    """Corners in pixels as shares of the picture, within it."""
    inside = np.clip(quad / (width, height), 0, 1)
    return tuple(round(float(value), 4) for value in inside.ravel())


def is_text(text: str, score: float) -> bool:
    """Whether a line is one that somebody may have written: single letters and doubtful ones are mostly leaves."""
    return score >= _SURE and sum(sign.isalnum() for sign in text) >= _FEWEST


@cache
def load() -> Recognizer:
    """The recogniser of this process. Raises RecognizerUnusable."""
    check()
    try:
        from rapidocr import RapidOCR  # 90 MB of libraries, for the process that reads alone

        return Recognizer(RapidOCR(params=dict(_PARAMETERS)))
    except (ImportError, OSError, ValueError, RuntimeError, MemoryError) as error:
        raise RecognizerUnusable(f"No text is read in pictures: RapidOCR cannot be run here ({error}).") from error
    finally:
        # It sets itself a level of its own.
        logging.getLogger("RapidOCR").setLevel(logging.ERROR)


def check() -> None:
    """Whether the package and the right models are there, which it would else fetch. Raises RecognizerUnusable."""
    try:
        for model in _MODELS:
            model.read()
    except NotThere as error:
        raise RecognizerUnusable(
            f"No text is read in pictures: {error} (`pip install -r {REQUIREMENTS}`, or PHOTOPRISM_DETECT_TEXT=false)."
        ) from error
