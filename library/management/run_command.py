"""The commands of runs over the pictures that are indexed: their arguments, their progress, how they end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.jobs import CANNOT_RUN, close_stalled, ends_on_signal, new_run, run_in_job, start_run
from library.management.commands.index import ProgressBar
from library.models.job import JobState
from library.picture_runs import RunOptions
from library.progress import Progress
from library.runs import RUNS


class RunCommand(BaseCommand):
    """`manage.py NAME [--rescan] [--filter QUERY] [--queue]` for the kind of run that a command names."""

    kind = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rescan", "-f", action="store_true", help="Look again, also at those looked at before.")
        parser.add_argument("--filter", default="", help="Only at what this search finds, such as `year:2024`.")
        parser.add_argument("--queue", action="store_true", help="Leave the work to the worker and return at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = RunOptions(filter=options["filter"], rescan=options["rescan"], workers=options.get("workers", 0))
        try:
            self._queue(chosen) if options["queue"] else self._run(chosen)
        except CANNOT_RUN as error:
            raise CommandError(str(error)) from error

    def _queue(self, chosen: RunOptions) -> None:
        job = start_run(self.kind, filter=chosen.filter, rescan=chosen.rescan)
        self.stdout.write(f"Queued as job {job.uid}.")

    def _run(self, chosen: RunOptions) -> None:
        close_stalled()
        job = new_run(self.kind, chosen)
        bar = ProgressBar(self)
        progress = Progress(job, on_report=bar.show, is_told=RUNS[self.kind].is_told)
        with ends_on_signal(progress):
            result = run_in_job(job, progress, workers=chosen.workers)
        bar.clear()
        self.stdout.write(str(result))
        if result.state == JobState.CANCELLED:
            raise CommandError("Stopped; the next run goes on from here.", returncode=130)
