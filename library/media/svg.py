"""Opens SVG by librsvg, from memory: so it knows no folder, and opens neither files nor addresses."""

import re
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

import pyvips
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from library.media.formats import Format
from library.media.opened import Opened, Undecodable, vector_scale

_MAX_BYTES = 10_000_000  # librsvg's own limit
_LENGTH = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 1.0, "pc": 12.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}


def open_svg(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """A drawing counts as `VECTOR_EDGE` pixels on its longer edge, whatever it announces."""
    content = stream.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise Undecodable(f"The drawing is larger than {_MAX_BYTES // 1_000_000} MB.")
    stream.seek(0)
    size = announced_size(stream)
    # Without a size and a view box there is nothing to scale: it counts as many pixels as it draws.
    scale = vector_scale(*size) if size else 1.0
    drawn = _render(content, scale)
    return Opened(
        width=drawn.width,
        height=drawn.height,
        has_alpha=True,
        shrinks=True,
        load=lambda shrink: _render(content, scale / shrink),
    )


def announced_size(stream: BinaryIO) -> tuple[float, float] | None:
    """Width and height by the attributes of the root element, None where they are missing or relative.

    Raises ValueError for what is no SVG, and for entities, which no drawing needs from elsewhere.
    """
    root = _root(stream)
    size = _length(root.get("width", "")), _length(root.get("height", ""))
    if min(size) > 0:
        return size
    parts = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    box = [_length(part) for part in parts]
    return (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else None


def _root(stream: BinaryIO) -> Element:
    try:
        # Entities of the file itself are common (Illustrator's names of namespaces) and harmless in a root element.
        root: Element
        _, root = next(iter(iterparse(stream, events=("start",), forbid_entities=False)))
    except DefusedXmlException as error:
        raise ValueError("it refers to other files") from error
    except (ParseError, StopIteration) as error:
        raise ValueError(str(error) or "it is empty") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise ValueError("It holds no drawing.")
    return root


def _length(text: str) -> float:
    """Pixels at the 72 to an inch that libvips counts with; 0 for what is missing, relative or no length."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _render(content: bytes, scale: float) -> pyvips.Image:
    return pyvips.Image.svgload_buffer(content, scale=scale)
