"""Opens the first page of a PDF by PDFium, which is built without scripts and without a network."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import pypdfium2
import pyvips

from library.media.formats import Format
from library.media.opened import Opened, Undecodable, image_of, vector_scale

_MIN_SIDE = 1 / 1000


def open_pdf(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """A page counts as `VECTOR_EDGE` pixels on its longer edge; it is read through `stream`, so nothing else is opened.

    Raises Undecodable for a document with a password.
    """
    page = _first_page(stream)
    width, height = (max(side, _MIN_SIDE) for side in page.get_size())
    scale = vector_scale(width, height)
    return Opened(
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
        shrinks=True,
        load=lambda shrink: _render(page, scale / shrink),
    )


def _first_page(stream: BinaryIO) -> pypdfium2.PdfPage:
    try:
        document = pypdfium2.PdfDocument(stream)
        return document[0]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Undecodable("The document is locked with a password.") from error
        raise ValueError(_said(error)) from error


def _render(page: pypdfium2.PdfPage, scale: float) -> pyvips.Image:
    try:
        bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False, limit_image_cache=True)
    except pypdfium2.PdfiumError as error:
        raise ValueError(_said(error)) from error
    return image_of(np.array(bitmap.to_numpy()[..., :3]))


def _said(error: pypdfium2.PdfiumError) -> str:
    """PDFium's own words, without those that the binding puts around them."""
    return str(error).rpartition("PDFium: ")[2].rstrip(").")
