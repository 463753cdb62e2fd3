"""The text model that comes along: what its vectors say, and what is said where it cannot be used."""

from pathlib import Path
from unittest.mock import patch

import numpy as np
from django.conf import settings
from django.test import SimpleTestCase

from library.checks import check_text_model
from library.meaning import sentences, vocabulary
from library.meaning.likeness import LIKELY, relevance, scores, unpacked
from library.meaning.onnx import EncoderUnusable
from library.meaning.sentences import SentenceModel

MODELS = Path(settings.MODELS_PATH)


class SentenceTest(SimpleTestCase):
    model: SentenceModel

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.model = SentenceModel(MODELS)

    def test_vectors_have_the_length_one_and_tell_what_is_alike(self) -> None:
        puppy, dog, car = self.model.encode(["puppy", "dog", "car"])
        self.assertAlmostEqual(float(np.linalg.norm(puppy)), 1, places=5)
        self.assertGreater(puppy @ dog, 0.6)
        self.assertLess(puppy @ car, 0.5)

    def test_a_text_is_the_same_alone_as_among_longer_ones(self) -> None:
        alone = self.model.encode(["puppy"])[0]
        among = self.model.encode(["puppy", "a text that is a good deal longer than the other one"])[0]
        self.assertGreater(float(alone @ among), 0.99)

    def test_names_are_nearest_to_their_own_classes_and_to_those_below_them(self) -> None:
        known = vocabulary.load(MODELS)
        bird, robin, tuesday = (known.nearness(vector) for vector in self.model.encode(["bird", "robin", "tuesday"]))
        self.assertAlmostEqual(float(bird[15]), 1, places=2)  # a robin
        self.assertLess(float(bird[281]), 0.6)  # a tabby
        self.assertEqual(int(robin.argmax()), 15)
        self.assertIsNone(relevance(tuesday))

    def test_the_table_is_what_the_model_makes_of_the_names(self) -> None:
        known = vocabulary.load(MODELS)
        place = known.names.wider.index("musical instrument")
        made = self.model.encode(["musical instrument"])[0]
        self.assertGreater(float(made @ known.vectors[len(known.names.own) + place]), 0.99)


class ScoreTest(SimpleTestCase):
    def test_a_score_is_the_sum_of_what_counts_of_the_probabilities(self) -> None:
        relevant = np.zeros(1000, np.float32)
        relevant[[5, 7]] = 1, 0.5
        row = np.zeros(10, np.dtype([("number", "<u2"), ("root", "u1")]))
        row["number"][:3], row["root"][:3] = (5, 7, 9), (128, 180, 200)
        classes, roots = unpacked([row.tobytes(), bytes(30), b"short"])
        found = scores(relevant, classes, roots)
        self.assertAlmostEqual(float(found[0]), (128 / 255) ** 2 + (180 / 255) ** 2 / 2, places=4)
        self.assertEqual(found[1:].tolist(), [0, 0])
        self.assertGreater(float(found[0]), LIKELY)

    def test_far_classes_count_for_nothing(self) -> None:
        nearness = np.array([1.0, 0.9, 0.7, 0.6, 0.2], np.float32)
        counted = relevance(nearness)
        assert counted is not None
        self.assertEqual(float(counted[0]), 1)
        self.assertTrue(0 < counted[2] < counted[1] < 1)
        self.assertEqual(counted[3:].tolist(), [0, 0])
        self.assertIsNone(relevance(np.array([0.5, 0.1], np.float32)))


class UnusableTest(SimpleTestCase):
    def test_a_damaged_model_is_not_loaded(self) -> None:
        with patch.object(sentences, "MODEL_SHA256", "0" * 64), self.assertRaisesMessage(EncoderUnusable, "SHA-256"):
            SentenceModel(MODELS)
        with (
            patch.object(sentences, "TOKENIZER_SHA256", "0" * 64),
            self.assertRaisesMessage(EncoderUnusable, "SHA-256"),
        ):
            sentences.check(MODELS)

    def test_a_package_that_is_not_there_is_named(self) -> None:
        with (
            patch.object(sentences, "PACKAGE", "no_such_package"),
            self.assertRaisesMessage(EncoderUnusable, "no-such-package is not installed"),
        ):
            SentenceModel(MODELS)

    def test_the_site_starts_with_a_doubt(self) -> None:
        self.assertEqual(check_text_model(None), [])
        with patch.object(sentences, "TOKENIZER", "missing.json"):
            (doubt,) = check_text_model(None)
        self.assertEqual(doubt.id, "library.W004")
        self.assertIn("missing.json is missing", doubt.msg)
