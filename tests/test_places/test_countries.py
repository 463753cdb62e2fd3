"""Country codes and names."""

from django.test import SimpleTestCase

from places import countries


class CountriesTest(SimpleTestCase):
    def test_a_code_has_an_english_name(self) -> None:
        self.assertEqual(
            [countries.name_of(code) for code in ("de", "US", "nl")], ["Germany", "United States", "Netherlands"]
        )

    def test_the_unknown_country(self) -> None:
        self.assertEqual([countries.name_of(code) for code in ("zz", "", "qq")], ["Unknown"] * 3)

    def test_a_name_has_a_code(self) -> None:
        self.assertEqual([countries.code_of(name) for name in ("germany", " Japan ", "fr")], ["de", "jp", "fr"])
        self.assertEqual(countries.code_of("Atlantis"), "zz")

    def test_every_code_has_two_small_letters_and_a_name_of_its_own(self) -> None:
        names = countries.names()
        self.assertEqual(len(names), len(set(names.values())))
        self.assertTrue(all(len(code) == 2 and code.islower() and name for code, name in names.items()))
