"""What cities and states are looked up by."""

from importlib import import_module

from django.apps import apps

from places.models import Place
from tests.base import TestCase


class SlugTest(TestCase):
    def test_it_follows_the_name(self) -> None:
        place = Place.objects.create(id="br:1", city="São Paulo", state="São Paulo (Estado)")
        self.assertEqual((place.city_slug, place.state_slug), ("sao-paulo", "sao-paulo-estado"))
        place.city = "Köln"
        place.save(update_fields=["city", "city_slug"])
        self.assertEqual(Place.objects.get(id="br:1").city_slug, "koln")

    def test_a_place_that_is_looked_for_and_made_has_it(self) -> None:
        place, _ = Place.objects.get_or_create(id="de:1", defaults={"city": "Köln"})
        Place.objects.update_or_create(id="de:1", defaults={"city": "Bonn"})
        place.refresh_from_db()
        self.assertEqual(place.city_slug, "bonn")

    def test_a_long_name_is_cut(self) -> None:
        place = Place.objects.create(id="de:2", city="ß" * 100)
        self.assertEqual(len(place.city_slug), 100)

    def test_the_migration_fills_it_in(self) -> None:
        Place.objects.create(id="de:3", city="Köln", state="NRW")
        Place.objects.filter(id="de:3").update(city_slug="", state_slug="")
        import_module("places.migrations.0003_place_slugs").fill(apps, None)
        place = Place.objects.get(id="de:3")
        self.assertEqual((place.city_slug, place.state_slug), ("koln", "nrw"))
