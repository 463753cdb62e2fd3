"""The real recogniser on pictures with text, and what it makes of pictures without."""

from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np
from django.test import SimpleTestCase
from skimage import data

from library import packaged_models
from library.ocr import recognizer
from library.ocr.recognizer import Line, Recognizer, RecognizerUnusable, is_text, load, upright
from tests.test_ocr.pictures import SIGN, draw_sign, pixels_of


def middle(line: Line) -> tuple[float, float]:
    return sum(line.box[0::2]) / 4, sum(line.box[1::2]) / 4


class ReadingTest(SimpleTestCase):
    """With the real models."""

    def read(self, picture: Any) -> tuple[Line, ...]:
        return load().read(pixels_of(picture))

    def texts(self, picture: Any) -> list[str]:
        return [line.text for line in self.read(picture)]

    def test_a_sign_is_read_line_by_line(self) -> None:
        self.assertEqual(self.texts(draw_sign()), list(SIGN))

    def test_each_line_has_its_place_as_shares_of_the_picture(self) -> None:
        first, second = self.read(draw_sign())
        left, top, right = first.box[0], first.box[1], first.box[2]
        self.assertAlmostEqual(left, 0.1, delta=0.03)
        self.assertAlmostEqual(top, 0.19, delta=0.05)
        self.assertTrue(0.3 < right < 0.7, right)
        self.assertGreater(middle(second)[1], middle(first)[1])
        self.assertGreater(first.confidence, 90)

    def test_text_on_its_side_begins_where_its_first_letter_is(self) -> None:
        line = next(line for line in self.read(draw_sign().rotate(-90, expand=True)) if line.text == SIGN[0])
        x0, y0, x1, y1 = line.box[:4]
        self.assertLess(y0, y1)  # a quarter clockwise: it is read downwards
        self.assertAlmostEqual(x0, x1, delta=0.05)

    def test_text_on_its_head_is_read_from_right_to_left(self) -> None:
        line = next(line for line in self.read(draw_sign().rotate(180)) if line.text == SIGN[0])
        self.assertGreater(line.box[0], line.box[2])
        self.assertGreater(line.box[1], line.box[7])

    def test_small_print_is_read(self) -> None:
        words = " ".join(self.texts(np.stack([data.page()] * 3, axis=-1)))
        for word in ("Region-based", "segmentation", "determine markers", "histogram"):
            self.assertIn(word, words)

    def test_pictures_without_text_have_none(self) -> None:
        for name in ("chelsea", "coffee", "rocket"):
            with self.subTest(name):
                self.assertEqual(self.texts(getattr(data, name)()), [])


class RulesTest(SimpleTestCase):
    def test_single_letters_and_doubtful_lines_are_no_text(self) -> None:
        self.assertTrue(is_text("12", 0.9))
        for text, score in (("8", 0.95), ("Ln   e e", 0.69), ("--", 0.99)):
            with self.subTest(text):
                self.assertFalse(is_text(text, score))

    def test_a_line_that_is_higher_than_wide_is_read_downwards(self) -> None:
        box = np.array([[0, 0], [10, 0], [10, 90], [0, 90]], np.float32)
        self.assertEqual(upright(box)[0].tolist(), [10, 0])

    def test_the_surer_of_two_readings_counts(self) -> None:
        engine = _Engine(found=[("ᗺUƧ", 0.6), ("Exit", 0.8)], turned=[("BUS", 0.98), ("t!xE", 0.4)])
        self.assertEqual([line.text for line in Recognizer(engine).read(_EMPTY)], ["BUS", "Exit"])

    def test_a_second_reading_without_lines_counts_for_nothing(self) -> None:
        engine = _Engine(found=[("Exit", 0.8)], turned=[])
        self.assertEqual([line.text for line in Recognizer(engine).read(_EMPTY)], ["Exit"])

    def test_areas_without_a_reading_are_no_text(self) -> None:
        self.assertEqual(Recognizer(_Engine(found=[], turned=[])).read(_EMPTY), ())

    def test_sure_lines_are_not_read_again(self) -> None:
        engine = _Engine(found=[("BUS", 0.98)], turned=[("SNB", 0.99)])
        self.assertEqual([line.text for line in Recognizer(engine).read(_EMPTY)], ["BUS"])


class UnusableTest(SimpleTestCase):
    def test_a_package_that_is_missing_is_one_sentence(self) -> None:
        nothing = mock.patch.object(packaged_models, "find_spec", return_value=None)
        with nothing, self.assertRaisesMessage(RecognizerUnusable, "rapidocr is not installed"):
            recognizer.check()

    def test_a_model_that_is_another_one_is_not_fetched_but_told(self) -> None:
        with TemporaryDirectory() as folder:
            (Path(folder) / "models").mkdir()
            package = SimpleNamespace(submodule_search_locations=[folder])
            empty = mock.patch.object(packaged_models, "find_spec", return_value=package)
            with empty, self.assertRaisesMessage(RecognizerUnusable, "PP-OCRv6_det_small.onnx of rapidocr is missing"):
                recognizer.check()


_EMPTY = np.zeros((100, 200, 3), np.uint8)


class _Engine:
    """Answers as RapidOCR does: without and with the classifier of turned lines."""

    def __init__(self, *, found: list[tuple[str, float]], turned: list[tuple[str, float]]) -> None:
        self._readings = {False: found, True: turned}

    def __call__(self, pixels: Any, *, use_cls: bool) -> SimpleNamespace:
        box = np.array([[0, 0], [100, 0], [100, 20], [0, 20]], np.float32)
        if not self._readings[use_cls]:
            return SimpleNamespace(boxes=box[np.newaxis], txts=None, scores=None)
        texts, scores = zip(*self._readings[use_cls], strict=True)
        return SimpleNamespace(boxes=np.stack([box] * len(texts)), txts=texts, scores=scores)
