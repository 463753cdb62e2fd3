"""Trips: found in the photos at any moment, with albums that people may rename, away from a home that they may name."""

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.utils.translation import override

from albums.models import Album, Home
from albums.trips import Trip, trips
from library.models import Photo
from tests.base import TestCase
from tests.make import make_photo

BERLIN: dict[str, Any] = {"lat": 52.52, "lng": 13.40, "country": "de", "place": "Berlin, Berlin, Germany"}
FLORENCE: dict[str, Any] = {"lat": 43.77, "lng": 11.26, "country": "it", "place": "Florence, Tuscany, Italy"}
SIENA: dict[str, Any] = {"lat": 43.32, "lng": 11.33, "country": "it", "place": "Siena, Tuscany, Italy"}
PARIS: dict[str, Any] = {"lat": 48.86, "lng": 2.35, "country": "fr", "place": "Paris, Île-de-France, France"}


def make_days(first: str, days: int, *places: dict[str, Any], photos: int = 4, **fields: Any) -> list[Photo]:
    start = date.fromisoformat(first)
    return [
        make_photo(taken=f"{start + timedelta(days=day)} 12:{number:02}:00", **places[day % len(places)], **fields)
        for day in range(days)
        for number in range(photos)
    ]


class TripsTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        make_days("2019-05-01", 12, BERLIN, photos=1)

    def trips(self, user: User | None = None) -> list[Trip]:
        return trips(self.grant_of(user or self.alice))

    def titles(self, user: User | None = None) -> list[str]:
        return [trip.title for trip in self.trips(user)]

    def test_days_away_become_an_album(self) -> None:
        photos = make_days("2019-06-10", 4, FLORENCE, SIENA)
        unplaced = make_photo(taken="2019-06-12 18:00:00")
        trip = self.trips()[0]
        self.assertEqual((trip.title, trip.days, trip.made.count), ("Tuscany, June 2019", 4, 17))
        self.assertEqual(trip.album.filter, "after:2019-06-10 before:2019-06-13")
        self.assertFound(f"s:{trip.album.uid}", *photos, unplaced)

    def test_it_grows_and_shrinks_with_its_photos_and_stays_the_same_album(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, SIENA)
        before = self.trips()[0]
        make_days("2019-06-14", 2, PARIS, photos=20)
        after = self.trips()[0]
        self.assertEqual((after.album.uid, after.title), (before.album.uid, "France and Italy, June 2019"))
        self.assertEqual(after.album.filter, "after:2019-06-10 before:2019-06-15")
        Photo.objects.filter(country__in=["it", "fr"]).update(deleted_at=before.album.created_at)
        self.assertEqual(self.trips(), [])
        Photo.objects.filter(country="it").update(deleted_at=None)
        self.assertEqual([trip.album.uid for trip in self.trips()], [before.album.uid])

    def test_a_name_that_somebody_gave_is_kept(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, SIENA)
        url = f"/api/v1/albums/{self.trips()[0].album.uid}"
        client = self.client_of(self.alice)
        client.put(url, {"Title": "Honeymoon"}, content_type="application/json")
        make_days("2019-06-14", 1, FLORENCE)
        self.assertEqual(self.titles(), ["Honeymoon"])
        self.assertEqual(client.get(url).json()["PhotoCount"], 20)
        with override("de"):
            self.assertEqual(self.titles(), ["Honeymoon"])

    def test_it_is_found_by_its_name(self) -> None:
        photos = make_days("2019-06-10", 4, FLORENCE)
        self.trips()
        self.assertFound('album:"Florence, June 2019"', *photos)

    def test_its_own_name_is_in_the_language_of_the_reader(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, PARIS)
        self.assertEqual(self.titles(), ["France and Italy, June 2019"])
        with override("de"):
            self.assertEqual(self.titles(), ["Frankreich and Italien, Juni 2019"])
        self.assertEqual(Album.objects.get().title, "France and Italy, June 2019")

    def test_a_deleted_one_stays_away(self) -> None:
        make_days("2019-06-10", 4, FLORENCE)
        uid = self.trips()[0].album.uid
        self.client_of(self.alice).delete(f"/api/v1/albums/{uid}")
        self.assertEqual(self.titles(), [])
        self.assertEqual(Album.objects.count(), 1)

    def test_nothing_is_written_where_nothing_is_new(self) -> None:
        make_days("2019-06-10", 4, FLORENCE)
        changed_at = self.trips()[0].album.updated_at
        with self.assertNumQueries(8):
            self.trips()
        self.assertEqual(Album.objects.get().updated_at, changed_at)

    def test_private_photos_tell_nobody_of_a_trip(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, private=True)
        for user in (self.admin, self.alice, self.bob):
            self.assertEqual(self.titles(user), [])

    def test_who_has_own_photos_has_trips_of_their_own(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, owner=self.alice)
        self.assertEqual(self.titles(self.alice), ["Florence, June 2019"])
        for user in (self.admin, self.bob, self.guest):
            self.assertEqual(self.titles(user), [])
        answer = self.client_of(self.bob).get(f"/api/v1/albums/{Album.objects.get().uid}")
        self.assertEqual(answer.status_code, 404)

    def test_apps_are_told_of_trips_as_moments(self) -> None:
        make_days("2019-06-10", 2, FLORENCE)
        answer = self.client_of(self.bob).get("/api/v1/albums?count=10&type=moment").json()
        told = {album["Title"]: (album["PhotoCount"], album["Year"], album["Month"], album["Day"]) for album in answer}
        self.assertEqual(told["Florence, June 2019"], (8, 2019, 6, 10))
        self.assertEqual(told["Italy 2019"][0], 8)

    def test_words_between_countries_are_in_the_language_of_the_reader(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, PARIS)
        with patch("albums.trips._", lambda text: text.replace(" and ", " und ")), override("de"):
            titles = [trip.title for trip in trips(self.grant_of(self.bob))]
        self.assertEqual(titles, ["Frankreich und Italien, Juni 2019"])

    def test_the_api_tells_where_each_led(self) -> None:
        make_days("2019-06-10", 4, FLORENCE, SIENA)
        told = self.client_of(self.bob).get("/api/v1/trips").json()
        self.assertEqual(told[0]["Cities"], ["Florence", "Siena"])
        self.assertEqual((told[0]["First"], told[0]["Last"], told[0]["Days"]), ("2019-06-10", "2019-06-13", 4))
        self.assertEqual((told[0]["Countries"], told[0]["PhotoCount"]), (["it"], 16))


