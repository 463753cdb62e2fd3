"""Nobody learns of a photo that they may not see: not its existence, count, title, place or bytes, however they ask."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.cache import cache

from library.access import Grant
from library.counts import recount_photos
from library.models import Label, Photo
from library.search import VIEWS, find, heard_uids, known_keys, visible_photos
from places.models import Place
from sharing.accounts import account_of
from sharing.grants import grant_for_account
from sharing.models import AccessToken
from tests.base import TestCase
from tests.make import make_photo
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original

# What only hidden photos have; whoever may not see them must not meet it in any answer.
SECRET: Final = "zanzibar"

FILTER_VALUES: Final = ("yes", "no", "1", "0-9", "*", "!yes", SECRET, f"!{SECRET}", "2024", "-1", "")
QUERIES: Final = (
    "private:yes | title:*",
    "-private:no",
    "-(private:no)",
    "(private:yes)",
    "archived:yes | private:yes",
    "archived:yes private:yes",
    "public:no archived:yes",
    "-public:yes",
    "-title:nothing",
    "-(-private:yes)",
    "public:no | -public:no",
    "review:yes private:yes",
    "hidden:yes error:yes quality:-9",
    'q:"private:yes" | archived:yes',
    f"{SECRET}",
    f"-{SECRET}",
    f"label:{SECRET} | private:yes",
)


class Library(MediaTestCase):
    """One photo for everybody, one of alice, and one that is out of sight in each way there is."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.shared = make_photo(title="Shared", taken="2024-05-17", labels=["cat"], place="Oslo, Norway")
        named = {
            "title": f"A day in {SECRET}",
            "caption": SECRET,
            "taken": "2024-05-18",
            "labels": [SECRET, "cat"],
            "keywords": [SECRET],
            "place": f"{SECRET.title()}, Tanzania",
            "camera": f"{SECRET} X1",
            "folder": SECRET,
            "favorite_of": [cls.admin, cls.alice],
        }
        cls.private = make_photo(private=True, **named)
        cls.archived = make_photo(archived=True, private=True, **named)
        cls.of_alice = make_photo(owner=cls.alice, **named)
        cls.of_alice_private = make_photo(owner=cls.alice, private=True, **named)
        cls.in_review = make_photo(quality=1, **named)
        cls.without_picture = make_photo(quality=-1, **named)
        cls.allowed = {
            cls.guest: set[Photo](),
            cls.bob: {cls.shared},
            cls.alice: {cls.shared, cls.of_alice, cls.of_alice_private, cls.in_review, cls.without_picture},
        }
        recount_photos()

    def uids(self, user: User) -> set[str]:
        return {photo.uid for photo in self.allowed[user]}

    def hidden_from(self, user: User) -> set[Photo]:
        return set(Photo.objects.all()) - self.allowed[user]


class SearchTest(Library):
    def test_no_filter_widens_what_is_seen(self) -> None:
        queries = [f'{key}:"{value}"' for key in known_keys() for value in FILTER_VALUES]
        for user in (self.guest, self.bob, self.alice):
            for query in (*queries, *(f"-{query}" for query in queries), *QUERIES):
                for reach in ("few", "all"):
                    self.assert_within(user, query, reach=reach)

    def test_no_view_widens_what_is_seen(self) -> None:
        for user in (self.guest, self.bob, self.alice):
            for view in VIEWS:
                for query in ("", *QUERIES):
                    self.assert_within(user, query, view=view)

    def test_uids_hashes_and_numbers_open_nothing(self) -> None:
        for user in (self.guest, self.bob, self.alice):
            for photo in self.hidden_from(user):
                file = file_of(photo)
                for query in (f"uid:{photo.uid}", f"uid:{file.uid}", f"hash:{file.hash}", f"filename:{file.name}"):
                    self.assert_within(user, query)
                    self.assert_within(user, f"{query} private:yes archived:yes")

    def test_what_a_word_finds_does_not_tell_what_hidden_photos_hold(self) -> None:
        probe = make_photo(title=f"x{SECRET}x")
        self.assertFound(SECRET, probe, by=self.bob)

    def test_who_has_no_account_owns_nothing(self) -> None:
        grant = Grant(role="client", permissions=self.grant_of(self.admin).permissions)
        self.assertNotIn(self.private, visible_photos(grant))

    def assert_within(self, user: User, query: str, **how: Any) -> None:
        try:
            found = set(find(query, self.grant_of(user), **how))
        except ValueError:
            return
        self.assertLessEqual(found, self.allowed[user], f"{user} by {query!r} {how}")


