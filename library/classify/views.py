"""The views of a picture that the model looks at: squares of 260 pixels from a thumb."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyvips
from numpy.typing import NDArray

from library.classify.model import EDGE

View = NDArray[np.uint8]

SQUARE: Final = 1.15
"""Up to this ratio of the sides the middle shows no more than the whole does."""
WIDE: Final = 2.0
"""From this ratio on the whole is squeezed beyond recognition."""

# From this size on a JPEG is decoded at half its size, which is three times faster and shows the model as much.
_HALVED: Final = 480


class Views:
    """A thumb as the model looks at it. Raises OSError if it cannot be read."""

    def __init__(self, thumb: Path) -> None:
        try:
            picture = pyvips.Image.new_from_file(os.fsencode(thumb))
            if thumb.suffix == ".jpg" and min(picture.width, picture.height) >= _HALVED:
                picture = pyvips.Image.new_from_file(os.fsencode(thumb), shrink=2)
            self._picture = picture.colourspace("srgb").copy_memory()
        except pyvips.Error as error:
            raise OSError(f"The thumb {thumb.name} cannot be read: {error.detail.strip()}") from error
        self._short = min(self._picture.width, self._picture.height)
        self.ratio: float = max(self._picture.width, self._picture.height) / self._short

    @property
    def is_wide(self) -> bool:
        return self.ratio >= WIDE

    def first(self) -> View:
        """The whole picture squeezed into the square, so that nothing is cut off; of a panorama its middle."""
        return self._square(0.5) if self.is_wide else _pixels(self._picture)

    def others(self) -> Iterator[View]:
        """The middle as it is; of a panorama both its ends; of what is nearly square nothing."""
        if self.is_wide:
            yield self._square(0.0)
            yield self._square(1.0)
        elif self.ratio > SQUARE:
            yield self._square(0.5)

    def _square(self, at: float) -> View:
        """The square at a part of the longer side: 0 its beginning, 0.5 the middle, 1 its end."""
        left, top = (round((side - self._short) * at) for side in (self._picture.width, self._picture.height))
        return _pixels(self._picture.crop(left, top, self._short, self._short))


def _pixels(picture: pyvips.Image) -> View:
    sized = picture.resize(EDGE / picture.width, vscale=EDGE / picture.height, kernel="linear")
    pixels: View = sized.numpy()[:EDGE, :EDGE, :3]
    if pixels.shape != (EDGE, EDGE, 3):
        raise OSError("A thumb of one pixel shows nothing.")
    return pixels
