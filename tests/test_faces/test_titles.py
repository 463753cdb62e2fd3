"""Titles name who is on a photo, to whom may know it."""

import base64
import json
from typing import Any
from unittest.mock import patch

from django.test import Client

from faces.changes import change_face, change_subject
from faces.models import Face, Subject
from library.judging import retitle, words_now
from library.models import Photo
from sharing.models import Link
from tests.base import TestCase
from tests.make import make_album, make_marker, make_photo, make_subject
from tests.test_sharing.test_visitor_routes import text_of

OSLO = {"place": "Oslo, Oslo, Norway", "country": "no", "place_src": "meta"}


class PeopleTitlesTest(TestCase):
    def setUp(self) -> None:
        self.photo = make_photo(name="DSC01234", file={"name": "2024/05/DSC01234.jpg"}, **OSLO)

    def title(self) -> str:
        retitle([self.photo.uid])
        self.photo.refresh_from_db()
        return self.photo.title

    def test_who_is_on_it_comes_first_in_the_order_of_the_picture(self) -> None:
        for name, x in (("Jens", 0.7), ("Anna", 0.1)):
            make_marker(self.photo, subject=make_subject(name), x=x)
        self.assertEqual(self.title(), "Anna & Jens / Oslo / 2024")
        self.assertEqual(self.photo.title_src, "people")

    def test_faces_without_a_name_and_wrong_ones_say_nothing(self) -> None:
        make_marker(self.photo)
        make_marker(self.photo, subject=make_subject("Anna"), invalid=True)
        self.assertEqual(self.title(), "Oslo / Norway / 2024")
        self.assertEqual(self.photo.title_src, "")

    def test_people_that_not_everybody_may_know_say_nothing(self) -> None:
        for field in ("hidden", "private", "excluded"):
            make_subject(f"A {field}", self.photo, **{field: True})
        self.assertEqual(self.title(), "Oslo / Norway / 2024")

    def test_a_title_by_hand_stays(self) -> None:
        Photo.objects.filter(pk=self.photo.pk).update(title="Our trip", title_src="manual")
        make_subject("Anna", self.photo)
        self.assertEqual(self.title(), "Our trip")

    def test_another_name_is_another_title_at_once(self) -> None:
        anna = make_subject("Anna", self.photo)
        self.title()
        change_subject(anna, {"name": "Anne"})
        self.photo.refresh_from_db()
        self.assertEqual(self.photo.title, "Anne / Oslo / 2024")

    def test_who_is_not_for_everybody_any_more_is_named_no_longer(self) -> None:
        anna = make_subject("Anna", self.photo)
        for field in ("private", "hidden", "excluded"):
            with self.subTest(field):
                self.assertEqual(self.title(), "Anna / Oslo / 2024")
                change_subject(anna, {field: True})
                self.photo.refresh_from_db()
                self.assertEqual(self.photo.title, "Oslo / Norway / 2024")
                change_subject(anna, {field: False})

    def test_none_of_very_many_photos_keeps_the_name(self) -> None:
        others = [make_photo(name=f"DSC0{number}", **OSLO) for number in range(2000, 2005)]
        anna = make_subject("Anna", self.photo, *others)
        retitle([photo.uid for photo in (self.photo, *others)])
        with patch("faces.changes.MOST_TOLD", 2):
            change_subject(anna, {"private": True})
        self.assertFalse(Photo.objects.filter(title__contains="Anna").exists())

    def test_a_cluster_that_gets_a_name_names_its_photos(self) -> None:
        face = Face.objects.create(id="A" * 32)
        make_marker(self.photo, face=face)
        change_face(face, subject=Subject.objects.create(name="Anna", slug="anna"))
        self.photo.refresh_from_db()
        self.assertEqual(self.photo.title, "Anna / Oslo / 2024")

    def test_many_photos_are_renamed_too(self) -> None:
        others = [make_photo(name=f"DSC0{number}", **OSLO) for number in range(2000, 2120)]
        anna = make_subject("Anna", *others)
        change_subject(anna, {"name": "Anne"})
        self.assertEqual(Photo.objects.filter(title="Anne / Oslo / 2024").count(), len(others))

    def test_a_title_that_is_written_meanwhile_stays(self) -> None:
        make_subject("Anna", self.photo)

        def write_first(photo: Photo) -> set[str]:
            Photo.objects.filter(pk=photo.pk).update(title="Our boat", title_src="manual")
            return words_now(photo)

        with patch("library.judging.words_now", write_first):
            self.assertEqual(self.title(), "Our boat")

    def test_names_are_no_keywords(self) -> None:
        make_subject("Annabella", self.photo)
        self.title()
        self.assertFalse(self.photo.photo_keywords.filter(keyword__keyword__startswith="annab").exists())
        self.assertFound("annabella", self.photo)

    def test_apps_are_told_of_no_new_source(self) -> None:
        make_subject("Anna", self.photo)
        self.title()
        told = self.client_of(self.bob).get(f"/api/v1/photos/{self.photo.uid}").json()
        self.assertEqual((told["Title"], told["TitleSrc"]), ("Anna / Oslo / 2024", ""))


