"""The videos that were made for browsers: where they lie, and which go when there are too many."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from library.media.ffmpeg import PLAYLIST, Form

_END: Final = b"#EXT-X-ENDLIST"
_ABANDONED: Final = 24 * 3600.0  # seconds after which what is not finished never will be


def place(root: Path, file_hash: str, form: Form) -> Path:
    """Where the video of a file lies: `a/b/c/<hash>.mp4` or `.webp`, or the folder `<hash>.hls`. Raises ValueError."""
    if len(file_hash) < _MIN_HASH or not file_hash.isalnum():
        raise ValueError(f"{file_hash!r} is no hash.")
    return root.joinpath(*file_hash[:3], f"{file_hash}.{form}")


_MIN_HASH: Final = 4


def is_made(path: Path) -> bool:
    """Whether the video is whole."""
    return path.is_file() or _has_end(path / PLAYLIST)


def is_begun(path: Path) -> bool:
    """Whether its first segment can be played."""
    return path.is_file() or (path / PLAYLIST).is_file()


def mark_played(path: Path) -> None:
    """Notes the moment, as the time of access: that of change stays, which is what browsers know a version by."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def make_room(root: Path, limit: int) -> int:
    """Deletes what was not played for longest until all is within `limit` bytes; how many bytes went."""
    videos = sorted(_videos(root), key=lambda path: path.stat().st_atime_ns)
    sizes = {path: _size(path) for path in videos}
    taken, gone = sum(sizes.values()), 0
    for path in videos:
        if taken - gone <= limit and not _is_abandoned(path):
            continue
        if is_made(path) or _is_abandoned(path):
            remove(path)
            gone += sizes[path]
    return gone


def remove(path: Path) -> None:
    """Deletes a video, or what is there of it."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _videos(root: Path) -> list[Path]:
    return [path for pattern in ("*.mp4", "*.hls", "*.webp", "*.part") for path in root.glob(f"?/?/?/{pattern}")]


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files)


def _is_abandoned(path: Path) -> bool:
    is_part = path.suffix == ".part" or not is_made(path)
    return is_part and time.time() - path.stat().st_mtime > _ABANDONED


def _has_end(playlist: Path) -> bool:
    try:
        return playlist.read_bytes().rstrip().endswith(_END)
    except OSError:
        return False
