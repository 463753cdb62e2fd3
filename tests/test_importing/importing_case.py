"""A batch of staged files, and an import run over it."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings

from library.importing.run import Arrival, Importing, ImportOptions, ImportResult, import_files
from library.importing.staging import folder_of
from library.models import Job
from tests.originals import OriginalsTestCase, write_picture

OWNER, TOKEN = "uqxetse3cy5eo9z2", "abc123"
TAKEN = {"Exif.Photo.DateTimeOriginal": "2024:05:17 10:30:00"}
PLACE = "2024/05/20240517_103000_"


class ImportingTestCase(OriginalsTestCase):
    """`batch` is the folder of what was sent; originals and batch are empty at the start of each test."""

    def setUp(self) -> None:
        super().setUp()
        self.batch = folder_of(OWNER, TOKEN)
        for folder in (settings.STORAGE_PATH / "users", settings.SIDECAR_PATH, self.originals):
            shutil.rmtree(folder, ignore_errors=True)
        self.originals.mkdir()

    def send(self, name: str, *, seed: int = 1, **exif: str) -> Path:
        return write_picture(self.batch / name, seed=seed, **(exif or TAKEN))

    def run_import(self, **options: Any) -> ImportResult:
        self.progress = Importing(Job.objects.create(kind="upload"), is_told=False)
        with self.captureOnCommitCallbacks(execute=True):
            return import_files(ImportOptions(source=self.batch, **options), self.progress)

    def told(self, name: str) -> Arrival:
        return self.progress.arrivals[name]

    def kept(self) -> list[str]:
        """The files among the originals."""
        return sorted(
            path.relative_to(self.originals).as_posix() for path in self.originals.rglob("*") if path.is_file()
        )