class HomeTest(TestCase):
    def say(self, user: User | None = None, **home: Any) -> Any:
        return self.client_of(user or self.alice).put("/api/v1/trips/home", home, content_type="application/json")

    def home(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client_of(self.alice).get("/api/v1/trips/home").json()
        return found

    def test_photos_tell_where_home_is(self) -> None:
        self.assertEqual(self.home(), {"Lat": 0, "Lng": 0, "Name": "", "Src": "", "Since": ""})
        make_days("2019-05-01", 12, BERLIN, photos=1)
        self.assertEqual((self.home()["Name"], self.home()["Src"]), ("Berlin", ""))

    def test_what_somebody_says_holds(self) -> None:
        make_days("2019-05-01", 12, BERLIN, photos=1)
        make_days("2019-06-10", 4, FLORENCE)
        answer = self.say(Lat=43.77, Lng=11.26)
        self.assertEqual((answer.json()["Name"], answer.json()["Src"]), ("Florence", "manual"))
        self.assertEqual([trip.title for trip in trips(self.grant_of(self.bob))], ["Berlin, May 2019"])
        self.say(Lat=43.77, Lng=11.26, Since="2020-01-01")
        self.assertEqual(self.home()["Since"], "2020-01-01")
        self.assertEqual([trip.title for trip in trips(self.grant_of(self.bob))], ["Florence, June 2019"])
        self.client_of(self.alice).delete("/api/v1/trips/home")
        self.assertEqual(self.home()["Name"], "Berlin")
        self.assertFalse(Home.objects.exists())

    def test_only_who_edits_says_so_and_wrong_places_are_refused(self) -> None:
        self.assertEqual(self.say(self.bob, Lat=1, Lng=1).status_code, 403)
        for home in ({}, {"Lat": 91, "Lng": 0}, {"Lat": 1}, {"Lat": 1, "Lng": 1, "Since": "soon"}):
            self.assertEqual(self.say(**home).status_code, 400)

    def test_who_has_own_photos_has_an_own_home(self) -> None:
        make_photo(owner=self.alice)
        self.say(Lat=43.77, Lng=11.26)
        self.assertEqual(Home.objects.get().owner_key, self.alice.pk)

    def test_guests_are_not_told_where_home_is(self) -> None:
        make_days("2019-05-01", 12, BERLIN, photos=1)
        nothing = {"Lat": 0, "Lng": 0, "Name": "", "Src": "", "Since": ""}
        for said in (False, True):
            if said:
                self.say(Lat=43.77, Lng=11.26)
            guest = self.client_of(self.guest)
            self.assertEqual(guest.get("/api/v1/trips/home").json(), nothing)
            page = guest.get("/library/trips")
            self.assertNotContains(page, "Florence" if said else "Berlin")
            self.assertNotContains(page, "data-lat")
