"""What becomes of a group through the API: archived, stacked, apart, and back; who may; what changed meanwhile."""

from typing import Any

from django.contrib.auth.models import User

from albums.models import PhotoAlbum
from library.models import Favorite, File, Lookalike, Photo, Verdict
from library.states import archive
from tests.base import TestCase
from tests.make import make_album, make_photo

API = "/api/v1/duplicates"


class SettlingCase(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.kept, cls.small, cls.tiny = (make_photo(title=title) for title in ("Kept", "Small", "Tiny"))
        for photo in (cls.kept, cls.small, cls.tiny):
            Lookalike.objects.create(photo=photo, group=cls.kept.uid, kind="picture")

    def post(self, path: str, body: dict[str, Any], *, by: User | None = None) -> Any:
        client = self.client_of(by or self.alice)
        with self.captureOnCommitCallbacks(execute=True):
            return client.post(f"{API}/{path}", body, content_type="application/json")

    def choice(self, *photos: Photo) -> dict[str, Any]:
        return {"groups": [{"keep": self.kept.uid, "photos": [photo.uid for photo in (self.kept, *photos)]}]}

    def undo(self, answer: Any) -> Any:
        return self.post("undo", {"undo": answer.json()["undo"]})

    def archived(self) -> set[str]:
        return set(Photo.objects.filter(deleted_at__isnull=False).values_list("title", flat=True))


class ArchiveTest(SettlingCase):
    def test_the_others_are_archived_and_come_back(self) -> None:
        answer = self.post("archive", self.choice(self.small, self.tiny))
        told = answer.json()
        self.assertEqual((told["settled"], len(told["photos"]), told["refused"]), ([self.kept.uid], 2, []))
        self.assertEqual(self.archived(), {"Small", "Tiny"})
        self.assertEqual(self.undo(answer).status_code, 200)
        self.assertEqual(self.archived(), set())

    def test_only_those_that_are_named(self) -> None:
        self.post("archive", self.choice(self.tiny))
        self.assertEqual(self.archived(), {"Tiny"})

    def test_favourites_and_albums_go_to_the_one_that_is_kept(self) -> None:
        Favorite.objects.create(user=self.alice, photo=self.small)
        Favorite.objects.create(user=self.bob, photo=self.tiny)
        both = make_album("Both", self.kept, self.small)
        one = make_album("One", self.tiny)
        quality = self.kept.quality
        answer = self.post("archive", self.choice(self.small, self.tiny))
        liked = set(Favorite.objects.filter(photo=self.kept).values_list("user", flat=True))
        albums = set(PhotoAlbum.objects.filter(photo=self.kept).values_list("album", flat=True))
        self.kept.refresh_from_db()
        self.assertEqual((liked, albums), ({self.alice.pk, self.bob.pk}, {both.pk, one.pk}))
        self.assertGreater(self.kept.quality, quality)
        self.undo(answer)
        self.kept.refresh_from_db()
        self.assertEqual(Favorite.objects.filter(photo=self.kept).count(), 0)
        self.assertEqual(PhotoAlbum.objects.filter(photo=self.kept).count(), 1)
        self.assertEqual((self.kept.quality, Favorite.objects.count(), PhotoAlbum.objects.count()), (quality, 2, 3))

    def test_nothing_is_passed_on_where_that_is_not_wanted(self) -> None:
        make_album("One", self.tiny)
        self.post("archive", {**self.choice(self.tiny), "pass_on": False})
        self.assertEqual(PhotoAlbum.objects.filter(photo=self.kept).count(), 0)

    def test_nothing_is_passed_on_to_another_persons_photo(self) -> None:
        Photo.objects.filter(pk=self.tiny.pk).update(owner=self.alice)
        make_album("One", self.tiny)
        self.post("archive", self.choice(self.tiny))
        self.assertEqual((self.archived(), PhotoAlbum.objects.filter(photo=self.kept).count()), ({"Tiny"}, 0))

    def test_one_that_was_archived_meanwhile_stays_so_after_undo(self) -> None:
        archive([self.small.uid], self.grant_of(self.admin))
        answer = self.post("archive", self.choice(self.small, self.tiny))
        self.assertEqual(answer.json()["photos"], [self.tiny.uid])
        self.undo(answer)
        self.assertEqual(self.archived(), {"Small"})

    def test_nothing_happens_where_the_one_to_keep_was_archived_meanwhile(self) -> None:
        archive([self.kept.uid], self.grant_of(self.admin))
        answer = self.post("archive", self.choice(self.small))
        self.assertEqual(answer.status_code, 409)
        self.assertIn("not there any more", answer.json()["error"])
        self.assertEqual(self.archived(), {"Kept"})

    def test_photos_of_no_group_are_refused(self) -> None:
        stranger = make_photo(title="Stranger")
        self.assertEqual(self.post("archive", self.choice(stranger)).status_code, 409)
        Lookalike.objects.create(photo=stranger, group="other", kind="picture")
        self.assertEqual(self.post("archive", self.choice(self.small, stranger)).status_code, 409)
        self.assertEqual(self.archived(), set())

    def test_a_group_that_changed_does_not_keep_others_from_being_settled(self) -> None:
        gone = {"keep": "pqbcf5j446s0futy", "photos": [self.tiny.uid]}
        body = {"groups": [gone, *self.choice(self.small)["groups"]]}
        told = self.post("archive", body).json()
        self.assertEqual((told["settled"], [one["keep"] for one in told["refused"]]), ([self.kept.uid], [gone["keep"]]))
        self.assertEqual(self.archived(), {"Small"})

    def test_undo_is_for_who_did_it_and_once(self) -> None:
        answer = self.post("archive", self.choice(self.small))
        other = self.post("undo", {"undo": answer.json()["undo"]}, by=self.admin)
        self.assertEqual((other.status_code, self.archived()), (409, {"Small"}))
        self.assertEqual([self.undo(answer).status_code, self.undo(answer).status_code], [200, 409])


class StackTest(SettlingCase):
    def test_one_photo_shows_what_was_chosen_and_undo_parts_them(self) -> None:
        shown = File.objects.get(photo=self.small)
        body = {"groups": [{"keep": self.small.uid, "photos": [self.kept.uid, self.small.uid, self.tiny.uid]}]}
        answer = self.post("stack", body)
        (made,) = answer.json()["photos"]
        files = File.objects.filter(photo__uid=made)
        self.assertEqual((Photo.objects.count(), files.count()), (1, 3))
        self.assertEqual(files.get(is_primary=True).pk, shown.pk)
        self.assertEqual(self.undo(answer).status_code, 200)
        self.assertEqual((Photo.objects.count(), Lookalike.objects.count()), (3, 3))

    def test_photos_of_different_people_are_not_stacked(self) -> None:
        Photo.objects.filter(pk=self.small.pk).update(owner=self.alice)
        answer = self.post("stack", self.choice(self.small))
        self.assertEqual((answer.status_code, Photo.objects.count()), (409, 3))


class ApartTest(SettlingCase):
    def test_it_is_remembered_and_can_be_taken_back(self) -> None:
        answer = self.post("apart", {"photos": [self.kept.uid, self.small.uid, self.tiny.uid]})
        self.assertEqual((Lookalike.objects.count(), Verdict.objects.count()), (0, 3))
        self.undo(answer)
        self.assertEqual((Lookalike.objects.count(), Verdict.objects.count()), (3, 0))

    def test_one_photo_alone_is_no_group(self) -> None:
        self.assertEqual(self.post("apart", {"photos": [self.kept.uid]}).status_code, 409)


class WhoMayTest(SettlingCase):
    BODIES: tuple[tuple[str, dict[str, Any]], ...] = ()

    def test_who_may_not_archive_may_do_nothing_here(self) -> None:
        uids = [self.kept.uid, self.small.uid]
        for person in (self.bob, self.guest):
            self.assertEqual(self.client_of(person).get(API).status_code, 403)
            for path, body in (
                ("archive", self.choice(self.small)),
                ("stack", self.choice(self.small)),
                ("apart", {"photos": uids}),
                ("undo", {"undo": ["x"]}),
            ):
                self.assertEqual(self.post(path, body, by=person).status_code, 403, path)
        self.assertEqual(self.archived(), set())

    def test_photos_that_one_does_not_see_are_not_touched(self) -> None:
        Photo.objects.filter(pk=self.small.pk).update(private=True)
        self.assertEqual(self.post("archive", self.choice(self.small)).status_code, 409)
        self.assertEqual(self.post("archive", self.choice(self.small), by=self.admin).status_code, 200)


class DescribedTest(SettlingCase):
    def test_how_much_waits(self) -> None:
        told = self.client_of(self.alice).get(API).json()
        self.assertEqual((told["groups"], told["kinds"], told["exact"], told["running"]), (1, {"picture": 1}, 0, False))
        self.assertGreater(told["spare"], 0)

    def test_a_look_is_queued_once(self) -> None:
        from library.models import Job

        client = self.client_of(self.alice)
        for _ in range(2):
            self.assertEqual(client.post(API, {}, content_type="application/json").status_code, 200)
        self.assertEqual(Job.objects.filter(kind="duplicates").count(), 1)
