"""What a worker does that shows pictures to the operator's own model: thumbs to vectors."""

from functools import cache
from pathlib import Path

from library.classify.seeing import LOOKED_AT
from library.looking import Shown, Studio, close_stderr, thumb_of
from library.meaning.pair import ImageHalf, packed, pair_at
from library.media.images import Undecodable
from library.media.limits import limit_process

_SPACE = 1024**3
"""Address space that the library reserves while it is loaded, nearly all of which it never touches."""
_AROUND = 256 * 1024**2
"""What it needs beside the weights, which it holds twice while it reads them."""


def start(memory: int, model_bytes: int) -> None:
    """Runs first in each worker; Django is never set up here."""
    limit_process(memory + 3 * model_bytes + _AROUND, view_bytes=_SPACE)
    close_stderr()


def behold(pictures: list[Shown], studio: Studio, *, folder: str) -> list[bytes | None]:
    """The vector of each by the model in a folder; None where no thumb can be had. Raises EncoderUnusable."""
    model = _model(folder)
    return [_behold(picture, studio, model) for picture in pictures]


def _behold(picture: Shown, studio: Studio, model: ImageHalf) -> bytes | None:
    thumb = thumb_of(picture, studio, LOOKED_AT)
    try:
        return packed(model.encode(model.framing.pixels(thumb))) if thumb else None
    except (OSError, Undecodable):
        return None


@cache
def _model(folder: str) -> ImageHalf:
    """The model of this process."""
    return ImageHalf(pair_at(Path(folder)))
