"""JSON that strangers wrote: read within a limit of size and depth."""

import json
from typing import Any, Final

MAX_LENGTH: Final = 4_000_000  # characters
MAX_DEPTH: Final = 50


class NotJson(ValueError):
    """The text is not the JSON it claims to be; says in a sentence why."""


def read_json(text: str) -> Any:
    """What a JSON text says; numbers that are none ("Infinity") count as unknown. Raises NotJson."""
    if len(text) > MAX_LENGTH:
        raise NotJson("The JSON file is too large.")
    if _depth(text) > MAX_DEPTH:
        raise NotJson("The JSON file is nested too deeply.")
    try:
        # Whole numbers stay texts beyond what any field holds, since converting them takes time.
        return json.loads(text.lstrip("\ufeff"), parse_constant=lambda _: None, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise NotJson("The file is not readable JSON.") from error


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= 20 else digits


def _depth(text: str) -> int:
    """How deep brackets are nested, those inside of texts not counted."""
    depth = deepest = 0
    in_text = escaped = False
    for char in text:
        if in_text:
            in_text, escaped = (char != '"' or escaped), (char == "\\" and not escaped)
        elif char == '"':
            in_text, escaped = True, False
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest
