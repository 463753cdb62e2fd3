"""Titles from people, labels, places, names and dates."""

from django.test import SimpleTestCase

from library.titles import LabelFact, TitleFacts, join_names, title_for

BERLIN = {"has_place": True, "city": "Berlin", "country": "Germany", "year": 2020}


def title(**known: object) -> str:
    return title_for(TitleFacts(**known))  # type: ignore[arg-type]


class PeopleTitleTest(SimpleTestCase):
    def test_a_short_name_is_followed_by_city_and_year(self) -> None:
        self.assertEqual(title(people=("Anna Mander",), **BERLIN), "Anna Mander / Berlin / 2020")

    def test_longer_names_leave_the_year_out(self) -> None:
        self.assertEqual(title(people=("Anna Mander", "Otto Meier"), **BERLIN), "Anna Mander & Otto Meier / Berlin")

    def test_very_long_names_stand_alone(self) -> None:
        people = ("Annabella Mandersson", "Bartholomew Gatesworth")
        self.assertEqual(title(people=people, **BERLIN), "Annabella Mandersson & Bartholomew Gatesworth")

    def test_a_long_city_gives_way_to_the_country(self) -> None:
        known = {**BERLIN, "city": "Garmisch-Partenkirchen"}
        self.assertEqual(title(people=("Anna Mander",), **known), "Anna Mander / Germany / 2020")

    def test_people_without_a_place_have_the_year(self) -> None:
        self.assertEqual(title(people=("Anna Mander",), year=2020), "Anna Mander / 2020")

    def test_more_than_three_people_make_no_title(self) -> None:
        self.assertEqual(title(people=("A B", "C D", "E F", "G H"), **BERLIN), "Berlin / Germany / 2020")


class LabelTitleTest(SimpleTestCase):
    def test_a_sure_label_is_followed_by_city_and_year(self) -> None:
        self.assertEqual(title(labels=(LabelFact("Bridge", 20),), **BERLIN), "Bridge / Berlin / 2020")

    def test_a_city_that_contains_the_label_gives_way_to_the_country(self) -> None:
        known = {**BERLIN, "city": "Salt Lake City"}
        self.assertEqual(title(labels=(LabelFact("Lake", 20),), **known), "Lake / Germany / 2020")

    def test_a_weak_label_gives_way_to_the_place(self) -> None:
        weak = (LabelFact("Wall", 55),)
        self.assertEqual(title(labels=weak, place="Zoo", **BERLIN), "Zoo / Berlin / 2020")

    def test_an_unsure_label_is_not_used_at_a_place(self) -> None:
        self.assertEqual(title(labels=(LabelFact("Wall", 61),), **BERLIN), "Berlin / Germany / 2020")

    def test_without_a_place_the_name_of_the_file_beats_the_label(self) -> None:
        labels = (LabelFact("Wall", 10),)
        self.assertEqual(title(labels=labels, file_title="Our Garden", year=2019), "Our Garden / 2019")
        self.assertEqual(title(labels=labels, year=2019), "Wall / 2019")

    def test_a_wide_label_gives_way_to_any_place_and_to_any_other_label(self) -> None:
        animal, bridge = LabelFact("Animal", 5, 5, is_wide=True), LabelFact("Bridge", 30)
        self.assertEqual(title(labels=(animal,), **BERLIN), "Berlin / Germany / 2020")
        self.assertEqual(title(labels=(animal, bridge), **BERLIN), "Bridge / Berlin / 2020")
        self.assertEqual(title(labels=(animal,), year=2020), "Animal / 2020")


class PlaceTitleTest(SimpleTestCase):
    def test_a_place_is_followed_by_city_and_year(self) -> None:
        self.assertEqual(title(place="Tierpark", **BERLIN), "Tierpark / Berlin / 2020")

    def test_a_longer_place_drops_the_city(self) -> None:
        self.assertEqual(
            title(place="Brandenburg Gate, Pariser Platz", **BERLIN), "Brandenburg Gate, Pariser Platz / 2020"
        )

    def test_a_very_long_place_stands_alone(self) -> None:
        place = "Federal Ministry of Food, Agriculture and Forests"
        self.assertEqual(title(place=place, **BERLIN), place)

    def test_the_city_stands_for_a_place_without_a_name(self) -> None:
        self.assertEqual(title(**BERLIN), "Berlin / Germany / 2020")

    def test_a_city_that_is_called_as_its_country_is_named_once(self) -> None:
        known = {"has_place": True, "city": "Singapore", "country": "Singapore", "year": 2024}
        self.assertEqual(title(**known), "Singapore / 2024")

    def test_a_place_without_any_name_falls_back_to_the_file(self) -> None:
        self.assertEqual(title(has_place=True, file_title="On the Open Sea"), "On the Open Sea")


class PlainTitleTest(SimpleTestCase):
    def test_a_long_file_title_has_no_year(self) -> None:
        self.assertEqual(title(file_title="The Long Way Home to You", year=2020), "The Long Way Home to You")

    def test_a_date_at_the_end_of_a_name_is_said_once(self) -> None:
        self.assertEqual(title(file_title="Screenshot 2024 03", year=2024), "Screenshot / 2024")
        self.assertEqual(title(file_title="Party 2019", year=2019), "Party / 2019")
        self.assertEqual(title(file_title="Party 2019", year=2024), "Party 2019 / 2024")
        self.assertEqual(title(file_title="Boeing 747 100SR", year=2024), "Boeing 747 100SR / 2024")

    def test_nothing_known_is_unknown(self) -> None:
        self.assertEqual(title(), "Unknown")
        self.assertEqual(title(year=2020), "Unknown / 2020")

    def test_a_title_ends_at_200_characters(self) -> None:
        self.assertEqual(len(title(file_title="word " * 100)), 199)


class JoinNamesTest(SimpleTestCase):
    def test_a_shared_last_name_is_written_once(self) -> None:
        self.assertEqual(join_names(["Anna Mander", "Jens Mander"]), "Anna & Jens Mander")

    def test_different_last_names_stay(self) -> None:
        self.assertEqual(join_names(["Anna Mander", "Bill Gates"]), "Anna Mander & Bill Gates")

    def test_three_people_can_be_called_by_first_name(self) -> None:
        names = ["Anna Mander", "Jane Mander", "Bill Gates"]
        self.assertEqual(join_names(names, first_names=True), "Anna, Jane & Bill")

    def test_no_names_join_to_nothing(self) -> None:
        self.assertEqual(join_names([]), "")
