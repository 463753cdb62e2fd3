"""/albums/:uid: read, edit, delete, bring back, like, fill and copy."""

from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User
from django.http import HttpResponse

from albums.models import Album, PhotoAlbum
from library.models import Photo
from tests.base import TestCase
from tests.make import make_album, make_photo
from tests.test_api.on_disk import file_of


class AlbumTestCase(TestCase):
    def call(self, method: str, path: str, body: Any = None, *, by: User | None = None) -> HttpResponse:
        client = self.client_of(by or self.alice)
        return getattr(client, method)(f"/api/v1/{path}", body, content_type="application/json")

    def read(self, album: Album, *, by: User | None = None) -> dict[str, Any]:
        answer = self.client_of(by or self.alice).get(f"/api/v1/albums/{album.uid}")
        self.assertEqual(answer.status_code, 200)
        return answer.json()


class AlbumTest(AlbumTestCase):
    def test_a_smart_album_stays_live(self) -> None:
        album = make_album("Cats", filter="label:cat")
        self.assertEqual(self.read(album)["PhotoCount"], 0)
        make_photo(labels=["cat"])
        self.assertEqual(self.read(album)["PhotoCount"], 1)
        self.assertIsNone(self.read(album)["DeletedAt"])

    def test_one_that_does_not_exist_is_a_404_with_a_sentence(self) -> None:
        secret = make_album("Secret", owner=self.admin, private=True)
        for uid in ("999000", secret.uid, make_album("Gone", deleted_at="2024-01-01T00:00:00Z").uid):
            for method, body in (("get", None), ("put", {"Title": "x"}), ("delete", None)):
                answer = self.call(method, f"albums/{uid}", body)
                self.assertEqual((answer.status_code, answer.json()["error"]), (404, "Album not found"))

    def test_what_is_named_changes_and_the_rest_stays(self) -> None:
        album = make_album("Old", description="Kept", favorite=True)
        answer = self.call("put", f"albums/{album.uid}", {"Title": "New name", "Location": "Como", "UID": "other"})
        self.assertEqual(answer.status_code, 200)
        kept = {key: answer.json()[key] for key in ("Title", "Slug", "Location", "Description", "Favorite", "UID")}
        expected = {"Title": "New name", "Slug": "new-name", "Location": "Como", "Description": "Kept"}
        self.assertEqual(kept, {**expected, "Favorite": True, "UID": album.uid})

    def test_an_answer_can_be_sent_back_as_it_is(self) -> None:
        album = make_album("Cats", make_photo(), filter="label:cat")
        sent = self.read(album)
        answer = self.call("put", f"albums/{album.uid}", sent)
        self.assertEqual({**answer.json(), "UpdatedAt": ""}, {**sent, "UpdatedAt": ""})

    def test_another_search_is_checked_and_shown_at_once(self) -> None:
        album, dog = make_album("Pets", filter="label:cat"), make_photo(labels=["dog"])
        self.assertEqual(self.call("put", f"albums/{album.uid}", {"Filter": "lable:dog"}).status_code, 400)
        answer = self.call("put", f"albums/{album.uid}", {"Filter": "label:dog"})
        self.assertEqual((answer.json()["PhotoCount"], answer.json()["Thumb"]), (1, file_of(dog).hash))

    def test_a_cover_has_to_be_a_photo_that_one_sees(self) -> None:
        older, newer = make_photo(taken="2020-01-01"), make_photo(taken="2024-01-01")
        hidden = make_photo(owner=self.bob)
        album = make_album("Trip", older, newer)
        answer = self.call("put", f"albums/{album.uid}", {"Thumb": file_of(older).hash})
        self.assertEqual((answer.json()["Thumb"], answer.json()["ThumbSrc"]), (file_of(older).hash, "manual"))
        self.assertEqual(self.call("put", f"albums/{album.uid}", {"Thumb": file_of(hidden).hash}).status_code, 400)
        answer = self.call("put", f"albums/{album.uid}", {"Thumb": ""})
        self.assertEqual(answer.json()["Thumb"], file_of(newer).hash)

    def test_wrong_values_are_refused_and_change_nothing(self) -> None:
        album = make_album("Trip")
        for body in ({"Title": " "}, {"Order": "best"}, {"Favorite": "perhaps"}, {"Thumb": "x"}, {"Title": 5 * ["a"]}):
            self.assertEqual(self.call("put", f"albums/{album.uid}", body).status_code, 400, body)
        album.refresh_from_db()
        self.assertEqual((album.title, album.order), ("Trip", ""))

    def test_only_the_owner_or_an_administrator_makes_it_private(self) -> None:
        album, own = make_album("Shared", owner=self.bob), make_album("Own", owner=self.alice)
        self.assertEqual(self.call("put", f"albums/{album.uid}", {"Private": True}).status_code, 403)
        self.assertTrue(self.call("put", f"albums/{own.uid}", {"Private": True}).json()["Private"])
        self.assertTrue(self.call("put", f"albums/{album.uid}", {"Private": True}, by=self.admin).json()["Private"])

    def test_likes_are_set_and_taken_away(self) -> None:
        album = make_album("Trip")
        self.assertTrue(self.call("post", f"albums/{album.uid}/like").json()["Favorite"])
        self.assertFalse(self.call("delete", f"albums/{album.uid}/like").json()["Favorite"])

    def test_who_may_only_look_changes_nothing(self) -> None:
        album, photo = make_album("Trip"), make_photo()
        calls = (
            ("put", "", {"Title": "x"}), ("delete", "", None), ("post", "/like", None), ("post", "/photos", []),
            ("delete", "/photos", {"photos": [photo.uid]}), ("post", "/clone", {"albums": [album.uid]}),
        )  # fmt: skip
        for method, path, body in calls:
            self.assertEqual(self.call(method, f"albums/{album.uid}{path}", body, by=self.bob).status_code, 403, path)


