"""`Albums` of a photo: those it was put into, for who may see them."""

from typing import Any

from django.contrib.auth.models import User

from albums.models import PhotoAlbum
from tests.base import TestCase
from tests.make import make_album, make_photo


class PhotoAlbumsTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo()

    def titles(self, user: User | None = None) -> list[str]:
        told: Any = self.client_of(user or self.alice).get(f"/api/v1/photos/{self.photo.uid}").json()
        return [album["Title"] for album in told["Albums"]]

    def test_they_are_told_by_title(self) -> None:
        make_album("b", self.photo, make_photo())
        make_album("A", self.photo)
        make_album("Other", make_photo())
        self.assertEqual(self.titles(), ["A", "b"])

    def test_only_albums_that_are_seen(self) -> None:
        make_album("Secret", self.photo, owner=self.alice, private=True)
        make_album("Gone", self.photo, deleted_at=self.photo.created_at)
        self.assertEqual(
            [self.titles(user) for user in (self.alice, self.admin, self.bob)], [["Secret"], ["Secret"], []]
        )

    def test_what_was_taken_out_is_not_told(self) -> None:
        make_album("Trip", self.photo)
        PhotoAlbum.objects.update(hidden=True)
        self.assertEqual(self.titles(), [])

    def test_lists_of_photos_are_not_slowed_by_them(self) -> None:
        make_album("Trip", self.photo)
        found = self.client_of(self.alice).get("/api/v1/photos?count=1").json()[0]
        self.assertNotIn("Albums", found)
