"""Opening ONNX models and tokenizers: on the CPU, with few threads, checked before they are used."""

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

THREADS: Final = 1
"""A text takes 8 ms with one; more would be taken from the requests beside it."""


class EncoderUnusable(Exception):
    """A model is missing, damaged or of the wrong form; the text says which and what helps."""


def session(content: bytes, name: str) -> Any:
    """The model ready to run. Raises EncoderUnusable."""
    try:
        import onnxruntime  # 50 MB of library, for who searches by meaning alone

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        # An arena keeps what the longest text has needed.
        options.enable_cpu_mem_arena = False
        # Weights that are packed anew take half a second more to load, and not a millisecond less to use.
        options.add_session_config_entry("session.disable_prepacking", "1")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EncoderUnusable(f"the model {name} cannot be run here ({_first_line(error)})") from error


def run(model: Any, inputs: dict[str, Any], name: str) -> list[Any]:
    """What the model answers. Raises EncoderUnusable."""
    try:
        answers: list[Any] = model.run(None, inputs)
    except Exception as error:
        raise EncoderUnusable(f"the model {name} cannot be used ({_first_line(error)})") from error
    return answers


def tokenizer(content: bytes, name: str, longest: int) -> Any:
    """The tokenizer, which cuts texts at so many tokens. Raises EncoderUnusable."""
    try:
        from tokenizers import Tokenizer

        found = Tokenizer.from_str(content.decode())
        found.no_padding()
        found.enable_truncation(longest)
    except Exception as error:
        raise EncoderUnusable(f"the tokenizer {name} cannot be read ({_first_line(error)})") from error
    return found


def read(path: Path, sha256: str = "") -> bytes:
    """The bytes of a file; those with this SHA-256, if one is given. Raises EncoderUnusable."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise EncoderUnusable(f"the file {path} {reason}") from error
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise EncoderUnusable(f"the file {path} is damaged or another one, as its SHA-256 is not the expected one")
    return content


def packaged(package: str, name: str) -> Path:
    """A file that a Python package brings along, without running the package. Raises EncoderUnusable."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnusable(f"the Python package {package.replace('_', '-')} is not installed")
    return Path(next(iter(spec.submodule_search_locations))) / name


def units(vectors: Floats) -> Floats:
    """Vectors of length 1, each along the last axis."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__
