"""The frame that stands for a video: not black, not broken, from where PhotoPrism takes it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

import pyvips
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from library.media.formats import Format
from library.media.opened import Opened, image_of
from library.media.video import (
    NotAVideo,
    cicp_of,
    duration_of,
    first_frame,
    open_video,
    orientation_of,
    pictures_of,
    seen_size,
)

OFFSETS: Final = (
    (timedelta(hours=1), timedelta(minutes=2, seconds=30)),
    (timedelta(minutes=10), timedelta(minutes=1)),
    (timedelta(minutes=3), timedelta(seconds=30)),
    (timedelta(minutes=1), timedelta(seconds=9)),
    (timedelta(seconds=3.1), timedelta(seconds=3)),
)
"""PhotoPrism's offsets (convert_image_jpeg.go): the first row that the video is longer than counts."""

_ELSEWHERE: Final = (0.1, 0.25, 0.5, 0.75, 0.0)
"""Shares of the length at which a brighter frame is looked for."""

_DARK, _FLAT = 24, 6
"""Mean and spread of the luma (0 to 255) below which a frame is black; a night sky has lights in it."""

_PROOF = 64  # pixels on the longer side, of which the luma is taken
_MOST_PIXELS = 400_000_000
"""Decoded on the way from a key frame to the offset: 200 frames of 1080p, two seconds of work."""


def poster_offset(duration: timedelta | None) -> timedelta:
    """Where in a video of this length the poster is."""
    length = duration or timedelta()
    return next((offset for longer, offset in OFFSETS if length > longer), timedelta())


def open_poster(path: Path, stream: BinaryIO, file_format: Format) -> Opened:
    """The poster of a video, as a decoder of pictures; which side is up stands in the frames alone.

    Raises NotAVideo, or what the decoder raises.
    """
    with open_video(stream, file_format) as container:
        pictures = pictures_of(container)
        frame = first_frame(container, pictures)
        (width, height), frames = seen_size(pictures, frame), pictures.frames

    def load(shrink: int) -> pyvips.Image:
        with open_video(stream, file_format) as film:
            shown = pictures_of(film)
            return _to_image(shown, find_poster(film, shown), shrink)

    return Opened(
        width=width,
        height=height,
        load=load,
        orientation=orientation_of(frame),
        frames=frames,
        shrinks=True,
        cicp=cicp_of(frame),
    )


def find_poster(container: InputContainer, pictures: VideoStream) -> VideoFrame:
    """The frame at the offset, else the first other one that is not black, else the brightest. Raises NotAVideo."""
    best: VideoFrame | None = None
    brightest = -1.0
    for frame in _candidates(container, pictures):
        mean, spread = _luma(frame)
        if not frame.is_corrupt and (mean >= _DARK or spread >= 2 * _FLAT + _DARK):
            return frame
        if mean > brightest:
            best, brightest = frame, mean
    if best is None:
        raise NotAVideo("no frame can be decoded")
    return best


def _to_image(pictures: VideoStream, frame: VideoFrame, shrink: int) -> pyvips.Image:
    """The frame with square pixels, not yet upright; 16 bits where its brightness is still to be mapped."""
    width, height = (max(1, side // shrink) for side in seen_size(pictures, frame))
    deep = cicp_of(frame).is_hdr
    return image_of(frame.to_ndarray(format="rgb48le" if deep else "rgb24", width=width, height=height))


def _candidates(container: InputContainer, pictures: VideoStream) -> Iterator[VideoFrame]:
    duration = duration_of(container, pictures)
    length = duration.total_seconds() if duration else 0.0
    seen = set[float]()
    for seconds in (poster_offset(duration).total_seconds(), *(length * share for share in _ELSEWHERE)):
        if seconds in seen:
            continue
        is_fresh = not seen
        seen.add(seconds)
        try:
            yield _frame_at(container, pictures, seconds, is_fresh=is_fresh)
        except (FFmpegError, NotAVideo):
            continue


def _frame_at(container: InputContainer, pictures: VideoStream, seconds: float, *, is_fresh: bool) -> VideoFrame:
    """The frame at this moment, or one a little before it where key frames are rare."""
    start = (container.start_time or 0) / _MICROSECONDS
    # A bare stream of pictures knows no seeking, and its first frame needs none.
    if seconds or not is_fresh:
        container.seek(round((start + seconds) * _MICROSECONDS), backward=True)
    frame = first_frame(container, pictures)
    for _ in range(_MOST_PIXELS // max(1, frame.width * frame.height)):
        if frame.time is None or frame.time >= start + seconds:
            break
        try:
            frame = first_frame(container, pictures)
        except (FFmpegError, NotAVideo):
            break
    return frame


_MICROSECONDS = 1_000_000


def _luma(frame: VideoFrame) -> tuple[float, float]:
    """Mean and spread of the brightness of a small version."""
    scale = _PROOF / max(frame.width, frame.height)
    width, height = max(2, round(frame.width * scale)), max(2, round(frame.height * scale))
    grey = frame.to_ndarray(format="gray", width=width, height=height)
    return float(grey.mean()), float(grey.std())
