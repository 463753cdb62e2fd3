"""An operator's own model for pictures and texts, such as CLIP or SigLIP: two ONNX files and a tokenizer in a folder.

vision_model.onnx, or visual.onnx, image_encoder.onnx, visual/model.onnx, onnx/vision_model.onnx
text_model.onnx, or textual.onnx, text_encoder.onnx, textual/model.onnx, onnx/text_model.onnx
tokenizer.json, or textual/tokenizer.json; beside it tokenizer_config.json, which may say what fills texts up
preprocessor_config.json, or visual/preprocess_cfg.json     sizes and colours, those of CLIP if there is none
config.json                                                 how long texts are, and how they are filled up
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from library.meaning.framing import Framing, framing_of
from library.meaning.onnx import EncoderUnusable, Floats, read, run, session, tokenizer, units
from library.meaning.sentences import padded

_IMAGES: Final = (
    "vision_model.onnx",
    "visual.onnx",
    "image_encoder.onnx",
    "visual/model.onnx",
    "onnx/vision_model.onnx",
)
_TEXTS: Final = ("text_model.onnx", "textual.onnx", "text_encoder.onnx", "textual/model.onnx", "onnx/text_model.onnx")
_TOKENIZERS: Final = ("tokenizer.json", "textual/tokenizer.json")
_FRAMINGS: Final = ("preprocessor_config.json", "visual/preprocess_cfg.json")

# What the vectors are called among what a model answers, the best first.
_ANSWERS: Final = ("image_embeds", "text_embeds", "embedding", "embeddings", "pooler_output", "sentence_embedding")
_MASK: Final = "attention_mask"

_CLIP_LENGTH: Final = 77  # tokens
_LARGEST: Final = 4_096  # numbers of a vector: what a row of PictureVector holds
_RANK: Final = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Where the files lie, and what they say of themselves."""

    folder: Path
    image: Path
    text: Path
    words: Path
    framing: Framing
    length: int  # tokens that a text may have
    is_filled: bool  # whether texts are filled up to that length
    sizes: Path | None  # where the framing is said

    @property
    def digest(self) -> str:
        """Tells vectors of one model from those of another. Reads all of it, once."""
        return _digest(self.image, self.sizes)


@cache
def pair_at(folder: Path) -> Pair:
    """What the folder holds; nothing is loaded yet. Raises EncoderUnusable."""
    image, text, words = (_first(folder, names) for names in (_IMAGES, _TEXTS, _TOKENIZERS))
    sizes = next((folder / name for name in _FRAMINGS if (folder / name).exists()), None)
    config = _json(folder / "config.json") if (folder / "config.json").exists() else {}
    length, is_filled = _lengths(config)
    framing = framing_of({} if sizes is None else _json(sizes))
    return Pair(folder, image, text, words, framing, length, is_filled, sizes)


