"""A small folder of real pictures for tests, and an index run over it."""

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyexiv2
import pyvips
from django.conf import settings
from django.test import override_settings

from library.indexing.runner import IndexOptions, IndexResult
from library.jobs import index_in_job
from library.models import File, Job, Photo
from tests.base import TestCase

BERLIN = {
    "Exif.GPSInfo.GPSLatitudeRef": "N",
    "Exif.GPSInfo.GPSLatitude": "52/1 31/1 0/1",
    "Exif.GPSInfo.GPSLongitudeRef": "E",
    "Exif.GPSInfo.GPSLongitude": "13/1 24/1 0/1",
}
LONG_AGO = datetime(2012, 3, 4, 5, 6, 7, tzinfo=UTC)


def write_picture(path: Path, *, seed: int = 0, size: tuple[int, int] = (320, 240), **exif: str) -> Path:
    """A picture of coloured noise in the format of the name's extension; its bytes differ by seed, its age is fixed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = pyvips.Image.gaussnoise(*size, sigma=20, mean=100 + seed % 100, seed=seed).cast("uchar")
    noise.bandjoin([noise.rot180(), noise.fliphor()]).copy(interpretation="srgb").write_to_file(str(path))
    if exif:
        with pyexiv2.Image(str(path)) as file:
            file.modify_exif(exif)
    age(path, LONG_AGO)
    return path


def age(path: Path, moment: datetime) -> None:
    """Sets the file's time of change."""
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def run_index(path: str = "", **options: Any) -> IndexResult:
    """One run with one worker."""
    job = Job.objects.create(kind="index")
    return index_in_job(job, IndexOptions(path=path, workers=1, **options))


class OriginalsTestCase(TestCase):
    """Each class has an originals folder and a storage of its own; `fill` writes the pictures of the class."""

    originals: Path
    storage: Path

    @classmethod
    def setUpClass(cls) -> None:
        cls.home = Path(tempfile.mkdtemp(prefix="originals-"))
        cls.addClassCleanup(shutil.rmtree, cls.home, ignore_errors=True)
        cls.originals, cls.storage = cls.home / "originals", cls.home / "storage"
        cls.originals.mkdir()
        (cls.storage / "cache").mkdir(parents=True)
        cls.enterClassContext(
            override_settings(
                ORIGINALS_PATH=cls.originals,
                CACHE_PATH=cls.storage / "cache",
                SIDECAR_PATH=cls.storage / "sidecar",
                STORAGES={
                    **settings.STORAGES,
                    "originals": {
                        "BACKEND": "django.core.files.storage.FileSystemStorage",
                        "OPTIONS": {"location": cls.originals},
                    },
                },
            )
        )
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.fill()

    @classmethod
    def fill(cls) -> None:
        """Writes the pictures that all tests of the class share, and may index them."""

    @classmethod
    def write(cls, name: str, **picture: Any) -> Path:
        return write_picture(cls.originals / name, **picture)

    def photo(self, name: str) -> Photo:
        """The photo that a file of originals belongs to."""
        photo: Photo | None = File.objects.select_related("photo").get(name=name).photo
        if photo is None:
            raise AssertionError(f"{name} has no photo.")
        return photo
