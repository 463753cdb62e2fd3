"""Stacks by hand: put together, taken apart, another file shown; and what is refused."""

from django.core.exceptions import PermissionDenied

from library.models import DayCount, Details, File, Photo
from library.models.photo import Stack
from library.stacks.by_hand import NotStackable, set_primary, stack, unstack
from sharing.accounts import add_account
from sharing.acl import USER
from tests.base import PASSWORD, TestCase
from tests.make import make_file, make_photo


class StackTest(TestCase):
    def test_a_selection_becomes_one_photo_and_its_day_is_counted(self) -> None:
        photos = [make_photo(taken="2024-05-17"), make_photo(taken="2024-05-17")]
        photo = stack([photo.uid for photo in photos], self.grant_of(self.alice))
        self.assertEqual((File.objects.filter(photo=photo).count(), photo.stack), (2, Stack.STACKED))
        self.assertEqual(DayCount.objects.get(day="2024-05-17").photos, 1)

    def test_what_the_person_may_not_see_is_not_stacked(self) -> None:
        hers = make_photo(owner=self.alice, private=True)
        carol = add_account("carol", PASSWORD, role=USER).user
        with self.assertRaises(NotStackable):
            stack([hers.uid, make_photo().uid], self.grant_of(carol))
        self.assertEqual(Photo.objects.count(), 2)

    def test_one_photo_or_those_of_two_people_are_refused(self) -> None:
        mine, shared = make_photo(owner=self.alice), make_photo()
        for uids in ([shared.uid], [shared.uid, shared.uid], [mine.uid, shared.uid]):
            with self.subTest(uids), self.assertRaises(NotStackable):
                stack(uids, self.grant_of(self.admin))

    def test_a_viewer_may_not(self) -> None:
        with self.assertRaises(PermissionDenied):
            stack([make_photo().uid, make_photo().uid], self.grant_of(self.bob))


class UnstackTest(TestCase):
    def setUp(self) -> None:
        self.photo = make_photo(title="Both", taken="2024-05-17", details={"artist": "A"}, keywords=["sea"])
        self.first = File.objects.get(photo=self.photo)
        self.second = make_file(self.photo, name="2024/05/second.dng", type="dng", media_type="raw")
        self.sidecar = make_file(self.photo, name="2024/05/second.dng.xmp", is_sidecar=True, width=0, height=0)
        Photo.objects.filter(pk=self.photo.pk).update(stack=Stack.STACKED)
        self.photo.refresh_from_db()
        self.grant = self.grant_of(self.alice)

    def test_the_file_and_its_sidecar_become_a_photo_that_stays_alone(self) -> None:
        made = unstack(self.photo, self.second.uid, self.grant)
        self.assertCountEqual(File.objects.filter(photo=made), [self.second, self.sidecar])
        self.assertEqual((made.stack, made.type, made.title), (Stack.UNSTACKED, "raw", "Both"))
        self.assertEqual(Details.objects.get(photo=made).artist, "A")
        self.assertEqual(DayCount.objects.get(day="2024-05-17").photos, 2)

    def test_what_is_left_alone_is_no_stack_any_more(self) -> None:
        unstack(self.photo, self.second.uid, self.grant)
        self.photo.refresh_from_db()
        self.assertEqual((self.photo.stack, self.photo.type), (Stack.STACKABLE, "image"))

    def test_the_file_that_is_shown_and_a_sidecar_are_refused(self) -> None:
        for file in (self.first, self.sidecar):
            with self.subTest(file.name), self.assertRaises(NotStackable):
                unstack(self.photo, file.uid, self.grant)

    def test_another_file_is_shown(self) -> None:
        set_primary(self.photo, self.second.uid, self.grant)
        self.assertEqual(File.objects.get(photo=self.photo, is_primary=True), self.second)

    def test_what_has_no_picture_is_not_shown(self) -> None:
        with self.assertRaises(NotStackable):
            set_primary(self.photo, self.sidecar.uid, self.grant)

    def test_both_can_be_stacked_again(self) -> None:
        made = unstack(self.photo, self.second.uid, self.grant)
        photo = stack([self.photo.uid, made.uid], self.grant)
        self.assertEqual(File.objects.filter(photo=photo, unstacked=False).count(), 3)
