"""Names of cameras and lenses."""

from django.test import SimpleTestCase

from library.meta.cameras import camera_make, camera_model, camera_name, lens_model


class CamerasTest(SimpleTestCase):
    def test_one_spelling_per_maker(self) -> None:
        written = (
            "NIKON CORPORATION",
            "Nikon",
            "OLYMPUS OPTICAL CO.,LTD",
            "SAMSUNG TECHWIN CO., LTD.",
            "LEICA CAMERA AG",
        )
        self.assertEqual([camera_make(make) for make in written], ["NIKON", "NIKON", "Olympus", "Samsung", "Leica"])

    def test_an_unknown_maker_keeps_its_name(self) -> None:
        self.assertEqual(camera_make("Lomography Inc."), "Lomography")

    def test_the_maker_is_not_repeated_in_the_model(self) -> None:
        self.assertEqual(camera_model("Canon EOS R5", "Canon"), "EOS R5")
        self.assertEqual(camera_model("NIKON D750", "NIKON"), "D750")
        self.assertEqual(camera_model("KODAK DX4330 DIGITAL CAMERA", "Kodak"), "DX4330 DIGITAL CAMERA")
        self.assertEqual(camera_model("PENTAX K10D", "PENTAX"), "K10D")

    def test_a_model_that_only_starts_like_its_maker_stays(self) -> None:
        self.assertEqual(camera_model("Canonet", "Canon"), "Canonet")

    def test_unknown_is_no_name(self) -> None:
        self.assertEqual(camera_make(" unknown "), "")
        self.assertEqual(camera_name("", ""), "Unknown")
        self.assertEqual(camera_name("Apple", "iPhone 7"), "Apple iPhone 7")

    def test_codes_are_no_lenses(self) -> None:
        for written in ("----", "0.0 mm f/0.0", "63 48 2B 44 24 24 68 02", "65535", "n/a"):
            self.assertEqual(lens_model(written), "", written)
        self.assertEqual(lens_model(" EF50mm  f/1.8 STM\x00"), "EF50mm f/1.8 STM")
