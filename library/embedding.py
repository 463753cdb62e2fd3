"""embed(options): shows the pictures that are there to the operator's own model, and keeps what it makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from library import beholding, picture_runs
from library.events import IndexCompleted, publish
from library.lease import library_lease
from library.looking import Shown
from library.meaning.onnx import EncoderUnusable
from library.meaning.pair import Pair, check, pair_at
from library.models import Photo, PictureVector
from library.models.job import JobState
from library.picture_runs import MEGABYTE, RunOptions
from library.progress import Cancelled, Progress
from library.search.sql import upsert

EMBED: Final = "embed"


class NoModel(Exception):
    """The operator has named no model, or none that can be used; the text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedResult:
    """What a run came to, in photos."""

    state: str
    made: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        text = f"{self.made} pictures shown to the model in {self.seconds:.1f} s"
        return f"{text}, {self.skipped} without a picture to look at" if self.skipped else text


@dataclass(slots=True)
class _Run:
    pair: Pair
    options: RunOptions
    progress: Progress
    now: datetime = field(default_factory=timezone.now)


def embed(options: RunOptions, progress: Progress) -> EmbedResult:
    """Makes the vectors that are missing or out of date. Raises NoModel, LibraryBusy, QueryError.

    Safe to kill at any moment: the next run goes on with what is missing. Those of another model go first.
    """
    run = _Run(_pair(), options, progress)
    state = JobState.DONE
    with library_lease():
        PictureVector.objects.exclude(model=run.pair.digest).delete()
        try:
            _show_all(run)
        except Cancelled:
            state = JobState.CANCELLED
    return _complete(progress, state)


def _pair() -> Pair:
    folder = settings.OPTIONS.vision_folder
    if folder is None:
        raise NoModel("No model for pictures and texts is named (PHOTOPRISM_VISION_PATH).")
    try:
        check(folder)
        return pair_at(folder)
    except EncoderUnusable as error:
        raise NoModel(f"The model for pictures and texts cannot be used: {error}.") from error


def _show_all(run: _Run) -> None:
    ids = _chosen(run)
    run.progress.total = len(ids)
    run.progress.report()
    workers = run.options.workers or settings.OPTIONS.workers
    memory, model = settings.OPTIONS.index_memory * MEGABYTE, run.pair.image.stat().st_size
    behold = partial(beholding.behold, folder=str(settings.OPTIONS.vision_folder))
    with picture_runs.worker_pool(workers, beholding.start, memory, model) as pool:
        portions = picture_runs.pictures(ids, run.progress, picture_runs.AT_ONCE)
        for pictures, vectors in picture_runs.in_workers(pool, behold, portions, workers):
            _save(run, pictures, vectors)
            run.progress.tick()


def _chosen(run: _Run) -> list[int]:
    """The photos whose picture the model has not seen, or another one than today's."""
    known = PictureVector.objects.filter(photo__files__is_primary=True, photo__files__hash=F("file_hash"))
    if run.options.rescan:
        known = known.filter(made_at__gte=run.options.since) if run.options.since else known.none()
    return picture_runs.chosen(run.options, set(known.values_list("photo", flat=True)))


def _save(run: _Run, pictures: Sequence[Shown], vectors: Sequence[bytes | None]) -> None:
    """One transaction; photos that are gone since are left out."""
    there: Any = set(Photo.objects.filter(pk__in=[one.photo for one in pictures]).values_list("pk", flat=True))
    rows = [
        PictureVector(photo_id=one.photo, model=run.pair.digest, file_hash=one.hash, made_at=run.now, vector=vector)
        for one, vector in zip(pictures, vectors, strict=True)
        if vector is not None and one.photo in there
    ]
    with transaction.atomic():
        upsert(PictureVector, rows, unique=("photo",), columns=("model", "file_hash", "made_at", "vector"))
    progress = run.progress
    progress.added += len(rows)
    progress.skipped += len(pictures) - len(rows)
    progress.current = pictures[-1].name


def _complete(progress: Progress, state: str) -> EmbedResult:
    progress.close()
    result = EmbedResult(state=state, made=progress.added, skipped=progress.skipped, seconds=progress.seconds)
    publish(
        IndexCompleted(
            job=progress.job.uid,
            state=state,
            files=progress.done,
            added=0,
            updated=0,
            failed=0,
            seconds=round(result.seconds, 1),
            message=str(result),
        )
    )
    return result
