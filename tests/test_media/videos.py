"""Small real videos, made on the spot by FFmpeg."""

import subprocess
from pathlib import Path

from library.media.converting import find_ffmpeg

TESTSRC = "testsrc2"
BLACK_FOR_A_SECOND = "testsrc2=size=160x120:rate=25,drawbox=c=black:t=fill:enable='lt(t,1)'"
RED = "color=c=red"
BLACK = "color=c=black"
_CODECS = {
    "h264": ("-c:v", "libx264", "-preset", "ultrafast"),
    "hevc": ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1"),
    "vp9": ("-c:v", "libvpx-vp9", "-cpu-used", "8", "-deadline", "realtime"),
    "mpeg4": ("-c:v", "mpeg4"),
    "mjpeg": ("-c:v", "mjpeg"),
    "mpeg2": ("-c:v", "mpeg2video"),
}


def make_video(
    path: Path,
    *,
    codec: str = "h264",
    picture: str = TESTSRC,
    seconds: float = 1,
    size: str = "160x120",
    sound: str = "",
    turn: int = 0,
    more: tuple[str, ...] = (),
) -> Path:
    """A film of a test picture at 25 frames a second; `turn` degrees clockwise, `sound` by the encoder of this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source = picture if "size=" in picture else f"{picture}{':' if '=' in picture else '='}size={size}:rate=25"
    tone = ("-f", "lavfi", "-i", "sine=frequency=440") if sound else ()
    coded = (*_CODECS[codec], "-pix_fmt", "yuv420p", *(("-c:a", sound) if sound else ("-an",)))
    made = path.with_name(f"straight.{path.name}") if turn else path
    ffmpeg("-f", "lavfi", "-i", source, *tone, "-t", str(seconds), *coded, *more, str(made))
    if turn:
        ffmpeg("-display_rotation:v:0", str(-turn), "-i", str(made), "-c", "copy", *more, str(path))
        made.unlink()
    return path


def ffmpeg(*arguments: str) -> None:
    program = find_ffmpeg("")
    subprocess.run([str(program), "-v", "error", "-nostdin", "-y", *arguments], check=True, capture_output=True)
