"""`manage.py duplicates [--anew]`: looks for photos that show one picture."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.duplicates.hashing import Comparing
from library.duplicates.pictures import COMPARE
from library.jobs import CANNOT_RUN, close_stalled, compare_in_job, ends_on_signal, start_comparing
from library.models import Job
from library.models.job import JobState


class Command(BaseCommand):
    help = "Looks for near-duplicates among what was indexed since the last time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="Compare all photos with all, not only what is new.")
        parser.add_argument("--queue", action="store_true", help="Leave the work to the worker and return at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["queue"]:
            self.stdout.write(f"Queued as job {start_comparing(anew=options['anew']).uid}.")
            return
        close_stalled()
        job = Job.objects.create(kind=COMPARE, arguments={"anew": options["anew"]})
        progress = Comparing(job)
        try:
            with ends_on_signal(progress):
                result = compare_in_job(job, progress)
        except CANNOT_RUN as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(result))
        if result.state == JobState.CANCELLED:
            raise CommandError("Stopped; the groups are as they were.", returncode=130)
