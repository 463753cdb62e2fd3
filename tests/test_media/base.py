"""What tests of decoders share: a folder of their own, and a look at four quarters."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import pyvips
from django.test import SimpleTestCase

from library.media.formats import HEAD_SIZE, identify
from library.media.images import Picture, read_picture
from tests.test_media.pictures import BLUE, GREEN, RED, WHITE


class PictureTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name: str) -> Path:
        return self.folder / name

    def read(self, path: Path, **options: object) -> Picture:
        """The picture by what the file is, as indexing reads it."""
        with path.open("rb") as stream:
            return read_picture(path, identify(path.name, stream.read(HEAD_SIZE)).format, **options)

    def assertQuarters(self, image: pyvips.Image, *, tolerance: int = 6) -> None:  # noqa: N802 - as unittest writes it
        """Each quarter of the image has its colour, so it is upright and right in colour."""
        pixels = image.numpy()[..., :3].astype(int)
        height, width = pixels.shape[:2]
        found = [pixels[height * y // 4, width * x // 4].tolist() for y, x in ((1, 1), (1, 3), (3, 1), (3, 3))]
        np.testing.assert_allclose(found, [RED, GREEN, BLUE, WHITE], atol=tolerance)
