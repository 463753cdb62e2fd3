"""index(options): scan, stages in worker processes, savers in one writer; one file's error stays its own."""

import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils import timezone

from library import counts
from library.estimating import estimate_places
from library.events import CountsUpdated, IndexCompleted, publish
from library.indexing import folders, nudity, purge, troubles
from library.indexing.batch import Batch
from library.indexing.cleanup import clean_up
from library.indexing.draft import Draft, Workshop
from library.indexing.labels_model import forget_trouble, report_trouble, trouble, usable_models
from library.indexing.pool import Prepared, Preparing, preparing
from library.indexing.scan import FolderScan, count_files, scan
from library.lease import library_lease
from library.media.beneath import LeadsOut, resolve_beneath
from library.models.job import JobState
from library.models.trouble import Level
from library.progress import Cancelled, Progress

MEGABYTE = 1024 * 1024


class FolderMissing(Exception):
    """The folder to index is not there, or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """What to index: a folder below the originals ("" = all of it), and how thoroughly.

    With `folders` only these, without what lies below them: those into which files were imported, which had the
    `original_names` by their names now.
    """

    path: str = ""
    folders: tuple[str, ...] = ()
    original_names: Mapping[str, str] = field(default_factory=dict)
    rescan: bool = False
    cleanup: bool = False
    workers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexResult:
    """What a run came to. Counts are files, except `photos`, those that are new."""

    state: str
    files: int = 0
    photos: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    missing: int = 0
    cleaned: int = 0
    seconds: float = 0.0
    notes: str = ""

    def __str__(self) -> str:
        parts = [f"{self.added} added", f"{self.updated} updated", f"{self.unchanged} unchanged"]
        more = {"failed": self.failed, "skipped": self.skipped, "missing": self.missing, "cleaned up": self.cleaned}
        parts += [f"{count} {name}" for name, count in more.items() if count]
        counted = f"{self.files} files in {self.seconds:.1f} s: {', '.join(parts)}"
        return f"{counted}. {self.notes}" if self.notes else counted


@dataclass(slots=True)
class _Run:
    """The state of one run, from its first folder to its result."""

    options: IndexOptions
    progress: Progress
    batch: Batch
    folder_ids: dict[str, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    files: int = 0
    missing: int = 0
    cleaned: int = 0


def index(options: IndexOptions, progress: Progress) -> IndexResult:
    """Brings the database in line with the originals. Raises LibraryBusy, FolderMissing.

    Safe to kill at any moment: rows are written in whole groups, and the next run does what is left.
    """
    root: Path = settings.ORIGINALS_PATH
    options = replace(options, path=_folder_below(root, options.path))
    run = _Run(options, progress, Batch(progress))
    state = JobState.DONE
    with library_lease():
        try:
            _count_ahead(run, root)
            _prepare_and_save(run, root)
            _settle(run)
        except Cancelled:
            run.batch.save()
            state = JobState.CANCELLED
    return _complete(run, state)


def _folder_below(root: Path, path: str) -> str:
    """The path as the rows of folders have it: `./2024//05` is `2024/05`."""
    plain = "/".join(PurePosixPath(path.strip("/")).parts)
    folder = root / plain
    try:
        if ".." not in Path(plain).parts and folder.is_dir() and resolve_beneath(root, folder):
            return plain
    except (LeadsOut, ValueError):
        pass
    raise FolderMissing(f"The folder {folder} does not exist.")


def make_workshop() -> Workshop:
    """What the stages need to know, from the options."""
    options = settings.OPTIONS
    return Workshop(
        originals=settings.ORIGINALS_PATH,
        thumbs=settings.CACHE_PATH / "thumbnails",
        sidecars=settings.SIDECAR_PATH,
        thumb_size=options.thumb_size,
        jpeg_quality=options.jpeg_quality,
        max_pixels=options.resolution_limit_pixels,
        max_bytes=options.originals_limit_bytes,
        exiftool=None if options.disable_exiftool else _find_tool(options.exiftool_bin),
        default_zone=options.default_timezone,
        has_places=not options.disable_places,
        models=usable_models(),
        checks_nudity=nudity.is_checked(),
        now=timezone.now(),
    )


def _find_tool(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _count_ahead(run: _Run, root: Path) -> None:
    """Counts the files beside the work, as the share that is done is known only with the sum."""

    if run.options.folders:
        return

    def count() -> None:
        run.progress.total = count_files(root, run.options.path)

    threading.Thread(target=count, daemon=True).start()


def _prepare_and_save(run: _Run, root: Path) -> None:
    options = settings.OPTIONS
    with preparing(
        tuple(settings.INDEX_STAGES),
        make_workshop(),
        workers=run.options.workers or options.workers,
        deadline=options.index_timeout,
        memory=options.index_memory * MEGABYTE,
        on_wait=run.progress.tick,
    ) as pool:
        for found in _scans(run, root):
            _enter(run, found, pool)
            run.progress.tick()
        for prepared in pool.drain():
            _add(run, prepared)
    run.batch.save()
    if run.batch.unlabelled:
        report_trouble(run.batch.unlabelled)
    elif run.batch.has_labels:
        forget_trouble()


def _scans(run: _Run, root: Path) -> Iterator[FolderScan]:
    """The folders to index; those above one that was named have their rows as well."""
    options = run.options
    sequential = settings.OPTIONS.stack_name
    if not options.folders:
        yield from scan(root, options.path, rescan=options.rescan, sequential=sequential)
    for path in options.folders:
        for above in PurePosixPath(path).parents:
            folders.ensure("" if above == PurePosixPath() else above.as_posix())
        yield from scan(root, path, rescan=options.rescan, sequential=sequential, is_deep=False)


def _enter(run: _Run, found: FolderScan, pool: Preparing) -> None:
    """One folder: its row, its strays and problems, and its new or changed files on their way."""
    folder = found.known.folder
    if folder is None or folder.missing:
        folder = folders.ensure(found.path)
    run.folder_ids[found.path] = folder.pk
    run.files += found.files
    run.gone += found.gone
    run.progress.unchanged += found.unchanged
    for ref in found.strays:
        troubles.record(ref, "Neither a picture nor a video, nor does it belong to one.", Level.SKIPPED, folder.pk)
        run.progress.skipped += 1
    for ref, reason in found.problems:
        troubles.record(ref, reason, Level.ERROR, folder.pk)
        run.unread.append(ref.name)
        run.progress.failed += 1
    for prepared in pool.feed(found.changed):
        _add(run, prepared)


def _add(run: _Run, prepared: Prepared) -> None:
    if isinstance(prepared, Draft):
        for file in prepared.files:
            file.original_name = run.options.original_names.get(file.ref.name, "")
    run.batch.add(prepared, _folder_id(run, prepared.related.main.name))


def _folder_id(run: _Run, name: str) -> int:
    return run.folder_ids[name.rpartition("/")[0]]


def _settle(run: _Run) -> None:
    """After the walk: what is gone, what nothing needs, the counts, and guesses from what is known now."""
    run.progress.step = "purge"
    if run.files or run.options.path:
        # An empty originals folder is more likely a disk that is not mounted than a library thrown away.
        run.missing = purge.mark_missing(run.gone)
        if not run.options.folders:
            run.missing += purge.mark_unvisited(run.options.path, set(run.folder_ids.values()), run.unread)
    if run.options.cleanup:
        run.progress.step = "cleanup"
        run.cleaned = clean_up()
    if run.progress.added or run.progress.updated or run.missing or run.cleaned:
        run.progress.step = "counts"
        counts.recount_photos(None if run.missing or run.cleaned else run.batch.touched)
    if (run.progress.added or run.progress.updated) and not settings.OPTIONS.disable_places:
        run.progress.step = "places"
        estimate_places(run.progress.tick)


def _complete(run: _Run, state: str) -> IndexResult:
    progress = run.progress
    progress.close()
    result = IndexResult(
        state=state,
        files=run.files,
        photos=run.batch.photos,
        added=progress.added,
        updated=progress.updated,
        unchanged=progress.unchanged,
        failed=progress.failed,
        skipped=progress.skipped,
        missing=run.missing,
        cleaned=run.cleaned,
        seconds=progress.seconds,
        notes=" ".join(filter(None, (trouble(), nudity.TROUBLE.told()))),
    )
    publish(
        IndexCompleted(
            job=progress.job.uid,
            state=state,
            files=result.files,
            added=result.added,
            updated=result.updated,
            failed=result.failed,
            seconds=round(result.seconds, 1),
            message=str(result),
        )
    )
    publish(CountsUpdated())
    return result
