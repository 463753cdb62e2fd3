"""Within a home strangers are told of the city and no more, by whatever they ask."""

import struct

import pyexiv2

from library.search.points import clusters, points
from library.whereabouts import Whereabouts
from places.distance import Position, kilometres
from places.models import HomeZone
from sharing.grants import grant_for_link
from tests.make import make_photo
from tests.test_sharing.whereabouts_case import (
    CELL,
    CITY,
    EXACT,
    LAT,
    LNG,
    WhereaboutsCase,
    everything,
    file_of_primary,
)

FINE = (
    f"lat:{LAT - 0.001}-{LAT + 0.001}",
    "lat:-7--5",
    "lng:39-40",
    f"latlng:{LAT},{LNG} dist:1",
    "latlng:-5,40,-7,38",
    f"s2:{CELL}",
    "olc:6G5X9W00%2B",
    "alt:1234",
    "place:Canaryside",
    "category:canarium",
    "keywords:canary",
    "canary",
    "title:*Canary*",
    '"Canaryside, Zanzibar"',
)


class HomeZoneTest(WhereaboutsCase):
    def setUp(self) -> None:
        super().setUp()
        self.zone = HomeZone.objects.create(name="Home", owner=self.bob, lat=LAT + 0.002, lng=LNG, radius=400)

    def test_no_address_tells_where_the_home_is(self) -> None:
        for name, told in self.answers():
            for word in EXACT:
                with self.subTest(name, word=word):
                    self.assertNotIn(word, told)

    def test_the_city_is_told(self) -> None:
        told = self.told(f"photos/{self.photo.uid}")
        self.assertEqual((told["Place"]["City"], told["Country"]), (CITY, "tz"))
        self.assertEqual(told["Place"]["Label"], "Zanzibar, Unguja, Tanzania")
        self.assertEqual(told["Title"], "Zanzibar / Tanzania / 2024")
        self.assertEqual(self.uids("city:Zanzibar"), [self.photo.uid])
        self.assertEqual(self.uids("zanzibar"), [self.photo.uid])
        self.assertEqual(self.uids("country:tz"), [self.photo.uid])

    def test_the_position_is_the_middle_of_a_square_for_all_photos_alike(self) -> None:
        near = make_photo(lat=LAT + 0.0021, lng=LNG + 0.001)
        told = Whereabouts.of(grant_for_link(self.link)).of_ids([self.photo.pk, near.pk])
        self.assertEqual({(one.lat, one.lng) for one in told.values()}, {self.zone.home.shown})

    def test_nothing_finer_finds_it(self) -> None:
        for query in FINE:
            with self.subTest(query):
                self.assertEqual(self.uids(query), [])

    def test_a_photo_at_home_is_no_way_to_others_nor_they_to_it(self) -> None:
        beside = make_photo(lat=LAT + 0.05, lng=LNG)
        refused = self.visitor.get(f"/api/v1/photos?count=9&q=near:{self.photo.uid} dist:20")
        self.assertContains(refused, "a photo whose place is known", status_code=400)
        self.assertFound(f"near:{beside.uid} dist:20", self.photo, beside)

    def test_members_are_told_all(self) -> None:
        for person in (self.admin, self.alice, self.bob):
            told = self.client_of(person).get(f"/api/v1/photos/{self.photo.uid}").json()
            self.assertEqual((told["Lat"], told["Lng"], told["Cell"]["Name"]), (LAT, LNG, "Canary House"))
            self.assertFound(f"latlng:{LAT},{LNG} dist:1", self.photo, by=person)

    def test_what_was_taken_elsewhere_is_told(self) -> None:
        HomeZone.objects.update(hidden_lat=10.0)
        self.assertAlmostEqual(self.told(f"photos/{self.photo.uid}")["Lat"], LAT)
        self.assertEqual(self.uids("lat:-7--5"), [self.photo.uid])

    def test_the_points_of_the_map_and_its_clusters_are_told_alike(self) -> None:
        grant, (lat, lng) = grant_for_link(self.link), self.zone.home.shown
        self.assertEqual(points("", grant).columns, _columns(lng, lat, self.photo.pk))
        found = clusters("", grant, (-180, -90, 180, 90), 18)
        self.assertEqual([(one.lng, one.lat, one.count) for one in found], [(lng, lat, 1)])
        self.assertEqual(clusters("", grant, (LNG - 0.001, LAT - 0.001, LNG + 0.001, LAT + 0.001), 18), [])

    def test_the_download_is_a_copy_without_metadata(self) -> None:
        file = file_of_primary(self.photo)
        _, content = self.read(f"/api/v1/dl/{file.hash}?t={self.config['downloadToken']}")
        with pyexiv2.ImageData(content) as image:
            self.assertEqual(image.read_exif(), {"Exif.Image.Orientation": "6"})

    def test_a_position_put_right_by_hand_does_not_bring_the_one_in_the_file_to_light(self) -> None:
        type(self.photo).objects.filter(pk=self.photo.pk).update(lat=50.0, lng=8.0, place_src="manual")
        file = file_of_primary(self.photo)
        _, content = self.read(f"/api/v1/dl/{file.hash}?t={self.config['downloadToken']}")
        self.assertNotIn(b"Canary", content)

    def test_the_order_of_cells_is_not_told(self) -> None:
        self.assertNotIn(CELL[:6], everything(self.visitor.get("/api/v1/photos?count=1&order=similar")))


class HiddenCircleTest(WhereaboutsCase):
    def test_what_is_hidden_holds_the_home_and_is_not_around_it(self) -> None:
        middles = set()
        for number in range(20):
            zone = HomeZone.objects.create(name=str(number), owner=self.alice, lat=LAT, lng=LNG, radius=300)
            far = kilometres(Position(lat=zone.hidden_lat, lng=zone.hidden_lng), Position(lat=LAT, lng=LNG))
            self.assertLessEqual(far + 0.3, zone.home.km + 0.001)
            middles.add((zone.hidden_lat, zone.hidden_lng))
        self.assertEqual(len(middles), 20)

    def test_the_middle_stays_while_the_zone_does(self) -> None:
        zone = HomeZone.objects.create(name="Home", owner=self.alice, lat=LAT, lng=LNG, radius=300)
        before = zone.hidden_lat
        zone.name = "Still home"
        zone.save()
        self.assertEqual(HomeZone.objects.get(pk=zone.pk).hidden_lat, before)

    def test_a_home_outlives_its_owner(self) -> None:
        HomeZone.objects.create(owner=self.guest, lat=LAT, lng=LNG, radius=300)
        self.guest.delete()
        self.assertIsNone(HomeZone.objects.get().owner)


def _columns(lng: float, lat: float, pk: int) -> bytes:
    return struct.pack("<ffI", lng, lat, pk)