class TextHalf:
    """The text encoder, loaded."""

    def __init__(self, pair: Pair) -> None:
        """Raises EncoderUnusable."""
        self._name = pair.text.name
        self._net = session(read(pair.text), self._name)
        self._inputs = {one.name: one for one in self._net.get_inputs()}
        self._ids = _ids_name(self._inputs, self._name)
        fixed = self._inputs[self._ids].shape[-1]
        self._length = fixed if isinstance(fixed, int) else pair.length
        self._is_filled = isinstance(fixed, int) or pair.is_filled
        self._words = tokenizer(read(pair.words), pair.words.name, self._length)
        self._fill = _fill_of(pair, self._words)
        self._answer = _answer_of(self._net, self._name)
        self.dimensions = int(self.encode(["a photo"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """A vector of length 1 for each text, of shape (n, dimensions). Raises EncoderUnusable."""
        # One by one: what a model makes of the filling of a batch differs from model to model.
        return np.concatenate([self._encode(text) for text in texts])

    def _encode(self, text: str) -> Floats:
        tokens = self._words.encode(text).ids
        ids, mask = padded([tokens], self._fill, self._length if self._is_filled else 0)
        kind = np.int32 if "int32" in self._inputs[self._ids].type else np.int64
        inputs = {self._ids: ids.astype(kind)}
        if _MASK in self._inputs:
            inputs[_MASK] = mask.astype(np.int32 if "int32" in self._inputs[_MASK].type else np.int64)
        return _vectors(run(self._net, inputs, self._name)[self._answer], self._name)


class ImageHalf:
    """The image encoder, loaded."""

    def __init__(self, pair: Pair) -> None:
        """Raises EncoderUnusable."""
        self._name = pair.image.name
        self._net = session(read(pair.image), self._name)
        inputs = self._net.get_inputs()
        if len(inputs) != 1 or len(inputs[0].shape) != 4:
            raise EncoderUnusable(f"the model {self._name} takes no pictures: one input of four dimensions is wanted")
        self._input = inputs[0].name
        self._is_half = "float16" in inputs[0].type
        height, width = inputs[0].shape[2:]
        self.framing = pair.framing.sized(height, width) if isinstance(height, int) else pair.framing
        self._answer = _answer_of(self._net, self._name)
        self.dimensions = int(self.encode(np.zeros((3, self.framing.height, self.framing.width), np.float32)).shape[0])

    def encode(self, pixels: Floats) -> Floats:
        """The vector of length 1 of one picture, of shape (3, height, width). Raises EncoderUnusable."""
        kind = np.float16 if self._is_half else np.float32
        answers = run(self._net, {self._input: pixels[np.newaxis].astype(kind)}, self._name)
        found: Floats = _vectors(answers[self._answer], self._name)[0]
        return found


def check(folder: Path) -> int:
    """Loads both halves and compares them; how many numbers a vector has. Raises EncoderUnusable."""
    pair = pair_at(folder)
    texts, images = TextHalf(pair).dimensions, ImageHalf(pair).dimensions
    if texts != images:
        raise EncoderUnusable(
            f"{pair.text.name} makes vectors of {texts} numbers and {pair.image.name} of {images}: they are no pair"
        )
    return texts


def packed(vector: Floats) -> bytes:
    """A vector as signed bytes; they tell a direction."""
    largest = float(np.abs(vector).max()) or 1.0
    return bytes(np.rint(vector * (127 / largest)).astype(np.int8).tobytes())


@cache
def _digest(*paths: Path | None) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(b"" if path is None else hashlib.sha256(read(path)).digest())
    return digest.hexdigest()


def _first(folder: Path, names: Sequence[str]) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise EncoderUnusable(f"the folder {folder} has none of the files {', '.join(names)}")
    return found


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read(path))
    except ValueError as error:
        raise EncoderUnusable(f"the file {path} is no JSON") from error
    return found if isinstance(found, dict) else {}


def _lengths(config: dict[str, Any]) -> tuple[int, bool]:
    """How many tokens texts may have, and whether all are filled up to it, as SigLIP was trained."""
    texts = config.get("text_config")
    told = texts.get("max_position_embeddings") if isinstance(texts, dict) else None
    is_siglip = str(config.get("model_type", "")).startswith("siglip")
    return (told if isinstance(told, int) and told > 0 else 64 if is_siglip else _CLIP_LENGTH), is_siglip


def _fill_of(pair: Pair, words: Any) -> int:
    """The token that texts are filled up with."""
    stored = _json(pair.words).get("padding")
    if isinstance(stored, dict) and isinstance(stored.get("pad_id"), int):
        return int(stored["pad_id"])
    beside = pair.words.with_name("tokenizer_config.json")
    told = _json(beside).get("pad_token") if beside.exists() else None
    name = told.get("content") if isinstance(told, dict) else told
    names = (*([name] if isinstance(name, str) else []), "<pad>", "[PAD]", "<|endoftext|>")
    known = (words.token_to_id(name) for name in names)
    return next((int(number) for number in known if number is not None), 0)


def _ids_name(inputs: dict[str, Any], name: str) -> str:
    known: list[str] = [one for one in ("input_ids", "text", "input") if one in inputs]
    known += [one for one, told in inputs.items() if "int" in told.type and one != _MASK]
    unknown = set(inputs) - {_MASK, *known[:1]}
    if not known or unknown:
        raise EncoderUnusable(f"the model {name} wants {', '.join(inputs)}: input_ids and attention_mask can be given")
    return known[0]


def _answer_of(model: Any, name: str) -> int:
    """Which of the answers are vectors: one with a known name, or else the first of two dimensions."""
    answers = model.get_outputs()
    names = [one.name for one in answers]
    known = [names.index(one) for one in _ANSWERS if one in names]
    flat = [place for place, one in enumerate(answers) if len(one.shape) == _RANK]
    if not known and not flat:
        told = ", ".join(names)
        raise EncoderUnusable(f"the model {name} answers {told}, none of which is one vector a picture or text")
    return (known or flat)[0]


def _vectors(answer: Any, name: str) -> Floats:
    found = np.asarray(answer, np.float32)
    if found.ndim != _RANK or not 0 < found.shape[1] <= _LARGEST or not np.isfinite(found).all():
        raise EncoderUnusable(f"the model {name} answers no vector: its answer has the shape {found.shape}")
    return units(found)
