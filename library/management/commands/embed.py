"""`manage.py embed [--rescan] [--filter QUERY]`: shows indexed pictures to the operator's own model (CLIP, SigLIP)."""

from argparse import ArgumentParser

from library.embedding import EMBED
from library.management.commands.index import workers_count
from library.management.run_command import RunCommand


class Command(RunCommand):
    help = "Shows the pictures that it has not seen to the model of PHOTOPRISM_VISION_PATH."
    kind = EMBED

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--workers", type=workers_count, default=0, help="Processes; default: PHOTOPRISM_WORKERS.")
