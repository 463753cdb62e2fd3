"""Places found by name, and positions as people write them."""

import unittest

from hypothesis import given, settings
from hypothesis import strategies as st

from places.finding import find_places
from places.olc import encode
from places.positions import read_position

ROME = (41.8902, 12.4922)


class FindPlacesTest(unittest.TestCase):
    def test_the_largest_of_a_name_comes_first(self) -> None:
        for text, label in (
            ("rome", "Rome, Lazio, Italy"),
            ("ROME", "Rome, Lazio, Italy"),
            ("york", "York, England, United Kingdom"),
            ("new yo", "New York City, New York, United States"),
            ("zurich", "Zürich, Zurich, Switzerland"),
            ("sao paulo", "São Paulo, Brazil"),
        ):
            with self.subTest(text):
                self.assertEqual(find_places(text)[0].label, label)

    def test_a_state_or_country_chooses_among_them(self) -> None:
        self.assertEqual(find_places("paris, texas")[0].label, "Paris, Texas, United States")
        self.assertEqual(find_places("paris, fr")[0].label, "Paris, Île-de-France, France")
        self.assertEqual(find_places("paris, atlantis"), [])

    def test_later_words_count_too(self) -> None:
        self.assertIn("Desenzano del Garda, Lombardy, Italy", [found.label for found in find_places("garda")])

    def test_the_position_is_that_of_the_place(self) -> None:
        rome = find_places("rome")[0]
        self.assertAlmostEqual(rome.lat, 41.89, delta=0.05)
        self.assertAlmostEqual(rome.lng, 12.5, delta=0.05)

    def test_nothing_finds_nothing(self) -> None:
        for text in ("", " ", ",", "qqqqq", "\n"):
            self.assertEqual(find_places(text), [])

    @settings(deadline=None)
    @given(st.text(max_size=120))
    def test_any_text_is_safe(self, text: str) -> None:
        self.assertLessEqual(len(find_places(text, 3)), 3)


class ReadPositionTest(unittest.TestCase):
    def test_every_way_to_write_one(self) -> None:
        for text in (
            "41.8902, 12.4922",
            "41.8902 12.4922",
            "geo:41.8902,12.4922?z=12",
            "N 41.8902 E 12.4922",
            "41.8902N 12.4922E",
            "41°53'24.72\"N 12°29'31.92\"E",
            "41 53.412 N, 12 29.532 E",
            "https://maps.example.org/@41.8902,12.4922,15z",
            "https://maps.example.org/place/x/data=!3d41.8902!4d12.4922",
            "https://maps.example.org/?mlat=41.8902&mlon=12.4922",
            "https://maps.example.org/?q=41.8902%2C12.4922",
            "https://maps.example.org/#map=15/41.8902/12.4922",
        ):
            with self.subTest(text):
                found = read_position(text)
                assert found is not None
                self.assertAlmostEqual(found[0], ROME[0], places=4)
                self.assertAlmostEqual(found[1], ROME[1], places=4)

    def test_south_and_west_are_negative(self) -> None:
        self.assertEqual(read_position("33°30′S 70°30′W"), (-33.5, -70.5))
        self.assertEqual(read_position("−33.5, -70.5"), (-33.5, -70.5))

    def test_anything_else_is_none(self) -> None:
        for text in ("", "rome", "12", "91, 3", "41, 181", "1 2 3 4", "41.8 O 12.4", "https://maps.example.org/"):
            with self.subTest(text):
                self.assertIsNone(read_position(text))

    @settings(deadline=None)
    @given(st.floats(-89, 89), st.floats(-179, 179))
    def test_a_plus_code_leads_back(self, lat: float, lng: float) -> None:
        found = read_position(encode(lat, lng, 10))
        assert found is not None
        self.assertAlmostEqual(found[0], lat, places=3)
        self.assertAlmostEqual(found[1], lng, places=3)

    @settings(deadline=None)
    @given(st.text(max_size=600))
    def test_any_text_is_safe(self, text: str) -> None:
        found = read_position(text)
        self.assertTrue(found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180))
