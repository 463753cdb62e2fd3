"""Small real videos, made on the spot by FFmpeg."""

import struct
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


def make_animated_jxl(path: Path) -> Path:
    """Ten frames in a second, with an alpha channel."""
    ffmpeg("-f", "lavfi", "-i", f"{TESTSRC}=size=64x48:rate=10", "-t", "1", "-pix_fmt", "rgba", "-c:v", "libjxl_anim",
           "-f", "rawvideo", str(path))  # fmt: skip
    return path


def make_heic_sequence(path: Path, *, still: bytes = b"") -> Path:
    """Ten frames in a second; behind a `still`, which is the content of a HEIC file."""
    film = make_video(path.with_suffix(".mp4"), codec="hevc", seconds=1, size="128x96", more=("-r", "10"))
    content = film.read_bytes()
    film.unlink()
    length = int.from_bytes(content[:4], "big")
    brands = struct.pack(">I4s4sI", length, b"ftyp", b"msf1", 0) + (b"msf1hevc" * 9)[: length - 16]
    if not still:
        path.write_bytes(brands + content[length:])
        return path
    shift, at = len(still) - length, content.index(b"stco")
    (count,) = struct.unpack_from(">I", content, at + 8)
    places = struct.unpack_from(f">{count}I", content, at + 12)
    moved = struct.pack(f">{count}I", *(place + shift for place in places))
    path.write_bytes(
        still.replace(b"ftypheic", b"ftyphevc", 1) + content[length : at + 12] + moved + content[at + 12 + 4 * count :]
    )
    return path
