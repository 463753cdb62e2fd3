"""Positions and what they are called."""

import csv
import random
import re
from pathlib import Path

from django.test import SimpleTestCase, TestCase

from places import countries
from places.locate import Location, cell_for, look_up, place_id
from places.models import Cell, Place

COORDINATES = Path(__file__).parent / "coordinates.csv"


class TruthTest(SimpleTestCase):
    """281 coordinates: capitals, borders, enclaves, islands, 180 degrees, seas, poles."""

    def test_every_coordinate_lies_where_it_should(self) -> None:
        with COORDINATES.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                with self.subTest(**row):
                    self.assertAgrees(look_up(float(row["lat"]), float(row["lng"])), row)

    def assertAgrees(self, found: Location, row: dict[str, str]) -> None:  # noqa: N802
        self.assertEqual(found.country, row["country"], found.label)
        self.assertEqual(found.state, row["state"] or found.state)
        self.assertEqual(found.city, row["city"] or found.city)


class LocationTest(SimpleTestCase):
    def test_a_village_in_england(self) -> None:
        found = look_up(54.4326, -2.9617)
        self.assertEqual(found.label, "Ambleside, England, United Kingdom")
        self.assertEqual(found.keywords, ("ambleside", "england", "united", "kingdom"))
        self.assertEqual((found.country_name, found.time_zone), ("United Kingdom", "Europe/London"))

    def test_a_city_that_is_a_state_is_named_once(self) -> None:
        self.assertEqual(look_up(52.5163, 13.3777).label, "Berlin, Germany")

    def test_a_city_that_is_a_country_is_named_once(self) -> None:
        self.assertEqual(look_up(1.2868, 103.8545).label, "Singapore")

    def test_a_quarter_is_the_district_of_its_city(self) -> None:
        found = look_up(52.499, 13.403)
        self.assertEqual((found.city, found.district), ("Berlin", "Kreuzberg"))
        self.assertIn("kreuzberg", found.keywords)

    def test_open_sea_has_the_name_of_the_sea(self) -> None:
        found = look_up(56, 3)
        self.assertEqual((found.label, found.country, found.country_name), ("North Sea", "zz", "Unknown"))

    def test_a_boat_near_the_coast_is_in_the_country(self) -> None:
        self.assertEqual(look_up(43.60, 7.20).country, "fr")

    def test_wilderness_has_a_state_and_no_city(self) -> None:
        found = look_up(64.9, -18.5)
        self.assertEqual((found.country, found.city), ("is", ""))
        self.assertRegex(found.label, ", Iceland$")

    def test_no_position_is_unknown(self) -> None:
        for lat, lng in [(0.0, 0.0), (95.0, 0.0), (10.0, 200.0), (float("nan"), 5.0)]:
            found = look_up(lat, lng)
            self.assertEqual((found.cell_id, found.place_id, found.label), ("zz", "zz", "Unknown"))

    def test_both_names_of_the_180th_meridian_are_the_same_place(self) -> None:
        self.assertEqual(look_up(68, 180).place_id, look_up(68, -180).place_id)

    def test_any_point_has_a_label_a_zone_and_a_cell(self) -> None:
        dice = random.Random(7)
        for _ in range(300):
            found = look_up(dice.uniform(-90, 90), dice.uniform(-180, 180))
            self.assertTrue(found.label and found.time_zone)
            self.assertRegex(found.cell_id, r"^s2:[0-9a-f]{12}$")
            self.assertTrue(found.country == "zz" or found.country in countries.names())


class PlaceIdTest(SimpleTestCase):
    def test_an_id_is_the_country_and_twelve_letters(self) -> None:
        self.assertTrue(re.fullmatch(r"de:[0-9A-Za-z]{12}", place_id("de", "Berlin, Germany")))

    def test_an_id_never_changes(self) -> None:
        self.assertEqual(place_id("de", "Berlin, Germany"), "de:LYNQimS6VybS")

    def test_photos_of_one_town_share_a_place(self) -> None:
        self.assertEqual(look_up(54.4326, -2.9617).place_id, look_up(54.4301, -2.9630).place_id)


class CellForTest(TestCase):
    def test_a_cell_is_kept_with_its_place(self) -> None:
        cell = cell_for(look_up(54.4326, -2.9617))
        self.assertEqual(cell.place.label, "Ambleside, England, United Kingdom")
        self.assertEqual((cell.place.city, cell.place.state, cell.place.country), ("Ambleside", "England", "gb"))

    def test_the_same_spot_is_kept_once(self) -> None:
        places, cells = Place.objects.count(), Cell.objects.count()
        for _ in range(2):
            cell_for(look_up(54.4326, -2.9617))
        self.assertEqual((Place.objects.count() - places, Cell.objects.count() - cells), (1, 1))

    def test_an_unknown_position_has_the_unknown_cell(self) -> None:
        cell = cell_for(look_up(0, 0))
        self.assertEqual((cell.id, cell.place.id), ("zz", "zz"))

    def test_a_known_cell_costs_two_queries(self) -> None:
        location = look_up(54.4326, -2.9617)
        cell_for(location)
        with self.assertNumQueries(2):
            cell_for(location)