class ApiTest(Library):
    def test_no_answer_names_what_only_hidden_photos_have(self) -> None:
        for address in (
            "photos?count=2147483647",
            "photos?private=yes&archived=yes&public=no&order=relevance",
            "photos?q=title:*&order=edited",
            f"photos?uid={'|'.join(Photo.objects.values_list('uid', flat=True))}",
            f"photos/{self.shared.uid}",
            "timeline/buckets",
            "timeline/buckets?view=private",
            "timeline/bucket/2024-05",
            "timeline/bucket/2024-05-18?view=archive",
            "config",
            "settings",
            "session",
        ):
            answer = self.client_of(self.bob).get(f"/api/v1/{address}").content.decode().lower()
            with self.subTest(address):
                self.assertNotIn(SECRET, answer)
                for photo in self.hidden_from(self.bob):
                    self.assertNotIn(photo.uid, answer)

    def test_counts_of_days_are_those_of_what_is_seen_by_either_way(self) -> None:
        for user in (self.guest, self.bob, self.alice):
            for view in VIEWS:
                seen = find("", self.grant_of(user), view=view).count()
                for query in ("", "-title:nothing"):
                    with self.subTest(user=user, view=view, query=query):
                        asked = urlencode({"view": view, "q": query})
                        answer = self.client_of(user).get(f"/api/v1/timeline/buckets?{asked}").json()
                        self.assertEqual(answer["total"], seen)
                        self.assertEqual(sum(count for _, count in answer["buckets"]), seen)

    def test_counts_of_pages_apps_and_places_leave_out_what_is_hidden(self) -> None:
        count = self.client_of(self.bob).get("/api/v1/config").json()["count"]
        self.assertEqual((count["all"], count["private"], count["archived"], count["review"]), (1, 0, 0, 0))
        self.assertEqual((count["hidden"], count["labels"], count["labelMaxPhotos"], count["favorites"]), (0, 1, 1, 0))
        self.assertEqual((count["people"], count["places"], count["files"]), (0, 1, 0))
        detail = self.client_of(self.bob).get(f"/api/v1/photos/{self.shared.uid}").json()
        self.assertEqual(detail["Labels"][0]["Label"]["PhotoCount"], 1)

    def test_kept_counts_are_those_of_the_shared_library(self) -> None:
        self.assertEqual(Label.objects.get(slug="cat").photo_count, 1)
        self.assertEqual(Place.objects.get(label__startswith=SECRET.title()).photo_count, 0)

    def test_a_hidden_photo_answers_as_one_that_does_not_exist(self) -> None:
        for user in (self.bob, self.alice):
            client = self.client_of(user)
            for photo in self.hidden_from(user):
                for method, path in (
                    ("get", ""),
                    ("put", ""),
                    ("post", "/like"),
                    ("delete", "/like"),
                    ("post", "/approve"),
                ):
                    with self.subTest(user=user, path=path, method=method):
                        real = getattr(client, method)(f"/api/v1/photos/{photo.uid}{path}", {})
                        none = getattr(client, method)(f"/api/v1/photos/pzzzzzzzzzzzzzzz{path}", {})
                        self.assertEqual((real.status_code, real.content), (none.status_code, none.content))
                        self.assertGreaterEqual(real.status_code, 403)

    def test_a_batch_changes_nothing_that_is_hidden_and_does_not_tell(self) -> None:
        before = list(Photo.objects.order_by("pk").values_list("pk", "deleted_at", "private", "quality", "updated_at"))
        hidden = [photo.uid for photo in self.hidden_from(self.alice)]
        for action in ("archive", "restore", "private", "approve"):
            answers = [
                self.client_of(self.alice).post(f"/api/v1/batch/photos/{action}", body, content_type="application/json")
                for body in ({"photos": hidden}, {"photos": ["pzzzzzzzzzzzzzzz"]})
            ]
            self.assertEqual(answers[0].content, answers[1].content)
        after = list(Photo.objects.order_by("pk").values_list("pk", "deleted_at", "private", "quality", "updated_at"))
        self.assertEqual(before, after)


class BytesTest(MediaTestCase):
    def test_a_hidden_photo_has_no_bytes(self) -> None:
        for fields in ({"private": True}, {"archived": True}, {"owner": self.alice}, {"quality": 1}, {"quality": -1}):
            photo = make_original(jpeg(), **fields)
            file = file_of(photo)
            for address in (
                f"/api/v1/dl/{file.hash}?t={self.download['bob']}",
                f"/api/v1/photos/{photo.uid}/dl?t={self.download['bob']}",
                f"/api/v1/t/{file.hash}/{self.preview['bob']}/fit_1280",
                f"/api/v1/t/{file.hash}-000000{'3e8' * 2}/{self.preview['bob']}/tile_320",
            ):
                with self.subTest(fields=fields, address=address):
                    response, content = self.read(address)
                    missing, other = self.read(address.replace(file.hash, "0" * 40).replace(photo.uid, "pzzzzzz"))
                    self.assertEqual((response.status_code, content), (missing.status_code, other))

    def test_a_preview_token_opens_no_original(self) -> None:
        photo = make_original(jpeg())
        response, _ = self.read(f"/api/v1/dl/{file_of(photo).hash}?t={self.preview['admin']}")
        self.assertEqual(response.status_code, 403)


class ScopedTokenTest(TestCase):
    """A token for one thing does not see the rest through what was kept for its account."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        make_photo(camera="Canon EOS 6D")

    def config(self, scope: str) -> Any:
        token = AccessToken.objects.create(user=self.admin, hash=scope, scope=scope)
        grant = grant_for_account(account_of(self.admin), token)
        from photoprism_site.client_config import client_config

        return client_config(grant)

    def test_kept_counts_and_names_are_told_to_equal_grants_only(self) -> None:
        self.assertEqual(self.config("*")["count"]["all"], 1)
        told = self.config("config")
        self.assertEqual((told["count"]["all"], told["cameras"], told["years"]), (0, [], []))

    def test_nor_do_accounts_lose_sight_by_a_narrow_token(self) -> None:
        cache.clear()
        self.config("config")
        self.assertEqual(self.config("*")["count"]["all"], 1)


class LiveMessageTest(Library):
    def test_of_hidden_photos_nobody_is_told(self) -> None:
        every = list(Photo.objects.values_list("uid", flat=True))
        for user in (self.guest, self.bob, self.alice):
            self.assertEqual(set(heard_uids(every, self.grant_of(user))), self.uids(user))

    def test_who_saw_a_photo_is_told_that_it_was_archived(self) -> None:
        gone = make_photo(archived=True)
        self.assertEqual(heard_uids([gone.uid, "other"], self.grant_of(self.bob)), [gone.uid])
        self.assertEqual(heard_uids([gone.uid], self.grant_of(self.guest)), [])