class DeletionTest(AlbumTestCase):
    def test_the_photos_stay_and_the_album_can_come_back(self) -> None:
        photo = make_photo()
        album = make_album("Trip", photo)
        answer = self.call("delete", f"albums/{album.uid}")
        self.assertEqual((answer.status_code, answer.json()["Slug"]), (200, "trip"))
        self.assertEqual(self.call("get", f"albums/{album.uid}").status_code, 404)
        self.assertFound("", photo)
        answer = self.call("post", "batch/albums/restore", {"albums": [album.uid]})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.read(album)["PhotoCount"], 1)

    def test_many_go_at_once_and_those_of_others_stay(self) -> None:
        albums = make_album("One"), make_album("Two")
        foreign = make_album("Foreign", owner=self.admin, private=True)
        uids = [album.uid for album in (*albums, foreign)] + ["unknown"]
        self.assertEqual(self.call("post", "batch/albums/delete", {"albums": uids}).status_code, 200)
        self.assertQuerySetEqual(Album.objects.filter(deleted_at__isnull=True), [foreign])

    def test_what_is_no_list_of_uids_is_refused(self) -> None:
        for body in ({"albums": 123}, {"albums": []}, {"albums": [1]}, {}, [1]):
            for path in ("batch/albums/delete", "batch/albums/restore"):
                self.assertEqual(self.call("post", path, body).status_code, 400, body)


