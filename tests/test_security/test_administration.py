"""Django's admin: its actions go the way of the pages, with the rights of who asks, and nobody else gets in."""

from django.contrib.auth.models import User

from library.models import Photo
from tests.base import TestCase
from tests.make import make_photo


class PhotoActionTest(TestCase):
    def act(self, action: str, photo: Photo, by: User) -> int:
        body = {"action": action, "_selected_action": [photo.pk]}
        status: int = self.client_of(by).post("/admin/library/photo/", body).status_code
        return status

    def test_actions_change_the_photo(self) -> None:
        photo = make_photo(quality=1)
        for action, holds in (
            ("archive", {"deleted_at__isnull": False}),
            ("restore", {"deleted_at__isnull": True}),
            ("make_private", {"private": True}),
            ("make_public", {"private": False}),
            ("approve", {"quality__gte": 3}),
        ):
            with self.subTest(action):
                self.assertEqual(self.act(action, photo, self.admin), 302)
                self.assertTrue(Photo.objects.filter(pk=photo.pk, **holds).exists())

    def test_others_are_kept_out(self) -> None:
        photo = make_photo()
        for user in (self.alice, self.bob, self.guest):
            self.assertIn(self.act("archive", photo, user), (302, 403))
        self.assertFalse(Photo.objects.get(pk=photo.pk).is_archived)
