"""GET /api/v1/config and /settings: what an app is told at its start."""

from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache

from library.counts import recount_photos
from tests.base import TestCase
from tests.make import make_album, make_photo, make_subject


class ConfigTest(TestCase):
    def get(self, user: User | None = None) -> dict[str, Any]:
        cache.clear()
        return self.client_of(user or self.admin).get("/api/v1/config").json()

    def test_what_apps_read_without_asking(self) -> None:
        config = self.get()
        self.assertTrue(config["previewToken"] and config["downloadToken"])
        self.assertEqual((config["public"], config["mode"], config["apiUri"]), (False, "user", "/api/v1"))
        self.assertIn({"size": "fit_720", "w": 720, "h": 720}, config["thumbs"])

    def test_years_and_countries_are_those_of_photos(self) -> None:
        make_photo(taken="2019-05-17", country="it")
        make_photo(taken="2024-05-17", country="no")
        make_photo(taken="1999-05-17", country="de", private=True)
        config = self.get(self.bob)
        self.assertEqual(config["years"], [2024, 2019])
        names = [country["Name"] for country in config["countries"]]
        self.assertEqual(names, ["Italy", "Norway"])
        self.assertEqual(config["count"]["countries"], 2)

    def test_counts(self) -> None:
        make_photo(labels=["cat"], place="Bergen, Vestland, Norway", country="no")
        make_photo(labels=["cat", "dog"], type="video", camera="Canon EOS 6D", favorite_of=self.admin)
        make_photo(type="live", archived=True)
        make_photo(private=True, quality=3)
        make_subject("Anna", make_photo(quality=1))
        make_album("Alps", private=True)
        recount_photos()
        count = self.get()["count"]
        expected = {"all": 2, "photos": 1, "videos": 1, "favorites": 1, "live": 0, "archived": 1, "private": 1}
        expected |= {"review": 1, "cameras": 1, "labels": 2, "labelMaxPhotos": 2, "places": 1, "people": 1}
        expected |= {"albums": 1, "private_albums": 1, "files": 5, "hidden": 0}
        self.assertEqual({key: count[key] for key in expected}, expected)

    def test_nobody_is_told_of_what_only_others_have(self) -> None:
        own = make_photo(labels=["secret"], owner=self.alice, camera="Leica M6", country="it", type="live")
        make_subject("Anna", own)
        make_album("Diary", private=True, owner=self.alice)
        recount_photos()
        for user in (self.bob, self.guest):
            config = self.get(user)
            told = str({key: config[key] for key in ("people", "albums", "categories", "cameras", "countries")})
            for word in ("Anna", "Diary", "Secret", "Leica", "Italy"):
                self.assertNotIn(word, told)
            self.assertEqual({name for name, number in config["count"].items() if number}, set())

    def test_people_labels_and_albums_to_choose_from(self) -> None:
        make_subject("Anna", make_photo(labels=["cat"]))
        album = make_album("Alps", category="Trips")
        make_album("clinic", type="folder", filter="path:clinic/", category="Health")
        config = self.get(self.bob)
        self.assertEqual([person["Name"] for person in config["people"]], ["Anna"])
        self.assertEqual([label["Slug"] for label in config["categories"]], ["cat"])
        self.assertEqual([(one["UID"], one["Title"]) for one in config["albums"]], [(album.uid, "Alps")])
        self.assertEqual(config["albumCategories"], ["Trips"])

    def test_without_a_sign_in_nothing(self) -> None:
        for path in ("config", "settings"):
            answer = self.client.get(f"/api/v1/{path}")
            self.assertEqual((answer.status_code, answer.json()["code"]), (401, 401))


class SettingsTest(TestCase):
    def get(self, user: User) -> dict[str, Any]:
        return self.client_of(user).get("/api/v1/settings").json()

    def test_the_theme_is_where_every_app_looks_for_it(self) -> None:
        answer = self.get(self.alice)
        self.assertEqual(answer["theme"], answer["ui"]["theme"])

    def test_features_follow_from_what_the_account_may(self) -> None:
        chosen = {name: self.get(getattr(self, name))["features"] for name in ("admin", "alice", "bob", "guest")}
        self.assertEqual([one["edit"] for one in chosen.values()], [True, True, False, False])
        self.assertEqual([one["library"] for one in chosen.values()], [True, False, False, False])
        self.assertEqual([one["people"] for one in chosen.values()], [True, True, True, False])
        self.assertEqual([one["upload"] for one in chosen.values()], [True, True, False, False])
        self.assertFalse(chosen["admin"]["services"])
