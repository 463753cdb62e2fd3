"""`manage.py recognize_text [--rescan] [--filter QUERY]`: reads the text in the pictures that are indexed already."""

from library.management.run_command import RunCommand
from library.recognizing import RECOGNIZE


class Command(RunCommand):
    help = "Reads the text in the pictures in which none was looked for (PHOTOPRISM_DETECT_TEXT)."
    kind = RECOGNIZE
