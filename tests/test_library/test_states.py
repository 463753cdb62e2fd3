"""Changes of state."""

from unittest.mock import patch

from django.core.exceptions import PermissionDenied

from library import states
from library.access import NOBODY
from library.models import DayCount, Favorite
from library.search.buckets import bucket_list
from tests.base import TestCase
from tests.make import make_photo


class ArchiveTest(TestCase):
    def test_an_archived_photo_leaves_the_timeline_and_its_count(self) -> None:
        photo = make_photo()
        self.assertEqual(states.archive([photo.uid], self.grant_of(self.alice)), [photo.uid])
        self.assertFound("archived:yes", photo)
        self.assertEqual(bucket_list("", self.grant_of(self.admin)).total, 0)

    def test_archiving_again_changes_nothing(self) -> None:
        photo = make_photo(archived=True)
        before = photo.deleted_at
        self.assertEqual(states.archive([photo.uid, photo.uid], self.grant_of(self.admin)), [])
        photo.refresh_from_db()
        self.assertEqual(photo.deleted_at, before)

    def test_restored_photos_are_back(self) -> None:
        photo = make_photo(archived=True)
        states.restore([photo.uid], self.grant_of(self.admin))
        self.assertFound("", photo)
        self.assertEqual(DayCount.objects.get().photos, 1)

    def test_it_is_told_after_the_commit(self) -> None:
        photo = make_photo()
        with patch("library.states.publish") as publish:
            states.archive([photo.uid], self.grant_of(self.admin))
        self.assertEqual([call.args[0].topic for call in publish.call_args_list], ["photos.archived", "count.updated"])

    def test_thousands_at_once(self) -> None:
        photos = [make_photo() for _ in range(3)]
        unknown = [f"p{number:015}" for number in range(1200)]
        changed = states.archive([*unknown, *(photo.uid for photo in photos)], self.grant_of(self.admin))
        self.assertCountEqual(changed, [photo.uid for photo in photos])


class WhoMayNotTest(TestCase):
    def test_a_viewer_may_only_like(self) -> None:
        photo, grant = make_photo(), self.grant_of(self.bob)
        for change in (states.archive, states.restore, states.approve, states.toggle_private):
            with self.assertRaises(PermissionDenied):
                change([photo.uid], grant)
        self.assertEqual(states.like([photo.uid], grant), [photo.uid])

    def test_nobody_may_nothing(self) -> None:
        photo = make_photo()
        for change in (states.archive, states.like, states.unlike, states.approve):
            with self.assertRaises(PermissionDenied):
                change([photo.uid], NOBODY)

    def test_other_peoples_photos_are_passed_over(self) -> None:
        photo = make_photo(owner=self.admin)
        self.assertEqual(states.archive([photo.uid], self.grant_of(self.alice)), [])
        self.assertFound("", photo)


class PrivateTest(TestCase):
    def test_nobody_makes_private_what_they_would_then_lose(self) -> None:
        shared, own = make_photo(), make_photo(owner=self.alice)
        grant = self.grant_of(self.alice)
        with self.assertRaisesMessage(PermissionDenied, "shared library"):
            states.set_private([own.uid, shared.uid], grant, private=True)
        self.assertEqual(states.set_private([own.uid], grant, private=True), [own.uid])

    def test_a_selection_turns_private_and_back(self) -> None:
        one, two = make_photo(), make_photo(private=True)
        grant = self.grant_of(self.admin)
        states.toggle_private([one.uid, two.uid], grant)
        self.assertFound("private:yes", one, two)
        states.toggle_private([one.uid, two.uid], grant)
        self.assertFound("", one, two)


class ApproveTest(TestCase):
    def test_an_approved_photo_is_listed(self) -> None:
        photo = make_photo(quality=1)
        states.approve([photo.uid], self.grant_of(self.alice))
        photo.refresh_from_db()
        self.assertEqual((photo.quality, photo.listed), (3, True))
        self.assertIsNotNone(photo.edited_at)

    def test_a_hidden_photo_stays_hidden(self) -> None:
        photo = make_photo(quality=-1)
        self.assertEqual(states.approve([photo.uid], self.grant_of(self.admin)), [])


class LikeTest(TestCase):
    def test_a_like_belongs_to_the_account(self) -> None:
        photo = make_photo()
        states.like([photo.uid], self.grant_of(self.alice))
        self.assertFound("favorite:yes", photo, by=self.alice)
        self.assertFound("favorite:yes", by=self.bob)

    def test_the_first_like_raises_the_score_and_the_last_one_gone_lowers_it(self) -> None:
        photo = make_photo(quality=1)
        scores = []
        for change, user in (
            (states.like, self.admin),
            (states.like, self.alice),
            (states.unlike, self.admin),
            (states.unlike, self.alice),
        ):
            change([photo.uid], self.grant_of(user))
            photo.refresh_from_db()
            scores.append(photo.quality)
        self.assertEqual(scores, [4, 4, 4, 1])

    def test_an_approved_photo_does_not_fall_into_review(self) -> None:
        photo = make_photo(quality=4, favorite_of=self.admin, edited_at="2024-05-01T00:00:00Z")
        states.unlike([photo.uid], self.grant_of(self.admin))
        photo.refresh_from_db()
        self.assertEqual(photo.quality, 3)

    def test_liking_twice_is_one_mark(self) -> None:
        photo, grant = make_photo(), self.grant_of(self.alice)
        states.like([photo.uid], grant)
        self.assertEqual(states.like([photo.uid], grant), [])
        self.assertEqual(Favorite.objects.count(), 1)
