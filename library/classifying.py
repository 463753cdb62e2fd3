"""classify(options): looks for labels in the photos that are there, without indexing their files again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from library import counts, looking, picture_runs
from library.classify.model import check
from library.classify.seeing import VERSION, Impression
from library.events import CountsUpdated, IndexCompleted, PhotosUpdated, publish
from library.judging import rejudge, words_now
from library.lease import library_lease
from library.looking import Shown
from library.models import Classification, Photo
from library.models.job import JobState
from library.picture_runs import MEGABYTE, RunOptions
from library.progress import Cancelled, Progress
from library.seen_labels import save_impression

CLASSIFY: Final = "classify"


class ClassificationOff(Exception):
    """Labels are switched off by option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifyResult:
    """What a run came to, in photos."""

    state: str
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        looked = self.changed + self.unchanged
        text = f"{looked} photos looked at in {self.seconds:.1f} s: {self.changed} with other labels than before"
        return f"{text}, {self.skipped} without a picture to look at" if self.skipped else text


@dataclass(slots=True)
class _Run:
    options: RunOptions
    progress: Progress
    now: datetime = field(default_factory=timezone.now)
    touched: set[int] = field(default_factory=set)


def classify(options: RunOptions, progress: Progress) -> ClassifyResult:
    """Looks at the photos and writes their labels. Raises ClassificationOff, ModelUnusable, LibraryBusy, QueryError.

    Safe to kill at any moment: the next run goes on with those that were not looked at.
    """
    if settings.OPTIONS.disable_classification:
        raise ClassificationOff("Labels are switched off (PHOTOPRISM_DISABLE_CLASSIFICATION).")
    check(settings.MODELS_PATH)
    run = _Run(options, progress)
    state = JobState.DONE
    with library_lease():
        try:
            _look_at_all(run)
        except Cancelled:
            state = JobState.CANCELLED
        if run.touched:
            progress.step = "counts"
            counts.recount_photos(run.touched)
    return _complete(run, state)


def _look_at_all(run: _Run) -> None:
    ids = _chosen(run.options)
    run.progress.total = len(ids)
    run.progress.report()
    workers = run.options.workers or settings.OPTIONS.workers
    with picture_runs.worker_pool(workers, looking.start, settings.OPTIONS.index_memory * MEGABYTE) as pool:
        portions = picture_runs.pictures(ids, run.progress, picture_runs.AT_ONCE)
        for pictures, impressions in picture_runs.in_workers(pool, looking.look, portions, workers):
            _save(run, pictures, impressions)
            run.progress.tick()


def _chosen(options: RunOptions) -> list[int]:
    done = Classification.objects.filter(version=VERSION)
    if options.rescan:
        done = done.filter(seen_at__gte=options.since) if options.since else done.none()
    return picture_runs.chosen(options, set(done.values_list("photo", flat=True)))


def _save(run: _Run, pictures: Sequence[Shown], impressions: Sequence[Impression | None]) -> None:
    """One transaction; photos that are gone since are left out."""
    progress = run.progress
    seen = {
        picture.photo: impression
        for picture, impression in zip(pictures, impressions, strict=True)
        if impression is not None
    }
    progress.skipped += len(pictures) - len(seen)
    changed = []
    with transaction.atomic():
        photos = Photo.objects.select_related("folder", "place", "cell", "camera").filter(pk__in=seen)
        for photo in photos.order_by("pk"):
            before = words_now(photo)
            if save_impression(photo, seen[photo.pk], run.now):
                rejudge(photo, before)
                changed.append(photo)
        if changed:
            publish(PhotosUpdated(tuple(photo.uid for photo in changed)))
    progress.updated += len(changed)
    progress.unchanged += len(seen) - len(changed)
    progress.current = pictures[-1].name
    run.touched |= {photo.pk for photo in changed}


def _complete(run: _Run, state: str) -> ClassifyResult:
    progress = run.progress
    progress.close()
    result = ClassifyResult(
        state=state,
        changed=progress.updated,
        unchanged=progress.unchanged,
        skipped=progress.skipped,
        seconds=progress.seconds,
    )
    publish(
        IndexCompleted(
            job=progress.job.uid,
            state=state,
            files=progress.done,
            added=0,
            updated=progress.updated,
            failed=0,
            seconds=round(result.seconds, 1),
            message=str(result),
        )
    )
    publish(CountsUpdated())
    return result
