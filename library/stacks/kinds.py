"""What a photo is by all of its files: picture, RAW, video, or a Live Photo of a picture and a video."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from library.meta.kinds import LIVE_LIMIT, MediaKind, media_kind

PAIR_LIMIT: Final = timedelta(seconds=10)
"""A longer video that has the unique id of a picture is a film with a still, not a Live Photo."""

_APPLE: Final = frozenset({"heic", "heics"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a photo that can be shown. `media_type` and `format` are those of the table of formats."""

    media_type: str
    format: str
    frames: int = 0
    duration: timedelta | None = None
    has_video: bool = False


def kind_of(members: Sequence[Member], *, has_unique_id: bool) -> MediaKind | None:
    """The type of a photo; None without a member. The main file comes first.

    A picture and a video of one name make a Live Photo where Apple's HEIC is one of them, where the video is as
    short as one, or where both have one unique id; the first is PhotoPrism's rule.
    """
    if not members:
        return None
    stills = [member for member in members if member.media_type != "video"]
    videos = [member for member in members if member.media_type == "video"]
    if stills and videos and _is_live(stills, videos, has_unique_id=has_unique_id):
        return "live"
    first = members[0]
    media_type: Any = first.media_type
    has_video = any(member.has_video for member in stills)
    # The time of an embedded video is no sign of an animation.
    duration = first.duration if first.media_type == "video" else None
    return media_kind(media_type, frames=first.frames, duration=duration, has_video=has_video)


def _is_live(stills: Sequence[Member], videos: Sequence[Member], *, has_unique_id: bool) -> bool:
    if any(still.format in _APPLE for still in stills):
        return True
    limit = PAIR_LIMIT if has_unique_id else LIVE_LIMIT
    return any(_lasts(video, limit, or_unknown=has_unique_id) for video in videos)


def _lasts(video: Member, limit: timedelta, *, or_unknown: bool) -> bool:
    """Whether the video is at most as long."""
    return video.duration <= limit if video.duration else or_unknown
