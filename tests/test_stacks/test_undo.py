"""A stack made or taken apart by hand, taken back: every row is as it was."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize

from albums.models import Album, PhotoAlbum
from library.models import DayCount, Details, Favorite, File, Photo, PhotoKeyword, PhotoLabel
from library.models.photo import Stack
from library.stacks import by_hand
from library.stacks.undo import TooLate, undo, undoable
from library.states import set_private
from tests.base import TestCase
from tests.make import make_file, make_photo

# Of what is stored, all but the moment of the last change.
TABLES = (Photo, File, Details, PhotoKeyword, PhotoLabel, Favorite, PhotoAlbum, DayCount)


def stored() -> list[dict[str, Any]]:
    rows = [row for table in TABLES for row in serialize("python", table.objects.order_by("pk"))]
    for row in rows:
        row["fields"].pop("updated_at", None)
    return rows


class UndoTest(TestCase):
    def setUp(self) -> None:
        self.grant = self.grant_of(self.alice)
        self.first = make_photo(
            taken="2024-05-17", title="First", title_src="manual", labels=["Lake"], keywords=["sea"]
        )
        self.second = make_photo(
            taken="2024-05-18", quality=5, labels=["Lake", "Dog"], keywords=["sea", "boat"], favorite_of=self.bob,
            details={"artist": "Ann"}, rating=4, rating_src="manual",
        )  # fmt: skip
        make_file(self.second, name="2024/05/second.dng", type="dng", media_type="raw")
        PhotoAlbum.objects.create(album=Album.objects.create(title="Trip"), photo=self.first)

    def done(self, *photos: Photo, change: Callable[[], Photo]) -> str:
        with self.captureOnCommitCallbacks(execute=True):
            return undoable([photo.uid for photo in photos], self.grant, change)[1]

    def stacked(self) -> str:
        uids = [self.first.uid, self.second.uid]
        return self.done(self.first, self.second, change=lambda: by_hand.stack(uids, self.grant))

    def unstacked(self) -> str:
        file = File.objects.get(name="2024/05/second.dng")
        return self.done(self.second, change=lambda: by_hand.unstack(self.second, file.uid, self.grant))

    def test_a_stack_is_taken_apart_into_the_photos_it_was_made_of(self) -> None:
        before = stored()
        token = self.stacked()
        self.assertEqual(Photo.objects.count(), 1)
        self.assertCountEqual(undo(token, self.grant), [self.first.uid, self.second.uid])
        self.assertEqual(stored(), before)

    def test_a_file_taken_out_goes_back(self) -> None:
        Photo.objects.filter(pk=self.second.pk).update(stack=Stack.STACKED)
        self.second.refresh_from_db()
        before = stored()
        token = self.unstacked()
        self.assertEqual(Photo.objects.count(), 3)
        undo(token, self.grant)
        self.assertEqual(stored(), before)

    def test_it_can_be_taken_back_once_and_by_the_same_person(self) -> None:
        token = self.stacked()
        for grant, error in ((self.grant_of(self.admin), TooLate), (self.grant_of(self.bob), PermissionDenied)):
            with self.subTest(grant.role), self.assertRaises(error):
                undo(token, grant)
        undo(token, self.grant)
        with self.assertRaises(TooLate):
            undo(token, self.grant)

    def test_what_has_changed_since_is_left_alone(self) -> None:
        token = self.stacked()
        set_private([Photo.objects.get().uid], self.grant_of(self.admin), private=True)
        before = stored()
        with self.assertRaisesMessage(TooLate, "have changed since"):
            undo(token, self.grant)
        self.assertEqual(stored(), before)
