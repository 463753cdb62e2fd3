"""Opens a video by the demuxer of its format and says what it is: length, codecs, pixels, which side is up."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO, Final

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from library.media import geometry
from library.media.cicp import SRGB, Cicp
from library.media.formats import Format
from library.media.mediafile import open_regular
from library.media.video_share import share_there
from library.meta.containers import RECORDED, recording_date

LONGEST: Final = timedelta(days=7)
"""A header that announces more than this lies."""

MOST_PIXELS: Final = 150_000_000
"""Of one frame; four times what the largest cameras film."""

_ISO: Final = "mov"
_DEMUXERS: Final = {
    **dict.fromkeys(("mov", "mp4", "m4v", "3gp", "3g2", "f4v"), _ISO),
    "avc": "h264",
    "hevc": "hevc",
    "vvc": "vvc",
    "evc": "evc",
    "av1": "obu",
    "avi": "avi",
    "mpg": "mpeg",
    "mp2": "mpegvideo",
    "mjpg": "mjpeg",
    "mxf": "mxf",
    "flv": "flv",
    "mkv": "matroska",
    "webm": "matroska",
    "mts": "mpegts",
    "m2ts": "mpegts",
    "ogv": "ogg",
    "asf": "asf",
    "wmv": "asf",
    "dv": "dv",
}
_SIGNATURES: Final = (
    (b"RIFF", "avi"),
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"\0\0\x01\xba", "mpeg"),
    (b"\0\0\x01\xb3", "mpegvideo"),
    (b"OggS", "ogg"),
    (b"FLV", "flv"),
    (b"DKIF", "ivf"),
    (b"\x30\x26\xb2\x75", "asf"),
)
_ISO_BOXES: Final = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}

# PhotoPrism's names of codecs: those of the ISO base media format.
_CODECS: Final = {"h264": "avc1", "hevc": "hvc1", "vvc": "vvc1", "av1": "av01", "mpeg4": "mp4v"}
_ISO_TAGS: Final = {"avc1", "avc3", "hvc1", "hev1", "dvh1", "dvhe", "vvc1", "av01", "mp4v", "s263", "jpeg"}

_STREAMED_SOUND: Final = {
    "mov": {"aac", "mp3", "opus", "flac"},
    "matroska": {"opus", "vorbis"},
}
_STREAMED_PICTURES: Final = {"mov": {"h264", "hevc", "av1", "vp9"}, "matroska": {"vp8", "vp9", "av1"}}
_COMMON_PIXELS: Final = {"yuv420p", "yuvj420p"}
_DEEP_PIXELS: Final = {"yuv420p10le"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """What a video is. `width`, `height` are pixels as seen upright; `fps` and `frames` are 0 if unknown.

    `codec` has PhotoPrism's name ("avc1", "hvc1", "vp9" ...), `audio` the decoder's ("aac"), empty without
    sound; `pixels` FFmpeg's ("yuv420p"). `is_streamable`: every player that knows the codec plays the file
    as it is. `tags` are the texts of a container without a movie box, under FFmpeg's names. `damage` is a sentence if
    the film goes on where the file ends.
    """

    width: int
    height: int
    orientation: int
    duration: timedelta | None
    codec: str
    fps: float
    frames: int
    audio: str = ""
    pixels: str = ""
    is_streamable: bool = False
    is_hdr: bool = False
    tags: dict[str, str] = field(default_factory=dict)
    damage: str = ""


class NotAVideo(ValueError):
    """There are no pictures in the file."""


def probe(path: Path, file_format: Format) -> Video:
    """What the video is, of which one frame is decoded. Raises NotAVideo, or what the decoder raises."""
    with open_regular(path) as stream, open_video(stream, file_format) as container:
        pictures = pictures_of(container)
        video = _described(container, pictures, first_frame(container, pictures))
        share = share_there(stream, demuxer_of(stream, file_format))
    lost = f"The file is cut off: at least {max(1 - share, 0.01):.0%} of the film is missing."
    return replace(video, damage=lost if share < 1 else "")


@contextmanager
def open_video(stream: BinaryIO, file_format: Format) -> Iterator[InputContainer]:
    """The container in an open file.

    It is read through `stream` alone: no name reaches the library, the demuxer is given, and no
    protocol is allowed, so that a playlist or a reference in a file leads nowhere.
    """
    container = av.open(
        stream,
        "r",
        format=demuxer_of(stream, file_format),
        container_options={"protocol_whitelist": "none", "probesize": str(_PROBE_BYTES), "max_streams": "64"},
        metadata_errors="replace",
        buffer_size=_BUFFER,
    )
    with container:
        yield container


_PROBE_BYTES = 20_000_000
_BUFFER = 1 << 17


def demuxer_of(stream: BinaryIO, file_format: Format) -> str:
    """FFmpeg's name of the demuxer; never one that reads other files, whatever the file says."""
    stream.seek(0)
    head = stream.read(12)
    stream.seek(0)
    if head[4:8] in _ISO_BOXES:
        return _ISO
    by_bytes = next((name for start, name in _SIGNATURES if head.startswith(start)), "")
    return by_bytes or _DEMUXERS[file_format.name]


def pictures_of(container: InputContainer) -> VideoStream:
    """The stream of the film; a cover picture is none. Raises NotAVideo."""
    streams = [stream for stream in container.streams.video if not stream.disposition & _ATTACHED_PICTURE]
    if not streams or streams[0].codec_context is None:
        raise NotAVideo("there are no pictures in it")
    pictures = streams[0]
    # A worker is one process of several: threads would only cost memory.
    pictures.codec_context.thread_count = 1
    pictures.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
    return pictures


