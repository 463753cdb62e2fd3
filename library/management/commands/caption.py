"""`manage.py caption [--rescan] [--filter QUERY]`: has a vision model on a server of one's own write captions."""

from library.captioning import CAPTION
from library.management.run_command import RunCommand


class Command(RunCommand):
    help = "Asks the vision server for captions of the photos that have none (PHOTOPRISM_VISION_URI)."
    kind = CAPTION
