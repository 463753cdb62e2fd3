"""The pages of countries and trips, and PhotoPrism's addresses for what makes itself."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse

from albums.models import Album
from tests.base import TestCase
from tests.make import make_photo
from tests.test_albums.test_trips import BERLIN, FLORENCE, PARIS, SIENA, make_days
from tests.test_api.on_disk import file_of


class CountriesPageTest(TestCase):
    def page(self, path: str = "", user: User | None = None, **headers: Any) -> HttpResponse:
        return self.client_of(user or self.alice).get(f"/library/countries{path}", headers=headers)

    def test_it_counts_countries_and_cities_with_the_newest_photo_of_each(self) -> None:
        for place in (FLORENCE, SIENA, PARIS):
            make_photo(taken="2019-06-10", **place)
        newest = make_photo(taken="2021-01-01", **SIENA)
        answer = self.page()
        for text in ("2 countries, 3 cities", "Italy", "France", "3 photos", "2 cities", "2019 – 2021"):
            self.assertContains(answer, text)
        self.assertContains(answer, f"/api/v1/t/{file_of(newest).hash}/")
        self.assertContains(answer, "/library/countries/it")

    def test_names_are_in_the_language_of_the_reader(self) -> None:
        make_photo(**FLORENCE)
        self.assertContains(self.page(**{"Accept-Language": "de"}), "Italien")
        self.assertContains(self.page("/it", **{"Accept-Language": "fr"}), "<h1>Italie</h1>")

    def test_a_country_has_its_states_and_its_timeline(self) -> None:
        make_photo(**FLORENCE)
        make_photo(**PARIS)
        answer = self.page("/it")
        state = Album.objects.get(type="state", state="Tuscany")
        for text in (
            "Tuscany",
            f"/library/albums/{state.uid}/",
            'data-query="country:it"',
            "/library/places?q=country:it",
        ):
            self.assertContains(answer, text)
        self.assertNotContains(answer, "Île-de-France")

    def test_what_is_not_seen_does_not_exist(self) -> None:
        make_photo(private=True, **FLORENCE)
        make_photo(owner=self.alice, **PARIS)
        self.assertContains(self.page(), "France")
        self.assertNotContains(self.page(), "Italy")
        self.assertContains(self.page(user=self.bob), "No countries yet")
        for path, user in (("/it", self.alice), ("/fr", self.bob), ("/zz", self.alice), ("/x", self.alice)):
            self.assertEqual(self.page(path, user).status_code, 404)

    def test_it_costs_the_same_however_many_there_are(self) -> None:
        client = self.client_of(self.alice)
        make_photo(**FLORENCE)
        client.get("/library/countries")
        for place in (PARIS, BERLIN, SIENA):
            make_photo(**place)
        with self.assertNumQueries(6):
            client.get("/library/countries")


class TripsPageTest(TestCase):
    def test_trips_are_listed_by_year_and_lead_to_their_albums(self) -> None:
        make_days("2019-05-01", 12, BERLIN, photos=1)
        make_days("2019-06-10", 4, FLORENCE, SIENA)
        answer = self.client_of(self.alice).get("/library/trips")
        album = Album.objects.get(template="trip")
        for text in (
            "1 trip",
            "2019",
            "Tuscany, June 2019",
            "Florence, Siena",
            "Berlin",
            f"/library/albums/{album.uid}/",
        ):
            self.assertContains(answer, text)
        page = self.client_of(self.alice).get(f"/library/albums/{album.uid}/view", headers={"Accept-Language": "de"})
        self.assertNotContains(page, "· Tuscany")
        for text in ("Tuscany, Juni 2019", "16 photos", 'id="map"', f"album:{album.uid}"):
            self.assertContains(page, text)

    def test_an_empty_page_says_what_becomes_a_trip(self) -> None:
        answer = self.client_of(self.bob).get("/library/trips")
        self.assertContains(answer, "No trips yet")
        self.assertNotContains(answer, "data-home")
        self.assertContains(self.client_of(self.alice).get("/library/trips"), "data-home")

    def test_it_costs_the_same_however_many_there_are(self) -> None:
        client = self.client_of(self.alice)
        make_days("2019-05-01", 12, BERLIN, photos=1)
        make_days("2019-06-10", 2, FLORENCE)
        client.get("/library/trips")
        make_days("2019-07-10", 2, PARIS)
        make_days("2019-08-10", 2, SIENA)
        client.get("/library/trips")
        with self.assertNumQueries(12):
            client.get("/library/trips")


class KindsTest(TestCase):
    def test_tabs_lead_to_what_makes_itself(self) -> None:
        make_photo(taken="2019-06-10", **FLORENCE)
        answer = self.client_of(self.alice).get("/library/albums", {"kind": "month"}, headers={"Accept-Language": "de"})
        tabs = {str(tab.kind): tab.count for tab in answer.context["listing"].tabs}
        self.assertEqual(tabs, {"": 0, "smart": 0, "shared": 0, "month": 1, "state": 1, "folder": 1})
        self.assertContains(answer, "Juni 2019")
        self.assertContains(self.client_of(self.alice).get("/library/albums"), "No albums yet")

    def test_photoprisms_addresses_open(self) -> None:
        for name, kind in (("calendar", "month"), ("moments", "moment"), ("folders", "folder"), ("states", "state")):
            answer = self.client_of(self.alice).get(f"/library/{name}")
            self.assertRedirects(answer, f"/library/albums?kind={kind}")

    def test_the_page_of_a_smart_album_leads_to_the_map(self) -> None:
        make_photo(taken="2019-06-10", **FLORENCE)
        self.client_of(self.alice).get("/library/albums?kind=state")
        state = Album.objects.get(type="state")
        answer = self.client_of(self.alice).get(f"/library/albums/{state.uid}/view")
        self.assertContains(answer, f"/library/places?q=album:{state.uid}")
