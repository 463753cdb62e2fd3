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

    def test_short_forms_and_names_in_other_languages_have_one_too(self) -> None:
        written = ("USA", "uk", "Deutschland", "Österreich", "españa", "Côte d'Ivoire", "South Korea", "korea")
        self.assertEqual(
            [countries.code_of(name) for name in written], ["us", "gb", "de", "at", "es", "ci", "kr", "kr"]
        )

    def test_every_spelling_is_of_a_country_and_hides_no_english_name(self) -> None:
        spellings = countries.spellings()
        self.assertEqual(set(spellings.values()), set(countries.names()))
        for code, name in countries.names().items():
            self.assertEqual(spellings[name.casefold()], code)

    def test_names_are_in_the_language_of_the_reader(self) -> None:
        told = [
            countries.name_in("de", language) for language in ("de", "fr", "pt-br", "zh-hans", "de-at", "en-gb", "xx")
        ]
        self.assertEqual(told, ["Deutschland", "Allemagne", "Alemanha", "德国", "Deutschland", "Germany", "Germany"])
        self.assertEqual(countries.name_in("IT", "de"), "Italien")
        self.assertEqual(countries.name_in("zz", "de"), "Unknown")
