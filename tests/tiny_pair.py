"""A model of pictures and texts of a few hundred bytes: its pictures are their mean colour, its words colours."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save_model
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

EDGE = 32
WORDS = {"[UNK]": 0, "[PAD]": 1, "cherry": 2, "meadow": 3, "ocean": 4}
# What each word is: red, green, blue, and a fourth number that no picture has.
MEANINGS = ((0, 0, 0, 1), (0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0))


def write_pair(
    folder: Path, *, dimensions: int = 4, turn: int = 0, length: int | None = None, mask: bool = True
) -> Path:
    """Writes both models, the tokenizer and the sizes; with another `turn` the numbers stand in other places."""
    folder.mkdir(parents=True, exist_ok=True)
    colours = np.roll(np.eye(3, 4, dtype=np.float32), turn, axis=1)
    words = np.roll(np.array(MEANINGS, np.float32), turn, axis=1)[:, :dimensions]
    _write(folder / "vision_model.onnx", _image_half(colours))
    _write(folder / "text_model.onnx", _text_half(words, length, with_mask=mask))
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    sizes = {"size": {"height": EDGE, "width": EDGE}, "do_center_crop": False}
    sizes |= {"image_mean": [0.0, 0.0, 0.0], "image_std": [1.0, 1.0, 1.0]}
    (folder / "preprocessor_config.json").write_text(json.dumps(sizes))
    return folder


def _image_half(colours: Any) -> Any:
    """(n, 3, 32, 32) -> (n, 4): the mean of each colour, turned."""
    return helper.make_graph(
        [
            helper.make_node("ReduceMean", ["pixel_values"], ["mean"], axes=[2, 3], keepdims=0),
            helper.make_node("MatMul", ["mean", "colours"], ["image_embeds"]),
        ],
        "images",
        [helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["n", 3, EDGE, EDGE])],
        [helper.make_tensor_value_info("image_embeds", TensorProto.FLOAT, ["n", 4])],
        [numpy_helper.from_array(colours, "colours")],
    )


def _text_half(words: Any, length: int | None, *, with_mask: bool) -> Any:
    """(n, tokens) -> (n, dimensions): the sum over the tokens."""
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", length or "tokens"])]
    nodes = [
        helper.make_node("Gather", ["words", "input_ids"], ["each"], axis=0),
        helper.make_node("ReduceSum", ["each", "axis"], ["text_embeds"], keepdims=0),
    ]
    if with_mask:
        inputs.append(helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["n", length or "tokens"]))
        nodes.append(helper.make_node("Shape", ["attention_mask"], ["unused"]))
    return helper.make_graph(
        nodes,
        "texts",
        inputs,
        [helper.make_tensor_value_info("text_embeds", TensorProto.FLOAT, ["n", words.shape[1]])],
        [numpy_helper.from_array(words, "words"), numpy_helper.from_array(np.array([1], np.int64), "axis")],
    )


def _write(path: Path, graph: Any) -> None:
    save_model(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), str(path))
