"""The model on real pictures, and what is said when it cannot be used."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

import numpy as np
import pyvips
from skimage import data

from library.classify.model import AXES, NETWORK, ModelUnusable, check, load
from library.classify.rules import rules
from library.classify.seeing import Impression, see
from library.classify.views import Views

MODELS = Path(__file__).resolve().parents[2] / "models"


class PictureTestCase(TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pictures-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def thumb(self, pixels: np.ndarray, name: str = "thumb.jpg") -> Path:
        path = self.folder / name
        pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).write_to_file(str(path))
        return path


class SeeingTest(PictureTestCase):
    def labels(self, pixels: np.ndarray) -> list[str]:
        return [rules().kinds[one.slug].name for one in see(self.thumb(pixels), MODELS).labels]

    def test_a_cat_is_seen(self) -> None:
        self.assertIn("Cat", self.labels(data.chelsea()))

    def test_a_cup_of_coffee_is_seen(self) -> None:
        self.assertEqual(self.labels(data.coffee()), ["Coffee"])

    def test_what_is_no_thing_gets_no_label(self) -> None:
        for pixels in (data.brick(), data.grass(), np.zeros((300, 400, 3), np.uint8), data.astronaut()):
            self.assertEqual(self.labels(pixels), [])

    def test_any_shape_can_be_looked_at(self) -> None:
        for shape in ((1, 1), (1, 700), (720, 3), (90, 720), (720, 720), (481, 720)):
            with self.subTest(shape):
                self.assertEqual(len(self.see(np.full((*shape, 3), 90, np.uint8)).vector), 128)

    def test_pictures_that_look_alike_have_vectors_in_one_direction(self) -> None:
        cat, mirrored, coffee = data.chelsea(), data.chelsea()[:, ::-1], data.coffee()
        self.assertGreater(self.likeness(cat, mirrored), 0.9)
        self.assertLess(self.likeness(cat, coffee), 0.5)

    def see(self, pixels: np.ndarray) -> Impression:
        return see(self.thumb(pixels), MODELS)

    def likeness(self, one: np.ndarray, other: np.ndarray) -> float:
        vectors = [np.frombuffer(self.see(pixels).vector, np.int8).astype(float) for pixels in (one, other)]
        return float(np.dot(*vectors) / np.prod([np.linalg.norm(vector) for vector in vectors]))


class ViewsTest(PictureTestCase):
    def test_the_first_view_shows_all_and_the_second_the_middle(self) -> None:
        pixels = np.zeros((200, 300, 3), np.uint8)
        pixels[:, :50] = 255
        views = Views(self.thumb(pixels, "thumb.png"))
        middle = list(views.others())
        self.assertEqual(views.first().shape, (260, 260, 3))
        self.assertGreater(views.first()[:, 20].mean(), 200)
        self.assertEqual([view.shape for view in middle], [(260, 260, 3)])
        self.assertLess(middle[0].max(), 50)

    def test_a_square_has_no_further_view_and_a_panorama_has_both_ends(self) -> None:
        counts = [
            len(list(Views(self.thumb(np.zeros((100, width, 3), np.uint8))).others())) for width in (100, 150, 400)
        ]
        self.assertEqual(counts, [0, 1, 2])

    def test_grey_pictures_have_three_channels(self) -> None:
        self.assertEqual(Views(self.thumb(data.camera())).first().shape, (260, 260, 3))

    def test_a_thumb_that_is_none_is_said_to_be(self) -> None:
        path = self.folder / "thumb.jpg"
        path.write_bytes(b"\xff\xd8\xff no")
        for broken in (path, self.folder / "missing.jpg"):
            with self.assertRaises(OSError):
                Views(broken)


class UnusableTest(TestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="models-"))
        self.addCleanup(shutil.rmtree, self.folder)
        for file in (NETWORK, AXES):
            shutil.copy(MODELS / file.name, self.folder)

    def test_the_files_that_come_with_the_program_are_right(self) -> None:
        check(self.folder)

    def test_a_missing_file_is_named(self) -> None:
        (self.folder / AXES.name).unlink()
        with self.assertRaisesRegex(ModelUnusable, f"{AXES.name} is missing"):
            load(self.folder)

    def test_a_damaged_file_is_never_loaded(self) -> None:
        path = self.folder / NETWORK.name
        path.write_bytes(path.read_bytes()[:-1] + b"\0")
        with self.assertRaisesRegex(ModelUnusable, "SHA-256"):
            load(self.folder)

    def test_a_folder_in_its_place_is_no_model(self) -> None:
        (self.folder / NETWORK.name).unlink()
        (self.folder / NETWORK.name).mkdir()
        with self.assertRaisesRegex(ModelUnusable, "cannot be read"):
            check(self.folder)

    def test_neither_django_nor_the_network_library_is_loaded_before_it_is_used(self) -> None:
        code = (
            "import sys, library.classify.seeing; print([n for n in ('django', 'ai_edge_litert') if n in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=MODELS.parent, capture_output=True, text=True, check=True
        )
        self.assertEqual(done.stdout.strip(), "[]")
