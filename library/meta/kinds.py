"""Kinds of pictures: media type, panorama, projection, and what is no photograph."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final, Literal

MediaKind = Literal["image", "raw", "live", "video", "animated", "vector"]

LIVE_LIMIT: Final = timedelta(seconds=3.1)
PANORAMA_MIN_WIDTH: Final = 1000
PANORAMA_MIN_HEIGHT: Final = 500
PANORAMA_ASPECT: Final = 1.9
PROJECTIONS: Final = (
    "equirectangular",
    "cubestrip",
    "cylindrical",
    "transverse-cylindrical",
    "pseudocylindrical-compromise",
)
NON_PHOTOGRAPHIC_KINDS: Final = frozenset({"", "vector", "animated"})
NON_PHOTOGRAPHIC_KEYWORDS: Final = frozenset({"screenshot", "screenshots", "info"})


def media_kind(
    format_kind: MediaKind, *, frames: int = 0, duration: timedelta | None = None, has_video: bool = False
) -> MediaKind:
    """The type of a photo from its format's type and what was found in the file.

    Pictures with frames are animated, pictures with a video of their own are live, and so are
    videos of at most 3.1 seconds.
    """
    seconds = duration or timedelta()
    if format_kind == "video":
        return "live" if timedelta() < seconds <= LIVE_LIMIT else "video"
    if format_kind == "image" and has_video:
        return "live"
    if format_kind == "image" and (frames > 1 or seconds):
        return "animated"
    return format_kind


def projection(written: str) -> str:
    """The known name of a projection, "other" for one that is not known, "" for none."""
    name = re.sub(r"[^a-z-]", "", written.strip().lower())
    return name if name in PROJECTIONS else "other" if written.strip() else ""


def is_panorama(width: int, height: int, projection: str = "") -> bool:
    """Whether an upright picture of that many pixels is a panorama."""
    if width <= PANORAMA_MIN_WIDTH or height <= PANORAMA_MIN_HEIGHT:
        return False
    return projection in PROJECTIONS or width / height > PANORAMA_ASPECT


def is_non_photographic(kind: str, keywords: Collection[str] = ()) -> bool:
    """Whether something is a drawing, an animation or a screenshot rather than a photograph."""
    return kind in NON_PHOTOGRAPHIC_KINDS or any(word.lower() in NON_PHOTOGRAPHIC_KEYWORDS for word in keywords)
