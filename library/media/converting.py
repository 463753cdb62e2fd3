"""Makes a video that every browser plays, once, from one that not every browser does; and of animations a WebP."""

import logging
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as Overdue
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import imageio_ffmpeg
from pebble import ProcessExpired, ProcessPool

from library.media import videocache
from library.media.ffmpeg import PLAYLIST, Encoder, Form, Recipe, animations, command, read_progress
from library.media.formats import by_code
from library.media.limits import limit_process
from library.media.mediafile import open_regular
from library.media.run import ToolFailed, follow
from library.media.video import Video, demuxer_of, probe

logger = logging.getLogger(__name__)

COMMON_PIXELS: Final = frozenset({"yuv420p", "yuvj420p"})
_MEMORY: Final = 6 * 1024**3
"""Bytes that FFmpeg may map: an encoder with a thread for each core, of a film in 8K."""

_STALL: Final = 120.0  # seconds without a further frame


class NotConverted(Exception):
    """The video could not be made; the message says why in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file with a video: all of it, or `length` bytes from `offset` on. `type` is a name of the table of formats."""

    path: Path
    type: str
    hash: str
    offset: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How videos are made: `size` in pixels, `bitrate` in Mbit/s, `cache` in bytes below the folder `out`.

    `deadline` in seconds and `memory` in bytes are for reading what a video is.
    """

    program: Path
    out: Path
    encoder: Encoder
    size: int
    bitrate: int
    cache: int
    deadline: float
    memory: int


OnProgress = Callable[[float], None]
"""Gets the share that is made, from 0 to 1, about twice a second; ends the work by raising."""


def convert(source: Source, form: Form, rules: Rules, on_progress: OnProgress) -> Path:
    """The file or folder of the video, made if it is not there. Raises NotConverted, OSError, what `on_progress` does.

    What a graphics card cannot do the processor does.
    """
    made = videocache.place(rules.out, source.hash, form)
    if videocache.is_made(made):
        return made
    with _workshop(made) as folder:
        if form == "webp":
            _animate(source, made, folder, rules, on_progress)
        else:
            _convert(source, form, made, folder, rules, on_progress)
    videocache.make_room(rules.out, rules.cache)
    return made


@cache
def find_ffmpeg(name: str) -> Path | None:
    """The program of this name, or without one that of the imageio-ffmpeg package; None if there is none."""
    if name:
        found = shutil.which(name)
        return Path(found) if found else None
    try:
        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        return None


@contextmanager
def _workshop(made: Path) -> Iterator[Path]:
    """A folder for what is in the making; HLS is played while it is, so it grows where it will stay."""
    folder = made.with_name(f"{made.name}.part")
    videocache.remove(folder)
    videocache.remove(made)
    folder.mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        videocache.remove(made)
        raise
    finally:
        videocache.remove(folder)


def _animate(source: Source, made: Path, folder: Path, rules: Rules, on_progress: OnProgress) -> None:
    """An animated picture; nobody knows how many frames are to come."""
    target = folder / "made.webp"
    ways = animations(rules.program, source.path, source.type, target.name)
    for number, way in enumerate(ways):
        try:
            follow(way, on_line=lambda _: on_progress(0.0), stall=_STALL, folder=folder, memory=_MEMORY)
        except ToolFailed as failed:
            if number + 1 == len(ways):
                raise NotConverted(f"The animation could not be converted: {failed}") from failed
        else:
            target.replace(made)
            return


def _convert(  # noqa: PLR0917 - as `convert` was asked
    source: Source, form: Form, made: Path, folder: Path, rules: Rules, on_progress: OnProgress
) -> None:
    with _input(source, form, rules, folder) as (path, kind):
        video = _probe_apart(path, kind, rules)
        _make(_recipe(path, kind, form, video, rules), made, folder, rules, on_progress)


@contextmanager
def _input(source: Source, form: Form, rules: Rules, folder: Path) -> Iterator[tuple[Path, str]]:
    """What is converted, and its format: the other form if that is made already, as it needs copying only."""
    other = videocache.place(rules.out, source.hash, "hls" if form == "mp4" else "mp4")
    if videocache.is_made(other):
        path = _joined(other, folder) if other.is_dir() else other
        yield path, "mp4"
    elif source.length:
        yield _cut_out(source, folder), "mp4"
    else:
        yield source.path, source.type


def _joined(hls: Path, folder: Path) -> Path:
    """The segments behind each other are a fragmented MP4."""
    joined = folder / "joined.mp4"
    with joined.open("wb") as target:
        for part in [hls / "init.mp4", *sorted(hls.glob("*.m4s"))]:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, target)
    return joined


def _cut_out(source: Source, folder: Path) -> Path:
    """The video of a motion photo as a file of its own."""
    clip = folder / "clip.mp4"
    with open_regular(source.path) as stream, clip.open("wb") as target:
        stream.seek(source.offset)
        target.write(stream.read(source.length))
    return clip


def _recipe(path: Path, kind: str, form: Form, video: Video, rules: Rules) -> Recipe:
    with open_regular(path) as stream:
        demuxer = demuxer_of(stream, by_code(kind))
    return Recipe(
        source=path,
        demuxer=demuxer,
        form=form,
        width=video.width,
        height=video.height,
        size=rules.size,
        bitrate=rules.bitrate,
        encoder=rules.encoder,
        duration=video.duration,
        keeps_pictures=_is_fit(path, video, rules),
        keeps_sound=video.audio == "aac",
        is_hdr=video.is_hdr,
    )


def _is_fit(path: Path, video: Video, rules: Rules) -> bool:
    """Whether its pictures may stay as they are, and only the container or the sound has to change."""
    seconds = video.duration.total_seconds() if video.duration else 0
    is_slow = seconds > 0 and path.stat().st_size * 8 / seconds <= rules.bitrate * 1_000_000
    return video.codec in ("avc1", "avc3") and video.pixels in COMMON_PIXELS and video.orientation == 1 and is_slow


def _make(recipe: Recipe, made: Path, folder: Path, rules: Rules, on_progress: OnProgress) -> None:
    """Tries each way until one works."""
    ways = _ways(recipe)
    for number, way in enumerate(ways):
        try:
            _run(way, made, folder, rules, on_progress)
        except ToolFailed as failed:
            if number + 1 == len(ways):
                raise NotConverted(f"The video could not be converted: {failed}") from failed
            logger.warning("%s: %s; trying another way.", recipe.source.name, failed)
        else:
            return


def _ways(recipe: Recipe) -> list[Recipe]:
    """The recipe; without the graphics card; and without what an older FFmpeg does not know."""
    again = replace(recipe, keeps_pictures=False, keeps_sound=False, encoder="software")
    return list(dict.fromkeys([recipe, again, replace(again, is_hdr=False)]))


def _run(recipe: Recipe, made: Path, folder: Path, rules: Rules, on_progress: OnProgress) -> None:
    length = recipe.duration.total_seconds() if recipe.duration else 0.0
    share = 0.0

    def report(line: str) -> None:
        nonlocal share
        done = read_progress(line)
        if done is not None and length:
            share = min(1.0, done.total_seconds() / length)
        if done is not None or not line:
            on_progress(share)

    if recipe.form == "hls":
        videocache.remove(made)
        made.mkdir()
    working = made if recipe.form == "hls" else folder
    target = PLAYLIST if recipe.form == "hls" else "made.mp4"
    follow(command(rules.program, recipe, target), on_line=report, stall=_STALL, folder=working, memory=_MEMORY)
    if recipe.form == "mp4":
        (folder / target).replace(made)
    if not videocache.is_made(made):
        raise ToolFailed("FFmpeg ended before the film did.")


def _probe_apart(path: Path, kind: str, rules: Rules) -> Video:
    """What a video is, found out by a limited child process: its demuxers meet strangers' files."""
    pool = ProcessPool(
        max_workers=1,
        initializer=limit_process,
        initargs=[rules.memory],
        context=multiprocessing.get_context("spawn"),
    )
    try:
        video: Video = pool.schedule(probe, args=[path, by_code(kind)], timeout=rules.deadline).result()
    except (OSError, ValueError, MemoryError, Overdue, ProcessExpired) as error:
        raise NotConverted(f"The video cannot be read: {error or type(error).__name__}.") from error
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        with suppress(RuntimeError):
            pool.join()
    return video
