"""`manage.py classify [--rescan] [--filter QUERY]`: looks for labels in the pictures that are indexed already."""

from argparse import ArgumentParser

from library.classifying import CLASSIFY
from library.management.commands.index import workers_count
from library.management.run_command import RunCommand


class Command(RunCommand):
    help = "Looks for labels in the pictures that have not been looked at."
    kind = CLASSIFY

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--workers", type=workers_count, default=0, help="Processes; default: PHOTOPRISM_WORKERS.")
