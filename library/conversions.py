"""Videos that browsers cannot play: which ones they are, what is made of them, and how far that is."""

import time
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import Q, QuerySet
from django.utils import timezone

from library.media import converting, videocache
from library.media.converting import NotConverted, OnProgress, Rules, Source
from library.media.ffmpeg import ANIMATIONS, Form
from library.models import File, Job
from library.models.folder import Root
from library.models.job import JobState
from library.progress import Cancelled

__all__ = ["Cancelled", "Conversion", "ConvertOptions", "NotConverted"]

CONVERT: Final = "convert"
LONG: Final = timedelta(minutes=1)
"""Videos above this length are played as HLS while they are being made; shorter ones are soon done."""

EVERY: Final = 0.5  # seconds between two reports
HEARTBEAT: Final = 5.0  # seconds between two, while there is nothing new to report
TRY_AGAIN: Final = timedelta(minutes=10)
"""What could not be converted is not tried again at once, however often players ask."""

_CODECS: Final = {
    **dict.fromkeys(("avc", "avc1", "mp4", "h264"), frozenset({"avc1", "avc3"})),
    **dict.fromkeys(("hevc", "hvc", "hvc1", "hev1", "h265"), frozenset({"hvc1", "hev1"})),
    "vp8": frozenset({"vp8"}),
    **dict.fromkeys(("vp9", "vp09"), frozenset({"vp9"})),
    **dict.fromkeys(("av1", "av01"), frozenset({"av01"})),
    "webm": frozenset({"vp8", "vp9", "av01"}),
}
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertOptions:
    """What to make: `form` of the file with this hash."""

    hash: str
    form: Form

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Conversion:
    """The progress of one conversion, kept in the row of its job."""

    job: Job
    started: float = field(default_factory=time.monotonic)
    share: float = 0.0
    _reported: float = 0.0
    _cancelled: bool = False

    def cancel(self) -> None:
        """The next report raises Cancelled; safe to call from a signal handler."""
        self._cancelled = True

    def report(self, share: float) -> None:
        """Writes the row, at most twice a second; raises Cancelled if that was asked for."""
        now = time.monotonic()
        if self._cancelled:
            raise Cancelled
        if now - self._reported < (EVERY if share > self.share else HEARTBEAT) and self._reported:
            return self._listen()
        self.share, self._reported = share, now
        told = {"share": round(share, 4), "remaining": self._remaining(now)}
        Job.objects.filter(pk=self.job.pk).update(progress=told, heartbeat_at=timezone.now())
        return self._listen()

    def _listen(self) -> None:
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled

    def _remaining(self, now: float) -> float | None:
        """Seconds to go, None while that cannot be known."""
        elapsed = now - self.started
        return round(elapsed / self.share - elapsed, 1) if self.share > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a video is: "original" and "ready" can be played, "missing" was never asked for.

    `share` from 0 to 1 is made, `remaining` in seconds. `is_begun`: the first segment of HLS is there.
    """

    state: str
    share: float = 0.0
    remaining: float | None = None
    is_begun: bool = False
    message: str = ""

    @property
    def is_playable(self) -> bool:
        return self.state in {"original", "ready"}

    @property
    def may_start(self) -> bool:
        return self.state in {"missing", JobState.QUEUED, JobState.CANCELLED}


def wanted_codecs(name: str) -> frozenset[str]:
    """The codecs that the last part of a video's address names; none if it is unknown."""
    return _CODECS.get(name, frozenset())


def plays_as_it_is(file: File, codecs: frozenset[str]) -> bool:
    """Whether the original is what a player of these codecs can take, and not too much for the line."""
    if file.video_length:
        return file.video_codec in codecs
    options = settings.OPTIONS
    seconds = file.duration.total_seconds() if file.duration else 0
    is_slow = not seconds or file.size * 8 / seconds <= options.ffmpeg_bitrate * 1_000_000
    return options.disable_ffmpeg or (file.is_streamable and file.codec in codecs and is_slow)


def state_of(file: File, codecs: frozenset[str], form: Form) -> State:
    """How far what a player of these codecs needs is."""
    if form == "mp4" and plays_as_it_is(file, codecs):
        return State(state="original", share=1.0)
    path = made_path(file.hash, form)
    if videocache.is_made(path):
        return State(state="ready", share=1.0, is_begun=True)
    job = jobs_for(ConvertOptions(hash=file.hash, form=form)).order_by("pk").last()
    # One that was made went again to make room for others; one whose process died will not be made.
    if job is None or job.state == JobState.DONE or _is_long_ago(job) or job.has_stalled(timezone.now()):
        return State(state="missing")
    told = job.progress if job.is_open else {}
    return State(
        state=job.state,
        share=told.get("share", 0.0),
        remaining=told.get("remaining"),
        is_begun=job.is_open and videocache.is_begun(path),
        message=job.result,
    )


def jobs_for(options: ConvertOptions) -> QuerySet[Job]:
    """The jobs that make or made this very video."""
    return Job.objects.filter(kind=CONVERT, arguments__hash=options.hash, arguments__form=options.form)


def convert_file(options: ConvertOptions, on_progress: OnProgress) -> Path:
    """Makes a video. Raises NotConverted, OSError, or what `on_progress` does."""
    files = File.objects.filter(hash=options.hash, is_missing=False)
    file = files.filter(Q(is_video=True) | Q(video_length__gt=0) | Q(type__in=ANIMATIONS)).first()
    if file is None:
        raise NotConverted("The file is gone.")
    source = Source(
        path=Path(storages[_STORAGES[file.root]].path(file.name)),
        type=file.type,
        hash=file.hash,
        offset=file.video_offset,
        length=file.video_length,
    )
    return converting.convert(source, options.form, _rules(), on_progress)


def videos_below(path: str) -> QuerySet[File]:
    """The videos in a folder and below, oldest rows first, from which `plays_as_it_is` has to choose."""
    videos = File.objects.filter(is_video=True, is_missing=False, error="", root=Root.ORIGINALS).order_by("pk")
    return videos.filter(name__startswith=f"{path}/") if path else videos


def made_path(file_hash: str, form: Form) -> Path:
    """Where the video that is made of a file lies."""
    return videocache.place(_root(), file_hash, form)


def _is_long_ago(job: Job) -> bool:
    return job.finished_at is not None and timezone.now() - job.finished_at > TRY_AGAIN


def _root() -> Path:
    path: Path = settings.CACHE_PATH / "videos"
    return path


def _rules() -> Rules:
    """Raises NotConverted where there is no FFmpeg."""
    options = settings.OPTIONS
    program = None if options.disable_ffmpeg else converting.find_ffmpeg(options.ffmpeg_bin)
    if program is None:
        raise NotConverted("FFmpeg is not installed, or disabled (PHOTOPRISM_FFMPEG_BIN, PHOTOPRISM_DISABLE_FFMPEG).")
    return Rules(
        program=program,
        out=_root(),
        encoder=options.ffmpeg_encoder,
        size=options.ffmpeg_size,
        bitrate=options.ffmpeg_bitrate,
        cache=options.video_cache_limit * _MEGABYTE,
        deadline=options.index_timeout,
        memory=options.index_memory * _MEGABYTE,
    )


_STORAGES: Final[dict[str, str]] = {Root.ORIGINALS: "originals", Root.SIDECAR: "sidecar"}
