"""A link that hides places tells of none, by any address, and finds nothing by them."""

import base64
import io
import zipfile
from datetime import timedelta

import pyexiv2
import pyvips
from django.test import Client

from albums.models import PhotoAlbum
from library.models import File, Photo
from places import s2
from tests.make import make_photo
from tests.test_sharing.whereabouts_case import ANY, CELL, LAT, LNG, WhereaboutsCase, everything, file_of_primary

PLACES = (
    "country:tz",
    "country:Tanzania",
    "state:Unguja",
    "city:Zanzibar",
    "place:zanzibar",
    "category:canarium",
    "geo:yes",
    "geo:no",
    "alt:1234",
    f"lat:{LAT - 1}-{LAT + 1}",
    "lat:-7--5",
    "lng:39-40",
    f"latlng:{LAT},{LNG} dist:5",
    f"s2:{CELL}",
    f"s2:{s2.with_prefix(CELL)}",
    "olc:6G5X9W00%2B",
    "zanzibar",
    "Tanzania",
    '"Canary House"',
    "canary",
    "title:*zanzibar*",
    "description:*Canary*",
    "keywords:zanzibar",
    "keyword:canary",
)


class HiddenPlacesTest(WhereaboutsCase):
    hidden = True

    def test_the_visitor_sees_the_photo(self) -> None:
        self.assertEqual(self.uids(""), [self.photo.uid])
        self.assertEqual(self.uids("lake"), [self.photo.uid])
        self.assertEqual(self.uids("label:lake"), [self.photo.uid])

    def test_no_address_tells_of_a_place(self) -> None:
        for name, told in self.answers():
            for word in ANY:
                with self.subTest(name, word=word):
                    self.assertNotIn(word, told)

    def test_no_page_of_the_link_tells_of_a_place(self) -> None:
        for path in ("/s/a-token/trip", "/s/a-token"):
            told = everything(Client().get(path))
            for word in ANY:
                with self.subTest(path, word=word):
                    self.assertNotIn(word, told)

    def test_no_place_finds_anything(self) -> None:
        for query in PLACES:
            with self.subTest(query):
                self.assertEqual(self.uids(query), [])

    def test_what_is_not_at_a_place_tells_as_little(self) -> None:
        for query in PLACES:
            with self.subTest(query):
                self.assertEqual(self.uids(f"-{query.partition(' dist')[0]}"), [self.photo.uid])

    def test_a_photo_is_no_way_to_a_place(self) -> None:
        self.assertEqual(self.uids(f"near:{self.photo.uid}"), [])
        understood = self.told(f"search/understand?q=near:{self.photo.uid}")["terms"]
        self.assertEqual([term["label"] for term in understood], [f"Near {self.photo.uid}"])

    def test_nothing_is_suggested_or_understood_as_a_place(self) -> None:
        for word in ("zan", "tan", "ung", "can", "city:", "country:", "place:z", "state:", "keyword:"):
            with self.subTest(word):
                labels = [one["label"] for one in self.told(f"search/suggest?q={word}")["suggestions"]]
                self.assertFalse([label for label in labels if "anzi" in label or "anzan" in label or "anary" in label])

    def test_there_are_no_points(self) -> None:
        self.assertEqual(self.told("geo")["features"], [])

    def test_the_order_and_its_mark_tell_nothing(self) -> None:
        for order in ("title", "name", "similar"):
            told = everything(self.visitor.get(f"/api/v1/photos?count=1&order={order}"))
            self.assertNotIn("X-Next-Cursor", told)

    def test_marks_of_pages_tell_the_local_time_at_most(self) -> None:
        hour = timedelta(hours=3)
        for photo in (self.photo, make_photo(taken="2024-05-18")):
            PhotoAlbum.objects.get_or_create(album=self.album, photo=photo)
            Photo.objects.filter(pk=photo.pk).update(taken_at=photo.taken_at_local - hour)
        for order in ("newest", "oldest", "relevance", "title"):
            with self.subTest(order):
                first = self.visitor.get(f"/api/v1/photos?count=1&order={order}")
                mark = first.headers["X-Next-Cursor"]
                self.assertNotIn(b"T21:00", base64.urlsafe_b64decode(mark))
                second = self.visitor.get(f"/api/v1/photos?count=1&order={order}&cursor={mark}")
                self.assertEqual(len({one["UID"] for one in (*first.json(), *second.json())}), 2)

    def test_the_local_time_is_told_and_not_how_far_it_is_from_utc(self) -> None:
        told = self.told(f"photos/{self.photo.uid}")
        self.assertEqual((told["TakenAt"], told["TimeZone"]), (told["TakenAtLocal"], ""))

    def test_the_download_is_the_same_picture_without_metadata(self) -> None:
        file = file_of_primary(self.photo)
        answer, content = self.read(f"/api/v1/dl/{file.hash}?t={self.config['downloadToken']}")
        original = (self.originals() / file.name).read_bytes()
        self.assertEqual((answer.status_code, len(content)), (200, len(original)))
        with pyexiv2.ImageData(content) as image, pyexiv2.ImageData(original) as whole:
            self.assertEqual(image.read_exif(), {"Exif.Image.Orientation": "6"})
            self.assertEqual((image.read_iptc(), image.read_xmp()), ({}, {}))
            self.assertIn("Exif.GPSInfo.GPSLatitude", whole.read_exif())
        self.assertEqual(pixels(content), pixels(original))

    def test_a_part_of_the_download_is_without_it_too(self) -> None:
        file = file_of_primary(self.photo)
        address = f"/api/v1/dl/{file.hash}?t={self.config['downloadToken']}"
        whole = self.read(address)[1]
        answer, part = self.read(address, range="bytes=10-400")
        self.assertEqual((answer.status_code, part), (206, whole[10:401]))

    def test_a_zip_holds_copies_without_metadata(self) -> None:
        _, content = self.read(f"/api/v1/albums/{self.album.uid}/dl?t={self.config['downloadToken']}")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            copies = [archive.read(name) for name in archive.namelist()]
        self.assertEqual(len(copies), 1)
        for word in ANY:
            self.assertNotIn(word.encode(), copies[0])

    def test_what_lies_beside_is_refused_in_a_sentence(self) -> None:
        sidecar = File.objects.get(photo=self.photo, is_sidecar=True)
        answer, content = self.read(f"/api/v1/dl/{sidecar.hash}?t={self.config['downloadToken']}")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("where it was taken", content.decode())


