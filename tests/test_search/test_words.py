"""Free words."""

from tests.base import TestCase
from tests.make import make_photo


class WordsTest(TestCase):
    def test_every_word_has_to_be_found(self) -> None:
        both = make_photo(keywords=["red", "car"])
        make_photo(keywords=["red"])
        self.assertFound("red car", both)

    def test_a_year_and_a_country(self) -> None:
        trip = make_photo(taken="2024-07-01", country="it", place="Rome, Lazio, Italy")
        make_photo(taken="2023-07-01", country="it", place="Rome, Lazio, Italy")
        make_photo(taken="2024-07-01", country="fr", place="Paris, Ile-de-France, France")
        self.assertFound("2024 italy", trip)
        self.assertFound("2024 in Italy", trip)

    def test_a_name_of_two_words(self) -> None:
        york = make_photo(place="New York, New York, United States", country="us")
        make_photo(place="York, England, United Kingdom", country="gb")
        self.assertFound("new york", york)

    def test_a_month(self) -> None:
        photo = make_photo(taken="2024-05-17")
        make_photo(taken="2024-06-17")
        self.assertFound("may", photo)

    def test_long_words_may_be_cut_off(self) -> None:
        photo = make_photo(keywords=["mountain"])
        self.assertFound("moun", photo)

    def test_short_words_are_whole(self) -> None:
        make_photo(keywords=["cathedral"])
        cat = make_photo(keywords=["cat"])
        self.assertFound("cat", cat)
        self.assertFound("cats", cat)

    def test_a_label_is_found_by_a_word(self) -> None:
        photo = make_photo(labels=["sunset"])
        self.assertFound("sunset", photo)

    def test_a_camera_is_found_by_its_maker(self) -> None:
        photo = make_photo(camera="Canon EOS 6D")
        self.assertFound("canon", photo)

    def test_a_word_that_only_a_title_has(self) -> None:
        photo = make_photo(title="Opa 80")
        self.assertFound("opa", photo)

    def test_a_phrase_is_meant_literally(self) -> None:
        lake = make_photo(title="At Lake Como today", keywords=["lake", "como"])
        make_photo(title="Como on the lake", keywords=["lake", "como"])
        self.assertFound('"lake como"', lake)

    def test_not_a_word(self) -> None:
        make_photo(keywords=["cat"])
        dog = make_photo(keywords=["dog"])
        self.assertFound("-cat", dog)

    def test_either_word(self) -> None:
        cat, dog = make_photo(keywords=["cat"]), make_photo(keywords=["dog"])
        make_photo(keywords=["car"])
        self.assertFound("cat or dog", cat, dog)