_ATTACHED_PICTURE = av.stream.Disposition.attached_pic


def first_frame(container: InputContainer, pictures: VideoStream, *, most_packets: int = 600) -> VideoFrame:
    """The next frame that can be decoded, within so many packets. Raises NotAVideo."""
    broken = 0
    for number, packet in enumerate(container.demux(pictures)):
        try:
            for frame in packet.decode():
                return frame
        except av.error.InvalidDataError:
            broken += 1
        if number >= most_packets:
            break
    raise NotAVideo("no frame can be decoded")


def seen_size(pictures: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Width and height of a frame with square pixels, before it is turned."""
    shape = pictures.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, 4) <= shape <= 4:
        shape = Fraction(1)
    return max(1, round(frame.width * shape)), frame.height


def orientation_of(frame: VideoFrame) -> int:
    """The EXIF orientation that the display matrix of a frame means."""
    side_data: Any = frame.side_data.get("DISPLAYMATRIX")
    matrix = bytes(side_data) if side_data else b""
    if len(matrix) < _MATRIX.size:
        return 1
    a, b, _, c, d, *_ = _MATRIX.unpack_from(matrix)
    return _ORIENTATIONS.get((_sign(a), _sign(b), _sign(c), _sign(d)), 1)


_MATRIX = struct.Struct("9i")
_ORIENTATIONS = {
    (1, 0, 0, 1): 1,
    (-1, 0, 0, 1): 2,
    (-1, 0, 0, -1): 3,
    (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5,
    (0, 1, -1, 0): 6,
    (0, -1, -1, 0): 7,
    (0, -1, 1, 0): 8,
}


def _sign(number: int) -> int:
    """Of a 16.16 number; what is nearly nothing is nothing."""
    return (number > 1 << 14) - (number < -(1 << 14))


def duration_of(container: InputContainer, pictures: VideoStream) -> timedelta | None:
    """How long it takes, or None where the header says nothing that can be true."""
    seconds = 0.0
    if container.duration:
        seconds = container.duration / av.time_base
    elif pictures.duration and pictures.time_base:
        seconds = float(pictures.duration * pictures.time_base)
    return timedelta(seconds=seconds) if 0 < seconds < LONGEST.total_seconds() else None


def cicp_of(frame: VideoFrame) -> Cicp:
    """How its colours are meant; FFmpeg has turned all but brightness and primaries of HDR into sRGB's."""
    cicp = Cicp(int(frame.color_primaries), int(frame.color_trc))
    return cicp if cicp.is_hdr else SRGB


def _described(container: InputContainer, pictures: VideoStream, frame: VideoFrame) -> Video:
    orientation, duration = orientation_of(frame), duration_of(container, pictures)
    width, height = geometry.upright(*seen_size(pictures, frame), orientation)
    fps = _frame_rate(pictures)
    audio = _sound(container)
    return Video(
        width=width,
        height=height,
        orientation=orientation,
        duration=duration,
        codec=_codec_name(container, pictures),
        fps=fps,
        frames=_count_frames(pictures, duration, fps),
        audio=audio,
        pixels=frame.format.name,
        is_streamable=_is_streamable(container, pictures, frame, audio),
        is_hdr=cicp_of(frame).is_hdr,
        tags=_texts(container, frame),
    )


def _sound(container: InputContainer) -> str:
    """The codec; decoders have names of their own, that of MP3 is "mp3float"."""
    if not container.streams.audio:
        return ""
    context = container.streams.audio[0].codec_context
    return context.codec.canonical_name if context else "unknown"


def _texts(container: InputContainer, frame: VideoFrame) -> dict[str, str]:
    """Of a movie box none: `boxes` reads more of it than FFmpeg tells."""
    if container.format.name.startswith(_ISO):
        return {}
    side_data: Any = frame.side_data
    messages = (bytes(data) for data in side_data if data.type.name == "SEI_UNREGISTERED")
    recorded = next((date for message in messages if (date := recording_date(message))), "")
    return dict(container.metadata) | ({RECORDED: recorded} if recorded else {})


def _frame_rate(pictures: VideoStream) -> float:
    rate = pictures.average_rate or pictures.guessed_rate
    return round(float(rate), 3) if rate and 0 < rate < _FASTEST else 0.0


_FASTEST = 1000


def _count_frames(pictures: VideoStream, duration: timedelta | None, fps: float) -> int:
    counted = pictures.frames or round(duration.total_seconds() * fps if duration else 0)
    return counted if 0 < counted < _MOST_FRAMES else 0


_MOST_FRAMES = 1 << 31


def _codec_name(container: InputContainer, pictures: VideoStream) -> str:
    context = pictures.codec_context
    tag = context.codec_tag.lower()
    if container.format.name.startswith(_ISO) and tag in _ISO_TAGS:
        return tag
    return _CODECS.get(context.codec.canonical_name, context.codec.canonical_name)


def _is_streamable(container: InputContainer, pictures: VideoStream, frame: VideoFrame, audio: str) -> bool:
    kind = container.format.name.split(",")[0]
    codec = pictures.codec_context.codec.canonical_name
    pixels = _COMMON_PIXELS if codec == "h264" else _COMMON_PIXELS | _DEEP_PIXELS
    has_known_sound = not audio or audio in _STREAMED_SOUND.get(kind, ())
    return codec in _STREAMED_PICTURES.get(kind, ()) and frame.format.name in pixels and has_known_sound
