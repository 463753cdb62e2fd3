"""caption(options): asks a vision model on a server of one's own for captions of photos that have none."""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from library import picture_runs, sources
from library.events import CountsUpdated, PhotosUpdated, publish
from library.judging import rejudge, words_now
from library.lease import library_lease
from library.looking import Shown, make_thumbs, start_making, thumb_there
from library.models import Captioning, Photo
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from library.vision import VisionFailed, VisionServer, VisionUnreachable

CAPTION: Final = "caption"
"""The kind of its jobs, and its lease."""
_AT_ONCE: Final = 1
_PULSE: Final = 0.5  # seconds between two reports while the server thinks
_IN_A_ROW: Final = 3
"""Pictures without an answer one after the other, after which it is the server and not the picture."""


class CaptioningOff(Exception):
    """No vision server is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionResult:
    """What a run came to, in photos."""

    state: str
    captioned: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        counted = {"left as they were": self.unchanged, "failed": self.failed, "without a picture": self.skipped}
        more = "".join(f", {count} {name}" for name, count in counted.items() if count)
        return f"{self.captioned} photos captioned in {self.seconds:.1f} s{more}"


@dataclass(slots=True)
class _Run:
    options: RunOptions
    progress: Progress
    server: VisionServer
    now: datetime = field(default_factory=timezone.now)
    unanswered: int = 0


def caption(options: RunOptions, progress: Progress) -> CaptionResult:
    """Asks for captions and keeps them where nobody wrote a better one.

    Raises CaptioningOff, VisionUnreachable, LibraryBusy, QueryError. Safe to kill at any moment.
    """
    if not settings.OPTIONS.vision_uri:
        raise CaptioningOff("Captions need the address of a vision server (PHOTOPRISM_VISION_URI).")
    run = _Run(options, progress, _server())
    state = JobState.DONE
    with library_lease(CAPTION):
        try:
            _caption_all(run)
        except Cancelled:
            state = JobState.CANCELLED
        finally:
            progress.close()
            publish(CountsUpdated())
    return CaptionResult(
        state=state,
        captioned=progress.updated,
        unchanged=progress.unchanged,
        failed=progress.failed,
        skipped=progress.skipped,
        seconds=progress.seconds,
    )


def has_uncaptioned() -> bool:
    """Whether there is a photo about which the model was not asked and of which nobody said anything."""
    return Photo.objects.filter(captioning__isnull=True, caption="").exists()


def _server() -> VisionServer:
    options = settings.OPTIONS
    return VisionServer(
        uri=options.vision_uri, model=options.vision_model, prompt=options.vision_prompt, key=options.vision_key
    )


def _caption_all(run: _Run) -> None:
    ids = _chosen(run.options)
    run.progress.total = len(ids)
    run.progress.report()
    for (picture,) in picture_runs.pictures(ids, run.progress, _AT_ONCE):
        _caption_one(run, picture)
        run.progress.tick()


def _chosen(options: RunOptions) -> list[int]:
    """Captions that people or files gave are not asked for; nor is a second one, unless it is a rescan."""
    asked = Captioning.objects.all()
    if options.rescan:
        asked = asked.filter(captioned_at__gte=options.since) if options.since else asked.none()
    told = Photo.objects.exclude(caption="").exclude(caption_src=sources.OLLAMA).values_list("pk", flat=True)
    return picture_runs.chosen(options, {*asked.values_list("photo", flat=True), *told})


def _caption_one(run: _Run, picture: Shown) -> None:
    run.progress.current = picture.name
    thumb = _thumb(picture)
    if thumb is None:
        run.progress.skipped += 1
        return
    try:
        text = _asked(run, thumb.read_bytes())
    except VisionFailed as failure:
        run.progress.failed += 1
        run.unanswered += 1
        if run.unanswered >= _IN_A_ROW:
            raise VisionUnreachable(f"{_IN_A_ROW} pictures in a row got no caption: {failure}") from failure
        return
    run.unanswered = 0
    _save(run, picture.photo, text)


def _thumb(picture: Shown) -> Path | None:
    """One that is missing is made by a process of its own, as the original may be made to do harm."""
    if there := thumb_there(picture, picture_runs.studio()):
        return there
    with picture_runs.worker_pool(1, start_making, settings.OPTIONS.index_memory * picture_runs.MEGABYTE) as pool:
        ((_, (made,)),) = picture_runs.in_workers(pool, make_thumbs, [[picture]], 1)
    return made


def _asked(run: _Run, picture: bytes) -> str:
    """The answer, while it is told that the run goes on; raises Cancelled as soon as somebody asks for it."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        answer: Future[str] = threads.submit(run.server.describe, picture)
        try:
            while True:
                with suppress(NotYet):
                    return answer.result(timeout=_PULSE)
                run.progress.tick()
        except Cancelled:
            with suppress(OSError):
                run.server.stop()
            raise


def _save(run: _Run, photo_id: int, text: str) -> None:
    """One transaction; what a person wrote or took away meanwhile or before stays."""
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(pk=photo_id).first()
        if photo is None:
            run.progress.skipped += 1
        elif _write(photo, text, run.now):
            run.progress.updated += 1
            publish(PhotosUpdated((photo.uid,)))
        else:
            run.progress.unchanged += 1


def _write(photo: Photo, text: str, now: datetime) -> bool:
    """Whether the photo has another caption now."""
    asked_before = Captioning.objects.filter(photo=photo).exists()
    asked = {"model": settings.OPTIONS.vision_model, "captioned_at": now}
    Captioning.objects.update_or_create(photo=photo, defaults=asked)
    if not text or text == photo.caption or not _may_caption(photo, asked_before=asked_before):
        return False
    before = words_now(photo)
    photo.caption, photo.caption_src = text, sources.OLLAMA
    photo.save(update_fields=["caption", "caption_src", "updated_at"])
    rejudge(photo, before)
    return True


def _may_caption(photo: Photo, *, asked_before: bool) -> bool:
    if photo.caption:
        return sources.better(sources.OLLAMA, photo.caption_src)
    # Somebody has emptied it.
    return not (asked_before and photo.edited_at is not None)