class WrittenTitleTest(WhereaboutsCase):
    hidden = True
    title_src = "manual"

    def test_a_title_that_somebody_wrote_is_theirs_to_share(self) -> None:
        self.assertIn("Canary House", self.told(f"photos/{self.photo.uid}")["Title"])
        self.assertEqual(self.uids("title:*Canary*"), [self.photo.uid])


class ToldPlacesTest(WhereaboutsCase):
    """Without the switch, and without homes, all is told: so the tests above do see what they look for."""

    def test_places_are_told(self) -> None:
        told = "".join(told for _, told in self.answers())
        for word in ("-6.168", "39.198", "Canary House", "Zanzibar", "Dar_es_Salaam"):
            self.assertIn(word, told)
        self.assertEqual(self.uids("city:Zanzibar"), [self.photo.uid])
        self.assertEqual(len(self.told("geo")["features"]), 1)

    def test_the_original_is_the_original(self) -> None:
        file = file_of_primary(self.photo)
        _, content = self.read(f"/api/v1/dl/{file.hash}?t={self.config['downloadToken']}")
        self.assertEqual(content, (self.originals() / file.name).read_bytes())


def pixels(content: bytes) -> bytes:
    return bytes(pyvips.Image.new_from_buffer(content, "").write_to_memory())
