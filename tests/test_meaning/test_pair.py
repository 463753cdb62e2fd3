"""An operator's own model: its folder, its two halves, and what is wrong with one that cannot be used."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pyvips
from django.test import SimpleTestCase

from library.meaning.framing import framing_of
from library.meaning.onnx import EncoderUnusable
from library.meaning.pair import ImageHalf, TextHalf, check, packed, pair_at
from tests.tiny_pair import write_pair


class PairTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="pair-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_words_are_near_the_pictures_they_are_about(self) -> None:
        pair = pair_at(write_pair(self.folder))
        texts, images = TextHalf(pair), ImageHalf(pair)
        pictures = [images.encode(images.framing.pixels(self._picture(*rgb))) for rgb in ((200, 9, 9), (9, 9, 200))]
        likeness = texts.encode(["cherry", "ocean"]) @ np.array(pictures).T
        self.assertGreater(likeness[0, 0], 0.9)
        self.assertGreater(likeness[1, 1], 0.9)
        self.assertLess(likeness[0, 1], 0.2)

    def test_texts_are_filled_up_where_the_model_wants_it(self) -> None:
        texts = TextHalf(pair_at(write_pair(self.folder, length=7, mask=False)))
        self.assertEqual(texts.encode(["cherry"]).tolist(), [[1, 0, 0, 0]])
        self.assertEqual(texts.encode(["ocean " * 50]).tolist(), [[0, 0, 1, 0]])

    def test_what_fills_them_up_is_said_beside_the_tokenizer(self) -> None:
        folder = write_pair(self.folder, length=3, mask=False)
        (folder / "tokenizer_config.json").write_text(json.dumps({"pad_token": {"content": "ocean"}}))
        filled = TextHalf(pair_at(folder)).encode(["cherry"])[0]
        self.assertGreater(filled[2], filled[0])

    def test_a_vector_in_bytes_keeps_its_direction(self) -> None:
        vector = np.array([0.5, -0.25, 0.1], np.float32)
        self.assertEqual(np.frombuffer(packed(vector), np.int8).tolist(), [127, -64, 25])

    def test_both_halves_are_compared(self) -> None:
        self.assertEqual(check(write_pair(self.folder)), 4)
        with self.assertRaisesMessage(EncoderUnusable, "they are no pair"):
            check(write_pair(self.folder / "other", dimensions=3))

    def test_another_image_encoder_or_size_is_another_model(self) -> None:
        first = pair_at(write_pair(self.folder / "one")).digest
        self.assertEqual(pair_at(write_pair(self.folder / "same")).digest, first)
        self.assertNotEqual(pair_at(write_pair(self.folder / "turned", turn=1)).digest, first)
        resized = write_pair(self.folder / "sized")
        (resized / "preprocessor_config.json").write_text(json.dumps({"size": 48}))
        self.assertNotEqual(pair_at(resized).digest, first)

    def test_what_is_wrong_is_said(self) -> None:
        wrong = {
            "none of the files": lambda folder: (folder / "text_model.onnx").unlink(),
            "cannot be run": lambda folder: (folder / "text_model.onnx").write_bytes(b"no model"),
            "tokenizer": lambda folder: (folder / "tokenizer.json").write_text("{}"),
            "is no JSON": lambda folder: (folder / "preprocessor_config.json").write_text("{"),
            "takes no pictures": lambda folder: (folder / "vision_model.onnx").write_bytes(
                (folder / "text_model.onnx").read_bytes()
            ),
            "input_ids": lambda folder: (folder / "text_model.onnx").write_bytes(
                (folder / "vision_model.onnx").read_bytes()
            ),
        }
        for number, (sentence, spoil) in enumerate(wrong.items()):
            with self.subTest(sentence):
                folder = write_pair(self.folder / str(number))
                spoil(folder)
                with self.assertRaisesMessage(EncoderUnusable, sentence):
                    check(folder)

    def test_an_empty_folder_is_said(self) -> None:
        with self.assertRaisesMessage(EncoderUnusable, "vision_model.onnx"):
            check(self.folder)

    def _picture(self, *rgb: int) -> Path:
        path = self.folder / f"{rgb[0]}.png"
        pyvips.Image.black(90, 60, bands=3).new_from_image(list(rgb)).cast("uchar").copy(
            interpretation="srgb"
        ).write_to_file(str(path))
        return path


class FramingTest(SimpleTestCase):
    def test_what_published_models_say(self) -> None:
        clip = framing_of({"size": {"shortest_edge": 224}, "crop_size": {"height": 224, "width": 224}, "resample": 3})
        self.assertEqual((clip.width, clip.height, clip.is_cut, clip.kernel), (224, 224, True, "cubic"))
        siglip = framing_of(
            {
                "image_processor_type": "SiglipImageProcessor",
                "size": {"height": 384, "width": 384},
                "image_mean": [0.5, 0.5, 0.5],
                "image_std": [0.5, 0.5, 0.5],
            }
        )
        self.assertEqual((siglip.width, siglip.is_cut, siglip.mean), (384, False, (0.5, 0.5, 0.5)))
        open_clip = framing_of({"size": [256, 256], "mean": [0, 0, 0], "std": [1, 1, 1], "resize_mode": "squash"})
        self.assertEqual((open_clip.height, open_clip.is_cut, open_clip.mean), (256, False, (0, 0, 0)))
        self.assertEqual(framing_of({}).width, 224)

    def test_what_is_longer_is_cut_off_or_squeezed(self) -> None:
        # Left half black, right half white: the middle shows half of each, and so does the whole.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "halves.png")
            halves = pyvips.Image.black(60, 40).join(pyvips.Image.black(60, 40) + 255, "horizontal")
            halves.cast("uchar").write_to_file(str(path))
            plain = {"mean": [0, 0, 0], "std": [1, 1, 1], "size": 20}
            for config in (plain, {**plain, "resize_mode": "squash"}):
                pixels = framing_of(config).pixels(path)
                self.assertEqual(pixels.shape, (3, 20, 20))
                self.assertLess(float(pixels[:, :, :8].max()), 0.1)
                self.assertGreater(float(pixels[:, :, 12:].min()), 0.9)