class VisitorTitlesTest(TestCase):
    """The holder of a link is not told who is on the photos, and so neither by titles nor by finding them."""

    def setUp(self) -> None:
        self.photo = make_photo(name="DSC01234", file={"name": "2024/05/DSC01234.jpg"}, lat=59.9, lng=10.7, **OSLO)
        self.nowhere = make_photo(name="DSC01235", file={"name": "2024/05/DSC01235.jpg"})
        make_subject("Annabella", self.photo, self.nowhere)
        retitle([self.photo.uid, self.nowhere.uid])
        album = make_album("Trip", self.photo, self.nowhere)
        self.link = Link.objects.create(share_uid=album.uid, slug="trip", token="a-token", created_by=self.alice)

    def visit(self, **link: Any) -> Client:
        Link.objects.update(**link)
        config: Any = Client().get("/s/a-token/trip").context["page_config"]
        return Client(headers={"X-Auth-Token": config["authToken"]})

    def test_no_answer_names_them(self) -> None:
        addresses = (
            "photos?count=10",
            "photos?count=10&order=title",
            "photos/view?count=10",
            f"photos/{self.photo.uid}",
            f"photos/{self.nowhere.uid}",
            "geo",
            "geo/view",
            "timeline/buckets",
            "timeline/bucket/2024-05",
            f"search/reasons?q=annabella&uids={self.photo.uid}",
            f"search/understand?q=similar:{self.photo.uid}",
        )
        for hides_places in (False, True):
            visitor = self.visit(hide_places=hides_places)
            for address in addresses:
                with self.subTest(address, hides_places=hides_places):
                    answer = visitor.get(f"/api/v1/{address}")
                    self.assertEqual(answer.status_code, 200)
                    self.assertNotIn("nnabella /", text_of(answer))

    def test_marks_of_pages_have_no_names(self) -> None:
        for order in ("title", "name"):
            with self.subTest(order):
                visitor = self.visit()
                first = visitor.get(f"/api/v1/photos?count=1&order={order}")
                mark = first.headers["X-Next-Cursor"]
                self.assertNotRegex(base64.urlsafe_b64decode(mark), b"Annabella|2024/05")
                second = visitor.get(f"/api/v1/photos?count=1&order={order}&cursor={mark}")
                self.assertEqual(len({one["UID"] for one in (*first.json(), *second.json())}), 2)

    def test_the_title_says_the_rest(self) -> None:
        told = self.visit().get("/api/v1/photos?count=10").json()
        self.assertEqual({row["Title"] for row in told}, {"Oslo / Norway / 2024", ""})

    def test_nothing_is_found_by_the_name(self) -> None:
        visitor = self.visit()
        queries = (
            "annabella",
            "title:Annabella*",
            "description:Annabella*",
            '"annabella / oslo"',
            "keywords:annabella",
        )
        for query in queries:
            with self.subTest(query):
                found = visitor.get("/api/v1/photos", {"count": 10, "q": query})
                self.assertEqual(json.loads(found.content), [])

    def test_members_are_told(self) -> None:
        titles = [row["Title"] for row in self.client_of(self.bob).get("/api/v1/photos?count=10").json()]
        self.assertIn("Annabella / Oslo / 2024", titles)
