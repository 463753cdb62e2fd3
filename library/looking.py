"""What a worker does that looks for labels alone: sees thumbs, and makes them where they are missing."""

import os
from dataclasses import dataclass
from pathlib import Path

from library.classify.model import MODEL_BYTES, MODEL_SPACE
from library.classify.seeing import LOOKED_AT, Impression, see
from library.media.beneath import LeadsOut, resolve_beneath
from library.media.formats import by_code
from library.media.images import Undecodable
from library.media.limits import limit_process
from library.media.sizes import SIZES
from library.media.thumbs import render_one, thumb_name

_STDERR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Where things are, and how a thumb is made."""

    originals: Path
    thumbs: Path
    models: Path
    quality: int
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a photo: the name of its original, its format and its hash."""

    photo: int
    name: str
    type: str
    hash: str


def start(memory: int) -> None:
    """Runs first in each worker; Django is never set up here."""
    limit_process(memory + MODEL_BYTES, view_bytes=MODEL_SPACE)
    close_stderr()


def start_making(memory: int) -> None:
    """Runs first in a worker that only makes thumbs."""
    limit_process(memory)
    close_stderr()


def close_stderr() -> None:
    """The libraries of models greet on it in each process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)


def look(pictures: list[Shown], studio: Studio) -> list[Impression | None]:
    """What is seen in each; None where there is no thumb and none can be made. Raises ModelUnusable."""
    return [_look(picture, studio) for picture in pictures]


def _look(picture: Shown, studio: Studio) -> Impression | None:
    thumb = thumb_of(picture, studio, LOOKED_AT)
    try:
        return see(thumb, studio.models) if thumb else None
    except OSError:
        return None


def make_thumbs(pictures: list[Shown], studio: Studio) -> list[Path | None]:
    """The thumb of each that models look at; None where none can be made."""
    return [thumb_of(picture, studio, LOOKED_AT) for picture in pictures]


def thumb_there(picture: Shown, studio: Studio) -> Path | None:
    """The thumb that models look at, if it lies in the cache."""
    thumb = studio.thumbs / thumb_name(picture.hash, SIZES[LOOKED_AT])
    return thumb if thumb.exists() else None


def thumb_of(picture: Shown, studio: Studio, size_name: str) -> Path | None:
    """The thumb of a picture, made if it is not there; a smaller one if that shows every pixel, None if none can be."""
    size = SIZES[size_name]
    thumb = studio.thumbs / thumb_name(picture.hash, size)
    try:
        if thumb.exists():
            return thumb
        return render_one(
            resolve_beneath(studio.originals, studio.originals / picture.name),
            by_code(picture.type),
            picture.hash,
            size,
            studio.thumbs,
            quality=studio.quality,
            max_pixels=studio.max_pixels,
        )
    except (OSError, Undecodable, LeadsOut, KeyError):
        return None
