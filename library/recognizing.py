"""recognize(options): reads the text in the pictures of indexed photos, in one process of its own beside everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from library import picture_runs, reading
from library.events import CountsUpdated, PhotosUpdated, publish
from library.lease import library_lease
from library.looking import Shown
from library.model_troubles import ModelTrouble
from library.models import File, Photo, Recognition
from library.models.folder import Root
from library.models.job import JobState
from library.models.photo import PhotoType
from library.ocr.recognizer import VERSION, Line, RecognizerUnusable, check
from library.picture_runs import RunOptions
from library.progress import Cancelled, Progress
from library.seen_texts import save_lines

RECOGNIZE: Final = "text"
"""The kind of its jobs, and its lease: days of reading must not keep anybody from indexing."""
TROUBLE: Final = ModelTrouble("rapidocr")

_UNREAD: Final = (PhotoType.VIDEO, PhotoType.AUDIO)
"""Of these there is but a frame, which says little of what is in them."""
_AT_ONCE: Final = 1  # a page full of lines takes ten seconds, and progress is told between two pictures
_WORKERS: Final = 1  # it takes a gigabyte


class RecognitionOff(Exception):
    """Reading text is not switched on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizeResult:
    """What a run came to, in photos."""

    state: str
    with_text: int = 0
    without: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        read = self.with_text + self.without
        text = f"{read} photos read in {self.seconds:.1f} s: {self.with_text} with text"
        return f"{text}, {self.skipped} without a picture to read" if self.skipped else text


@dataclass(slots=True)
class _Run:
    options: RunOptions
    progress: Progress
    now: datetime = field(default_factory=timezone.now)


def recognize(options: RunOptions, progress: Progress) -> RecognizeResult:
    """Reads the pictures and keeps their text. Raises RecognitionOff, RecognizerUnusable, LibraryBusy, QueryError.

    Safe to kill at any moment: the next run goes on with those that were not read.
    """
    if not settings.OPTIONS.detect_text:
        raise RecognitionOff("Text is read in pictures only with PHOTOPRISM_DETECT_TEXT=true.")
    try:
        check()
        state = _recognize(_Run(options, progress))
    except RecognizerUnusable as error:
        TROUBLE.report(str(error))
        raise
    TROUBLE.forget()
    progress.close()
    publish(CountsUpdated())
    return RecognizeResult(
        state=state,
        with_text=progress.updated,
        without=progress.unchanged,
        skipped=progress.skipped,
        seconds=progress.seconds,
    )


def has_unread() -> bool:
    """Whether a picture was never read, or another one is shown since."""
    read = Recognition.objects.filter(photo=OuterRef("photo"), hash=OuterRef("hash"), version=VERSION)
    shown = File.objects.filter(~Exists(read), is_primary=True, is_missing=False, root=Root.ORIGINALS)
    return shown.filter(photo__isnull=False).exclude(photo__type__in=_UNREAD).exists()


def _recognize(run: _Run) -> JobState:
    with library_lease(RECOGNIZE):
        try:
            _read_all(run)
        except Cancelled:
            return JobState.CANCELLED
    return JobState.DONE


def _read_all(run: _Run) -> None:
    ids = _chosen(run.options)
    run.progress.total = len(ids)
    run.progress.report()
    with picture_runs.worker_pool(_WORKERS, reading.start) as pool:
        portions = picture_runs.pictures(ids, run.progress, _AT_ONCE)
        for pictures, found in picture_runs.in_workers(pool, reading.read, portions, _WORKERS):
            _save(run, pictures, found)
            run.progress.tick()


def _chosen(options: RunOptions) -> list[int]:
    done = Recognition.objects.filter(version=VERSION)
    if options.rescan:
        done = done.filter(read_at__gte=options.since) if options.since else done.none()
    same = done.filter(photo__files__is_primary=True, photo__files__hash=F("hash"))
    unread = Photo.objects.filter(type__in=_UNREAD).values_list("pk", flat=True)
    return picture_runs.chosen(options, {*same.values_list("photo", flat=True), *unread})


def _save(run: _Run, pictures: Sequence[Shown], found: Sequence[tuple[Line, ...] | None]) -> None:
    """One transaction; photos that are gone since are left out."""
    read = {shown.photo: (shown, lines) for shown, lines in zip(pictures, found, strict=True) if lines is not None}
    changed = []
    with transaction.atomic():
        for photo in Photo.objects.select_for_update().filter(pk__in=read).order_by("pk"):
            shown, lines = read[photo.pk]
            if save_lines(photo, shown.hash, lines, run.now):
                changed.append(photo.uid)
        if changed:
            publish(PhotosUpdated(tuple(changed)))
    with_text = sum(bool(lines) for _, lines in read.values())
    run.progress.updated += with_text
    run.progress.unchanged += len(read) - with_text
    run.progress.skipped += len(pictures) - len(read)
    run.progress.current = pictures[-1].name
