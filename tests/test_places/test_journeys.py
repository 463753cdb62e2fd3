"""Journeys: what is one, when it ends, and what it is called."""

import unittest
from collections.abc import Iterable
from datetime import date, timedelta

from places.distance import Position
from places.journeys import Day, Home, Journey, Stop, countries_named, homes, journeys

HOME = {"lat": 52.52, "lng": 13.40, "country": "de", "state": "Berlin", "city": "Berlin"}
ROME = {"lat": 41.89, "lng": 12.49, "country": "it", "state": "Lazio", "city": "Rome"}
NAPLES = {"lat": 40.85, "lng": 14.27, "country": "it", "state": "Campania", "city": "Naples"}
FLORENCE = {"lat": 43.77, "lng": 11.26, "country": "it", "state": "Tuscany", "city": "Florence"}
SIENA = {"lat": 43.32, "lng": 11.33, "country": "it", "state": "Tuscany", "city": "Siena"}
PARIS = {"lat": 48.86, "lng": 2.35, "country": "fr", "state": "Île-de-France", "city": "Paris"}
POTSDAM = {"lat": 52.39, "lng": 13.06, "country": "de", "state": "Brandenburg", "city": "Potsdam"}
START = date(2024, 1, 1)


def day(number: int, *places: dict[str, object], photos: int = 10) -> Day:
    return Day(START + timedelta(days=number), tuple(Stop(photos=photos, **place) for place in places))  # type: ignore[arg-type]


def at_home(*numbers: int) -> list[Day]:
    return [day(number, HOME) for number in numbers]


def found(days: Iterable[Day]) -> list[Journey]:
    return journeys([*at_home(*range(0, 60, 3), *range(100, 160, 3)), *days])


class JourneysTest(unittest.TestCase):
    def test_days_away_are_one_journey(self) -> None:
        trip = found(day(number, ROME) for number in range(70, 75))[0]
        self.assertEqual((trip.first, trip.last), (START + timedelta(days=70), START + timedelta(days=74)))
        self.assertEqual((trip.photos, trip.name, trip.countries), (50, "Rome", ("it",)))

    def test_it_is_named_by_what_holds_most_of_it(self) -> None:
        for places, name in (
            ((ROME, ROME, ROME), "Rome"),
            ((FLORENCE, SIENA, FLORENCE), "Tuscany"),
            ((ROME, FLORENCE, NAPLES), "Italy"),
            ((ROME, PARIS, PARIS), "France and Italy"),
        ):
            with self.subTest(name):
                trip = found(day(70 + number, place) for number, place in enumerate(places))[0]
                self.assertEqual(trip.name, name)

    def test_a_walk_near_home_is_none(self) -> None:
        self.assertEqual(found(day(number, POTSDAM) for number in range(70, 75)), [])

    def test_a_day_trip_or_a_few_photos_are_none(self) -> None:
        self.assertEqual(found([day(70, ROME)]), [])
        self.assertEqual(found([day(70, ROME, photos=1), day(71, ROME, photos=1)]), [])

    def test_days_without_photos_do_not_end_it_but_home_does(self) -> None:
        self.assertEqual(len(found(day(number, ROME) for number in (70, 71, 74, 75))), 1)
        self.assertEqual(len(found(day(number, ROME) for number in (70, 71, 80, 81))), 2)
        self.assertEqual(len(found([*(day(number, ROME) for number in (70, 71, 73, 74)), *at_home(72)])), 2)

    def test_who_moves_has_another_home(self) -> None:
        moved = [*at_home(*range(0, 300, 3)), *(day(number, PARIS) for number in range(600, 900, 3))]
        self.assertEqual(journeys(moved), [])
        visit = [*moved, *(day(number, HOME) for number in range(950, 953))]
        self.assertEqual([trip.name for trip in journeys(visit)], ["Berlin"])

    def test_without_a_known_home_there_is_no_journey(self) -> None:
        self.assertEqual(journeys([day(number, ROME) for number in range(3)]), [])
        self.assertEqual(homes([day(0, ROME)]), [None])
        self.assertEqual(journeys([]), [])

    def test_over_the_date_line(self) -> None:
        fiji = {"lat": -17.7, "lng": 178.0, "country": "fj", "state": "", "city": "Nadi"}
        samoa = {"lat": -13.8, "lng": -171.7, "country": "ws", "state": "", "city": "Apia"}
        trip = found([day(70, fiji), day(71, samoa), day(72, samoa)])[0]
        self.assertEqual(trip.name, "Samoa and Fiji")

    def test_home_is_where_somebody_said_from_that_day_on(self) -> None:
        paris = Home(Position(lat=48.86, lng=2.35), START + timedelta(days=65))
        days = [*at_home(*range(0, 60, 3)), *(day(number, PARIS) for number in range(70, 75))]
        self.assertEqual([trip.name for trip in journeys(days)], ["Paris"])
        self.assertEqual(journeys(days, paris), [])
        always = [trip.name for trip in journeys(days, Home(paris.position))]
        self.assertEqual(always, ["Berlin"])

    def test_a_home_that_was_named_needs_no_days(self) -> None:
        home = Home(Position(lat=52.5, lng=13.4))
        self.assertEqual([trip.name for trip in journeys([day(70, ROME), day(71, ROME)], home)], ["Rome"])

    def test_countries_are_named_in_any_language(self) -> None:
        trip = found([day(70, ROME), day(71, PARIS), day(72, PARIS)])[0]
        self.assertEqual(trip.named_by, ("fr", "it"))
        names = {"fr": "Frankreich", "it": "Italien"}.__getitem__
        self.assertEqual(
            countries_named(trip.named_by, names, lambda text: text.replace("and", "und")), "Frankreich und Italien"
        )
        self.assertEqual(countries_named(["fr"]), "France")
        self.assertEqual(countries_named(["fr", "it", "de"]), "France, Italy and Germany")
        self.assertEqual(countries_named(["fr", "it", "de", "es"]), "France, Italy and 2 more countries")
        self.assertEqual(countries_named([]), "")
