"""`manage.py index [PATH] --rescan --cleanup --workers N`: brings the library in line with the originals."""

import shutil
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from library.indexing.runner import IndexOptions
from library.jobs import CANNOT_RUN, close_stalled, ends_on_signal, index_in_job, start_comparing, start_index
from library.models import Job
from library.models.job import JobState
from library.progress import Progress

MOST_WORKERS = 256


class Command(BaseCommand):
    help = "Indexes the originals, or the folder PATH below them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default="", help="Folder below the originals; all of them if left out.")
        parser.add_argument("--rescan", "-f", action="store_true", help="Read files again, even unchanged ones.")
        parser.add_argument("--cleanup", "-c", action="store_true", help="Remove thumbs that nothing needs any more.")
        parser.add_argument("--workers", type=workers_count, default=0, help="Processes; default: PHOTOPRISM_WORKERS.")
        parser.add_argument("--queue", action="store_true", help="Leave the work to the worker and return at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = IndexOptions(
            path=_below_originals(options["path"]),
            rescan=options["rescan"],
            cleanup=options["cleanup"],
            workers=options["workers"],
        )
        try:
            self._queue(chosen) if options["queue"] else self._index(chosen)
        except CANNOT_RUN as error:
            raise CommandError(str(error)) from error

    def _queue(self, chosen: IndexOptions) -> None:
        job = start_index(chosen.path, rescan=chosen.rescan, cleanup=chosen.cleanup)
        self.stdout.write(f"Queued as job {job.uid}.")

    def _index(self, chosen: IndexOptions) -> None:
        close_stalled()
        job = Job.objects.create(kind="index", arguments={"path": chosen.path, "rescan": chosen.rescan})
        bar = ProgressBar(self)
        progress = Progress(job, on_report=bar.show)
        with ends_on_signal(progress):
            result = index_in_job(job, chosen, progress)
        bar.clear()
        self.stdout.write(str(result))
        if result.failed:
            self.stdout.write(f"{result.failed} files could not be read; see Library, Problems, or /library/errors.")
        if result.state == JobState.DONE and (result.added or result.updated):
            start_comparing()
        if result.state == JobState.CANCELLED:
            raise CommandError("Stopped; the next run goes on from here.", returncode=130)


def workers_count(text: str) -> int:
    """The value of --workers."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise ArgumentTypeError(f"it must be a whole number from 1 to {MOST_WORKERS}, not {text}")
    return int(text)


def _below_originals(text: str) -> str:
    """The folder as the originals have it; a shell completes the whole path."""
    path = Path(text)
    if path.is_absolute() and path.is_relative_to(settings.ORIGINALS_PATH):
        text = path.relative_to(settings.ORIGINALS_PATH).as_posix()
    return text.strip("/") if text != "." else ""


class ProgressBar:
    """One line on a terminal; without a terminal a line every now and then."""

    def __init__(self, command: BaseCommand) -> None:
        self._out = command.stdout
        self._on_terminal = command.stdout.isatty()
        self._reports = 0

    def show(self, progress: Progress) -> None:
        text = describe(progress)
        if self._on_terminal:
            width = shutil.get_terminal_size().columns
            self._out.write(f"\r\033[K{text[: width - 1]}", ending="")
            self._out.flush()
        elif self._reports % 20 == 0:
            self._out.write(text)
        self._reports += 1

    def clear(self) -> None:
        if self._on_terminal:
            self._out.write("\r\033[K", ending="")


def describe(progress: Progress) -> str:
    """`[#####-----] 51 %  1,024 of 2,000  16.2/s  1:00 left  2 failed  2024/05/a.jpg`"""
    total = max(progress.total, progress.done)
    share = progress.done / total if total else 0.0
    bar = "#" * round(share * 20) + "-" * (20 - round(share * 20))
    parts = [f"[{bar}] {share:4.0%}", f"{progress.done:,} of {total:,}", f"{progress.rate:.1f}/s"]
    if progress.remaining is not None:
        minutes, seconds = divmod(round(progress.remaining), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    if progress.failed:
        parts.append(f"{progress.failed} failed")
    return "  ".join([*parts, progress.step or progress.current])