class FillingTest(AlbumTestCase):
    def photos_in(self, album: Album) -> list[Photo]:
        return [entry.photo for entry in PhotoAlbum.objects.filter(album=album).select_related("photo").order_by("pk")]

    def test_photos_are_put_in_once(self) -> None:
        album, photos = make_album("Trip"), [make_photo(), make_photo()]
        body = {"photos": [photo.uid for photo in photos]}
        answer = self.call("post", f"albums/{album.uid}/photos", body)
        self.assertEqual(answer.status_code, 200)
        self.assertCountEqual(answer.json()["added"], body["photos"])
        self.assertEqual(answer.json()["album"]["PhotoCount"], 2)
        self.assertEqual(self.call("post", f"albums/{album.uid}/photos", body).json()["added"], [])
        self.assertCountEqual(self.photos_in(album), photos)

    def test_they_are_taken_out_by_a_delete_with_a_body(self) -> None:
        photos = [make_photo(), make_photo()]
        album = make_album("Trip", *photos)
        answer = self.call("delete", f"albums/{album.uid}/photos", {"photos": [photos[0].uid]})
        self.assertEqual((answer.status_code, answer.json()["removed"]), (200, [photos[0].uid]))
        self.assertEqual(self.photos_in(album), [photos[1]])

    def test_photos_that_one_does_not_see_are_passed_over(self) -> None:
        foreign = make_photo(owner=self.bob)
        album = make_album("Trip", foreign)
        self.call("delete", f"albums/{album.uid}/photos", {"photos": [foreign.uid]})
        self.assertEqual(self.photos_in(album), [foreign])
        other = make_album("Other")
        self.call("post", f"albums/{other.uid}/photos", {"photos": [foreign.uid, "unknown"]})
        self.assertEqual(self.photos_in(other), [])

    def test_being_put_into_an_album_ends_the_review(self) -> None:
        photo = make_photo(quality=1)
        album = make_album("Trip")
        self.call("post", f"albums/{album.uid}/photos", {"photos": [photo.uid]})
        self.assertFound(f"s:{album.uid}", photo)

    def test_a_smart_album_is_filled_by_its_search_only(self) -> None:
        album = make_album("Cats", filter="label:cat")
        for method in ("post", "delete"):
            answer = self.call(method, f"albums/{album.uid}/photos", {"photos": [make_photo().uid]})
            self.assertEqual(answer.status_code, 400)
            self.assertIn("smart album", answer.json()["error"])

    def test_what_is_no_list_of_uids_is_refused(self) -> None:
        album = make_album("Trip")
        for body in ({"photos": []}, {"photos": [123, "ps6sg6be2lvl0yxx"]}, {"photos": "x"}, {}):
            for method in ("post", "delete"):
                self.assertEqual(self.call(method, f"albums/{album.uid}/photos", body).status_code, 400, body)

    def test_more_than_a_statement_holds_are_put_in(self) -> None:
        first = make_photo()
        Photo.objects.bulk_create(
            Photo(
                folder=first.folder, name=str(number), taken_at=first.taken_at, taken_at_local=first.taken_at, quality=3
            )
            for number in range(1200)
        )
        album = make_album("All")
        uids = list(Photo.objects.values_list("uid", flat=True))
        self.assertEqual(len(self.call("post", f"albums/{album.uid}/photos", {"photos": uids}).json()["added"]), 1201)

    def test_the_contents_of_others_are_copied(self) -> None:
        cat, dog = make_photo(labels=["cat"]), make_photo()
        smart, manual, target = make_album("Cats", filter="label:cat"), make_album("Dogs", dog), make_album("Pets")
        answer = self.call("post", f"albums/{target.uid}/clone", {"albums": [smart.uid, manual.uid]})
        self.assertEqual((answer.status_code, answer.json()["message"]), (200, "Album contents cloned"))
        self.assertCountEqual(self.photos_in(target), [cat, dog])

    def test_too_many_at_once_are_refused(self) -> None:
        source, target = make_album("Many", make_photo(), make_photo()), make_album("Target")
        with patch("albums.changes.MOST_COPIED", 1):
            answer = self.call("post", f"albums/{target.uid}/clone", {"albums": [source.uid]})
        self.assertEqual((answer.status_code, self.photos_in(target)), (400, []))

    def test_copying_into_itself_changes_nothing(self) -> None:
        album = make_album("Cats", filter="label:cat")
        self.assertEqual(self.call("post", f"albums/{album.uid}/clone", {"albums": [album.uid]}).status_code, 200)
