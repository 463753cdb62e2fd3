"""Pure: the command lines by which FFmpeg makes a video that every browser plays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

Encoder = Literal["software", "intel", "nvidia", "vaapi", "v4l2"]
Form = Literal["mp4", "hls", "webp"]

PLAYLIST: Final = "index.m3u8"
SEGMENT: Final = 4
"""Seconds of a segment of HLS: what one waits for at least until it plays."""

_SEQUENCE: Final = ("mov", "0:m:handler_name", "0:V:0")
ANIMATIONS: Final = {"jxl": ("jpegxl_anim", "0:V:0"), "heics": _SEQUENCE, "heic": _SEQUENCE}
"""The animated pictures that few browsers play, of which a WebP is made: FFmpeg's names of the container and of the
streams to try. A still beside a sequence is a stream before it, but has no handler."""

_MOST_FRAMES: Final = 1000
_MOST_PIXELS: Final = 110_000_000  # of a frame, as of one that stands still
_ANIMATION_EDGE: Final = 1280  # pixels on the longer side
_MAX_ALLOC: Final = 1 << 30  # bytes; FFmpeg's own limit for one piece of memory
_DEVICE: Final = "/dev/dri/renderD128"
_SETTING_OUT: Final[dict[Encoder, list[str]]] = {
    "vaapi": ["-vaapi_device", _DEVICE],
    "intel": ["-init_hw_device", f"qsv=hw,child_device={_DEVICE}", "-filter_hw_device", "hw"],
}
_PIXELS: Final[dict[Encoder, str]] = {"vaapi": "format=nv12,hwupload", "intel": "format=nv12", "v4l2": "format=yuv420p"}
_ENCODERS: Final[dict[Encoder, list[str]]] = {
    "software": ["-c:v", "libx264", "-preset", "veryfast", "-crf", "22"],
    "intel": ["-c:v", "h264_qsv", "-global_quality", "23"],
    "nvidia": ["-c:v", "h264_nvenc", "-preset", "p4", "-rc", "vbr", "-cq", "23"],
    "vaapi": ["-c:v", "h264_vaapi", "-qp", "23"],
    "v4l2": ["-c:v", "h264_v4l2m2m", "-num_output_buffers", "72", "-num_capture_buffers", "64"],
}
_IN_SRGB: Final = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What to make of a file. `width`, `height` are its pixels upright; `bitrate` in Mbit/s bounds the result.

    With `keeps_pictures` or `keeps_sound` these are copied as they are. `demuxer` is FFmpeg's name of the container.
    """

    source: Path
    demuxer: str
    form: Form
    width: int
    height: int
    size: int
    bitrate: int
    encoder: Encoder = "software"
    duration: timedelta | None = None
    keeps_pictures: bool = False
    keeps_sound: bool = False
    is_hdr: bool = False


def command(program: Path, recipe: Recipe, target: str) -> list[str]:
    """The arguments that make `target`, a name in the working folder, and report on standard output as they go.

    FFmpeg may read the one file only, as what it is: neither playlists nor addresses nor standard input.
    """
    return [
        *_beginning(program),
        *([] if recipe.keeps_pictures else _SETTING_OUT.get(recipe.encoder, [])),
        *_only(recipe.source, recipe.demuxer),
        # The film and its first sound; no cover, no subtitles, and nothing of where and by whom it was taken.
        *("-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *_length(recipe),
        *_pictures(recipe),
        *(("-c:a", "copy") if recipe.keeps_sound else ("-c:a", "aac", "-b:a", "160k", "-ac", "2")),
        *("-max_muxing_queue_size", "1024"),
        *_container(recipe.form, target),
    ]


def animations(program: Path, source: Path, kind: str, target: str) -> list[list[str]]:
    """The ways to try in turn of making a WebP, transparency included, of an animated picture of this type."""
    demuxer, *streams = ANIMATIONS[kind]
    return [_animation(program, source, demuxer, stream, target) for stream in streams]


def _animation(program: Path, source: Path, demuxer: str, stream: str, target: str) -> list[str]:
    fit = f"scale='min({_ANIMATION_EDGE},iw)':'min({_ANIMATION_EDGE},ih)':force_original_aspect_ratio=decrease"
    return [
        *_beginning(program),
        *("-max_pixels", str(_MOST_PIXELS)),
        *_only(source, demuxer),
        *("-map", stream, "-map_metadata", "-1", "-frames:v", str(_MOST_FRAMES), "-fps_mode", "passthrough"),
        *("-vf", f"{fit},format=yuva420p", "-c:v", "libwebp_anim", "-quality", "80", "-compression_level", "3"),
        *("-loop", "0", "-f", "webp", target),
    ]


def _beginning(program: Path) -> Sequence[str]:
    quiet = ("-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-max_alloc", str(_MAX_ALLOC))
    return (str(program), *quiet, "-progress", "pipe:1", "-stats_period", "0.5")


def _only(source: Path, demuxer: str) -> Sequence[str]:
    return ("-protocol_whitelist", "file", "-format_whitelist", demuxer, "-f", demuxer, "-i", f"file:{source}")


def scaled(width: int, height: int, size: int) -> tuple[int, int]:
    """The size in pixels that a video gets: its longest side at most `size`, both even."""
    scale = min(1.0, size / max(width, height, 1))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def bitrate_for(width: int, height: int, limit: int) -> int:
    """Mbit/s that a video of this size may take: PhotoPrism's rule of twelve bits a pixel (convert_video_avc.go)."""
    return max(1, min(limit, math.ceil(width * height * 12 / 1_000_000)))


def read_progress(line: str) -> timedelta | None:
    """How much of the film is made, from a line of FFmpeg's report; None if the line tells something else."""
    name, _, value = line.strip().partition("=")
    if name != "out_time_us" or not value.isdigit():
        return None
    return timedelta(microseconds=min(int(value), _LONGEST))


_LONGEST: Final = 10**15


def _length(recipe: Recipe) -> Sequence[str]:
    """A film that goes on after its end was never meant to end."""
    longest = recipe.duration.total_seconds() * 1.05 + 10 if recipe.duration else _WITHOUT_LENGTH
    return ("-t", f"{longest:.0f}")


_WITHOUT_LENGTH: Final = 4 * 3600.0


def _pictures(recipe: Recipe) -> list[str]:
    if recipe.keeps_pictures:
        return ["-c:v", "copy"]
    width, height = scaled(recipe.width, recipe.height, recipe.size)
    filters = [f"scale={width}:{height}:out_range=tv", "setsar=1", _PIXELS.get(recipe.encoder, "format=yuv420p")]
    if recipe.is_hdr:
        filters.insert(1, _IN_SRGB)
    rate = bitrate_for(width, height, recipe.bitrate)
    bounds = ["-b:v", f"{rate}M"] if recipe.encoder == "v4l2" else ["-maxrate", f"{rate}M", "-bufsize", f"{2 * rate}M"]
    return [
        *("-vf", ",".join(filters), *_ENCODERS[recipe.encoder], *bounds),
        *("-fpsmax", "60", "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT})"),
    ]


def _container(form: Form, target: str) -> Sequence[str]:
    if form == "mp4":
        return ("-movflags", "+faststart", "-f", "mp4", target)
    return (
        *("-f", "hls", "-hls_time", str(SEGMENT), "-hls_playlist_type", "event", "-hls_segment_type", "fmp4"),
        # A segment appears under its name, and in the playlist, when it is whole.
        *("-hls_flags", "independent_segments+temp_file", "-hls_fmp4_init_filename", "init.mp4"),
        *("-hls_segment_filename", "%05d.m4s", target),
    )
