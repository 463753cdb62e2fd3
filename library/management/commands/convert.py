"""`manage.py convert [PATH]`: makes the videos that browsers cannot play into ones that they can, ahead of time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.conversions import (
    ConvertOptions,
    NotConverted,
    convert_file,
    plays_as_it_is,
    videos_below,
    wanted_codecs,
)
from library.jobs import ends_on_signal
from library.lease import LibraryBusy, library_lease
from library.models import File
from library.progress import Cancelled

AVC = wanted_codecs("avc")


class Stop:
    """Whether Ctrl-C or SIGTERM came."""

    is_asked = False

    def cancel(self) -> None:
        self.is_asked = True

    def check(self, share: float) -> None:
        if self.is_asked:
            raise Cancelled


class Command(BaseCommand):
    help = "Converts the videos of the originals, or of the folder PATH below them, that browsers cannot play."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", default="", help="Folder below the originals; all of them if left out.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stop = Stop()
        videos = [file for file in videos_below(options["path"].strip("/")) if not plays_as_it_is(file, AVC)]
        try:
            with library_lease("convert"), ends_on_signal(self.stop):
                made = sum(self._convert(file, number, len(videos)) for number, file in enumerate(videos, start=1))
        except LibraryBusy:
            raise CommandError("Videos are being converted already.") from None
        except Cancelled:
            raise CommandError("Stopped; the next run goes on from here.", returncode=130) from None
        self.stdout.write(f"{made} of {len(videos)} videos converted.")
        if made < len(videos):
            raise CommandError("Some videos could not be converted.", returncode=2)

    def _convert(self, file: File, number: int, count: int) -> bool:
        self.stdout.write(f"{number} of {count}  {file.name}")
        try:
            convert_file(ConvertOptions(hash=file.hash, form="mp4"), self.stop.check)
        except (NotConverted, OSError) as error:
            self.stderr.write(f"{file.name}: {error}")
            return False
        return True
