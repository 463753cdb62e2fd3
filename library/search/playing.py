"""Which file plays where a photo is shown: the video it is, the one inside of it, or the one beside it; or it moves."""

from typing import Final

from django.db.models import Q

from library.access import Grant
from library.media.ffmpeg import ANIMATIONS
from library.models import File
from library.search import visible_files

_PLAYABLE: Final = Q(is_video=True) | Q(video_length__gt=0)


def playable_file(file_hash: str, grant: Grant) -> File | None:
    """The file with this hash if it is or has a video, else the video of its photo; None if nothing plays.

    With `video_length` the video is that part of the file, from `video_offset` on. The clients of Live Photos ask by
    the hash of the picture. Of several videos the shortest one is meant: it is the one that moves the picture.
    """
    shown = visible_files(grant).filter(hash=file_hash).order_by("is_missing", "pk").first()
    if shown is None or shown.is_playable:
        return shown
    beside = visible_files(grant).filter(_PLAYABLE, photo=shown.photo_id, is_missing=False, error="")
    return beside.order_by("is_video", "duration", "pk").first()


def animated_file(file_hash: str, grant: Grant) -> File | None:
    """The file with this hash if it is an animated picture that few browsers play."""
    return visible_files(grant).filter(hash=file_hash, type__in=ANIMATIONS, frames__gt=1, is_missing=False).first()
