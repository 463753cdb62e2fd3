"""Share links: who makes them, who opens them, what a visitor sees, and when it ends."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from albums.models import Album
from library.models import PhotoLabel
from sharing import accounts
from sharing.grants import forget_grants, grant_for_link
from sharing.links import TOKEN_LENGTH, VISIT, Terms, change_link
from sharing.models import AccessToken, FailedLogin, Link
from tests.base import TestCase
from tests.make import make_album, make_label, make_photo
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original, put_thumb

PASSWORD = "catbells-rain"


class LinkTestCase(TestCase):
    def call(self, method: str, path: str, body: Any = None, *, by: User | None = None) -> HttpResponse:
        client = self.client_of(by or self.alice)
        return getattr(client, method)(f"/api/v1/albums/{path}", body, content_type="application/json")

    def make_link(self, album: Album, *, by: User | None = None, **terms: Any) -> Link:
        answer = self.call("post", f"{album.uid}/links", terms, by=by)
        self.assertEqual(answer.status_code, 200, answer.content)
        return Link.objects.get(uid=answer.json()["UID"])

    def open(self, link: Link, client: Client | None = None, **form: str) -> HttpResponse:
        client, address = client or Client(), f"/s/{link.token}/{link.slug}"
        return client.post(address, form, follow=True) if form else client.get(address)

    def visit(self, link: Link, **form: str) -> Client:
        """An app with the token of a visit, as the page's own script has it."""
        answer = self.open(link, **form)
        self.assertEqual(answer.status_code, 200)
        return Client(headers={"X-Auth-Token": answer.context["page_config"]["authToken"]})


class LinkApiTest(LinkTestCase):
    def test_a_link_is_made_with_a_secret_that_nobody_guesses(self) -> None:
        album = make_album("Lake Como")
        answer = self.call("post", f"{album.uid}/links", {"Password": PASSWORD, "Expires": 86400})
        link = answer.json()
        self.assertEqual((link["ShareUID"], link["Slug"], link["Expires"]), (album.uid, "lake-como", 86400))
        self.assertEqual((link["VerifyPassword"], link["Views"], link["CanDownload"]), (True, 0, True))
        self.assertRegex(link["Token"], rf"^[a-z0-9]{{{TOKEN_LENGTH}}}$")
        self.assertNotIn(PASSWORD, answer.content.decode())
        self.assertNotIn(PASSWORD, Link.objects.get().password)

    def test_links_are_listed_changed_and_removed(self) -> None:
        album = make_album("Trip")
        link = self.make_link(album)
        answer = self.call("put", f"{album.uid}/links/{link.uid}", {"Token": "newToken", "Expires": 8000})
        self.assertEqual((answer.json()["Token"], answer.json()["Expires"]), ("newtoken", 8000))
        self.assertEqual([one["UID"] for one in self.call("get", f"{album.uid}/links").json()], [link.uid])
        self.assertEqual(self.call("delete", f"{album.uid}/links/{link.uid}").status_code, 200)
        self.assertEqual(self.call("get", f"{album.uid}/links").json(), [])

    def test_what_is_not_named_stays_and_a_password_goes_only_on_request(self) -> None:
        album = make_album("Trip")
        link = self.make_link(album, Password=PASSWORD, MaxViews=3)
        answer = self.call("put", f"{album.uid}/links/{link.uid}", {"Password": "", "Comment": "for Anna"})
        self.assertEqual((answer.json()["VerifyPassword"], answer.json()["MaxViews"]), (True, 3))
        answer = self.call("put", f"{album.uid}/links/{link.uid}", {"VerifyPassword": False})
        self.assertFalse(answer.json()["VerifyPassword"])

    def test_changes_made_at_once_all_hold(self) -> None:
        self.make_link(make_album("Trip"))
        first, second, third = (Link.objects.get() for _ in range(3))
        change_link(first, Terms(password=PASSWORD, hide_places=True))
        change_link(second, Terms(expires=86400))
        Link.objects.update(views=7)
        change_link(third, Terms(can_download=False))
        link = Link.objects.get()
        self.assertTrue(link.password)
        self.assertTrue(link.hide_places)
        self.assertEqual((link.expires, link.views, link.can_download), (86400, 7, False))

    def test_wrong_terms_are_sentences(self) -> None:
        album = make_album("Trip")
        terms = ({"Expires": "abc"}, {"Expires": -1}, {"MaxViews": 2**40}, {"Token": "short"}, {"Token": "with/slash-"})
        for body in (*terms, {"Token": ""}, [1]):
            answer = self.call("post", f"{album.uid}/links", body)
            self.assertEqual(answer.status_code, 400, body)
            self.assertTrue(answer.json()["error"])
        self.assertFalse(Link.objects.exists())

    def test_a_chosen_word_opens_albums_of_one_account_only(self) -> None:
        first, second = make_album("First"), make_album("Second")
        self.make_link(first, Token="our-summer")
        self.make_link(second, Token="our-summer")
        for album, user in ((first, self.alice), (second, self.admin)):
            answer = self.call("post", f"{album.uid}/links", {"Token": "our-summer"}, by=user)
            self.assertEqual((answer.status_code, answer.json()["error"]), (400, "This address is taken."))

    def test_links_of_others_are_not_told(self) -> None:
        album = make_album("Trip")
        link = self.make_link(album, by=self.admin)
        self.assertEqual(self.call("get", f"{album.uid}/links").json(), [])
        for method in ("put", "delete"):
            self.assertEqual(self.call(method, f"{album.uid}/links/{link.uid}", {}).status_code, 404)
        self.assertEqual(len(self.call("get", f"{album.uid}/links", by=self.admin).json()), 1)

    def test_who_may_not_share_makes_none(self) -> None:
        album, secret = make_album("Trip"), make_album("Secret", owner=self.bob, private=True)
        for user in (self.bob, self.guest):
            self.assertEqual(self.call("post", f"{album.uid}/links", {}, by=user).status_code, 403)
        self.assertEqual(self.call("post", f"{secret.uid}/links", {}).status_code, 404)
        self.assertEqual(self.call("get", "xxx/links").status_code, 404)

    def test_albums_tell_how_many_links_they_have(self) -> None:
        album = make_album("Trip")
        self.make_link(album)
        for user, count in ((self.alice, 1), (self.admin, 1), (self.bob, 0)):
            self.assertEqual(self.client_of(user).get(f"/api/v1/albums/{album.uid}").json()["LinkCount"], count)


class SharedTabTest(LinkTestCase):
    def test_it_lists_albums_of_every_kind(self) -> None:
        make_photo(taken="2024-05-17")
        client = self.client_of(self.alice)
        month = client.get("/api/v1/albums?count=1&type=month").json()[0]
        for album in (make_album("Trip"), Album.objects.get(uid=month["UID"])):
            self.make_link(album)
        listing = client.get("/library/albums?kind=shared").context["listing"]
        self.assertCountEqual([card.title for card in listing.cards], ["Trip", "May 2024"])
        self.assertEqual([tab.count for tab in listing.tabs if tab.is_current], [2])
        self.assertEqual(self.client_of(self.bob).get("/library/albums?kind=shared").context["listing"].cards, ())


class SharePageTest(LinkTestCase):
    def test_it_shows_the_album_to_anybody_with_the_link(self) -> None:
        album = make_album("Lake Como", make_photo(), make_photo(private=True), description="Four days")
        link = self.make_link(album)
        answer = self.open(link)
        self.assertContains(answer, "Lake Como")
        self.assertContains(answer, "Four days")
        self.assertContains(answer, "1 photo")
        self.assertNotContains(answer, 'class="rail"')
        self.assertEqual(answer["Cache-Control"], "private, no-store")

    def test_the_token_alone_and_in_capitals_opens_it_too(self) -> None:
        link = self.make_link(make_album("Trip"))
        for address in (f"/s/{link.token}", f"/s/{link.token}/", f"/s/{link.token.upper()}/{link.share_uid}"):
            self.assertContains(Client().get(address), "Trip")

    def test_a_word_for_several_albums_opens_the_one_that_is_named(self) -> None:
        first = self.make_link(make_album("First"), Token="our-summer")
        second = self.make_link(make_album("Second"), Token="our-summer")
        for link in (first, second):
            self.assertContains(self.open(link), link.slug.title())

    def test_a_visit_is_counted_once(self) -> None:
        link, client = self.make_link(make_album("Trip")), Client()
        for _ in range(3):
            self.open(link, client)
        client.head(f"/s/{link.token}")
        link.refresh_from_db()
        self.assertEqual((link.views, AccessToken.objects.count()), (1, 1))

    def test_what_does_not_exist_is_a_404_with_a_sentence(self) -> None:
        answer = Client().get("/s/unknown-token/trip")
        self.assertContains(answer, "This link does not exist", status_code=404)

    def test_a_link_that_was_taken_back_opens_nothing(self) -> None:
        album = make_album("Trip")
        link = self.make_link(album)
        visitor = self.visit(link)
        self.call("delete", f"{album.uid}/links/{link.uid}")
        self.assertEqual(self.open(link).status_code, 404)
        self.assertEqual(visitor.get("/api/v1/timeline/buckets").status_code, 401)

    def test_it_ends_by_time(self) -> None:
        link = self.make_link(make_album("Trip"), Expires=3600)
        visitor, client = self.visit(link), Client()
        self.open(link, client)
        Link.objects.update(modified_at=timezone.now() - timedelta(hours=2))
        for answer in (self.open(link), self.open(link, client)):
            self.assertContains(answer, "This link has expired.", status_code=410)
        self.assertEqual(visitor.get("/api/v1/timeline/buckets").status_code, 401)

    def test_it_ends_by_number_for_those_who_come_too_late(self) -> None:
        link, first = self.make_link(make_album("Trip"), MaxViews=1), Client()
        self.assertEqual(self.open(link, first).status_code, 200)
        self.assertContains(self.open(link), "as often as it may be", status_code=410)
        self.assertEqual(self.open(link, first).status_code, 200)

    def test_it_ends_with_the_album_the_account_or_its_right_to_share(self) -> None:
        album = make_album("Trip", owner=self.admin)
        link = self.make_link(album)
        visitor = self.visit(link)
        changes = (
            lambda: Album.objects.update(deleted_at=timezone.now()),
            lambda: Album.objects.update(deleted_at=None, private=True),
            lambda: Album.objects.update(private=False) and accounts.change_role(self.alice.account, "viewer"),
            lambda: accounts.change_role(self.alice.account, "user") or accounts.deactivate(self.alice),
        )
        for change in changes:
            change()
            self.assertContains(self.open(link), "no longer shared", status_code=410)
            self.assertEqual(visitor.get("/api/v1/timeline/buckets").status_code, 401)

    def test_a_visit_ends_after_a_day(self) -> None:
        link = self.make_link(make_album("Trip"))
        visitor = self.visit(link)
        AccessToken.objects.update(expires_at=timezone.now() - VISIT)
        self.assertEqual(visitor.get("/api/v1/timeline/buckets").status_code, 401)

    def test_a_signed_in_account_sees_the_album_only_as_well(self) -> None:
        make_photo()
        link = self.make_link(make_album("Trip", make_photo()))
        answer = self.open(link, self.client_of(self.admin))
        self.assertEqual(answer.context["page_config"]["user"], {"uid": "", "name": "", "role": "visitor"})
        self.assertContains(answer, "1 photo")

    def test_the_picture_for_previews_is_the_cover(self) -> None:
        photo = make_photo()
        put_thumb(file_of(photo).hash, "fit_720", b"cover")
        album = make_album("Trip", photo)
        open_link, closed = self.make_link(album), self.make_link(album, Password=PASSWORD)
        expired = self.make_link(album, Expires=10)
        Link.objects.filter(pk=expired.pk).update(modified_at=timezone.now() - timedelta(hours=1))
        statuses = [
            Client().get(f"/s/{link.token}/{album.uid}/preview").status_code for link in (open_link, closed, expired)
        ]
        self.assertEqual(statuses, [200, 404, 404])
        self.assertEqual(Client().get("/s/xxx/ss6sg6bxpogaaba7/preview").status_code, 404)
        self.assertEqual(Client().get(f"/s/{open_link.token}/ss6sg6bxpogaaba7/preview").status_code, 404)


class LinkPasswordTest(LinkTestCase):
    def test_the_album_opens_with_the_password_only(self) -> None:
        link = self.make_link(make_album("Lake Como", make_photo()), Password=PASSWORD)
        for answer in (self.open(link), self.open(link, password="wrong"), self.open(link, password=PASSWORD.upper())):
            self.assertNotContains(answer, "Lake Como")
            self.assertContains(answer, 'type="password"')
            self.assertFalse(AccessToken.objects.exists())
        self.assertContains(self.open(link, password=PASSWORD), "Lake Como")

    def test_a_password_in_the_address_opens_nothing(self) -> None:
        link = self.make_link(make_album("Lake Como"), Password=PASSWORD)
        self.assertNotContains(Client().get(f"/s/{link.token}?password={PASSWORD}"), "Lake Como")

    def test_it_is_asked_once_per_visit(self) -> None:
        link, client = self.make_link(make_album("Lake Como"), Password=PASSWORD), Client()
        self.open(link, client, password=PASSWORD)
        self.assertContains(self.open(link, client), "Lake Como")

    def test_a_visit_of_one_link_opens_no_other_with_the_same_password(self) -> None:
        album, client = make_album("Lake Como"), Client()
        links = [self.make_link(album, Password=PASSWORD) for _ in range(2)]
        self.open(links[0], client, password=PASSWORD)
        self.assertNotContains(self.open(links[1], client), "Lake Como")

    def test_a_new_password_ends_the_visits(self) -> None:
        album = make_album("Lake Como")
        link = self.make_link(album, Password=PASSWORD)
        visitor = self.visit(link, password=PASSWORD)
        self.call("put", f"{album.uid}/links/{link.uid}", {"Password": "another"})
        self.assertEqual(visitor.get("/api/v1/timeline/buckets").status_code, 401)

    def test_wrong_passwords_are_limited_with_those_of_accounts(self) -> None:
        link = self.make_link(make_album("Lake Como"), Password=PASSWORD)
        statuses = [self.open(link, password=f"wrong {number}").status_code for number in range(12)]
        self.assertEqual((statuses[0], statuses[-1]), (200, 429))
        answer = self.open(link, password=PASSWORD)
        self.assertContains(answer, "Too many failed attempts", status_code=429)
        self.assertTrue(answer["Retry-After"])
        body = {"username": "alice", "password": "wrong"}
        self.assertEqual(Client().post("/api/v1/session", body, content_type="application/json").status_code, 429)

    def test_a_right_password_counts_as_no_failure(self) -> None:
        link = self.make_link(make_album("Lake Como"), Password=PASSWORD)
        for _ in range(12):
            self.assertContains(self.open(link, password=PASSWORD), "Lake Como")
        self.assertFalse(FailedLogin.objects.exists())

    def test_who_tries_out_addresses_is_stopped_even_at_those_that_exist(self) -> None:
        link = self.make_link(make_album("Lake Como"))
        statuses = {Client().get(f"/s/guess-number-{number}").status_code for number in range(60)}
        self.assertEqual(statuses, {404, 429})
        self.assertEqual(self.open(link).status_code, 429)
        self.assertEqual(Client().get(f"/s/{link.token}/{link.share_uid}/preview").status_code, 404)


class VisitorTest(LinkTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo(title="Shown", taken="2024-05-17", file={"original_name": "IMG_1.jpg"})
        self.hidden = {
            "foreign": make_photo(title="Foreign"),
            "private": make_photo(title="Private", private=True, owner=self.alice),
            "archived": make_photo(title="Archived", archived=True),
            "review": make_photo(title="Review", quality=1),
            "of somebody else": make_photo(title="Of bob", owner=self.bob),
        }
        inside = [photo for name, photo in self.hidden.items() if name != "foreign"]
        self.album = make_album("Trip", self.photo, *inside)
        self.visitor = self.visit(self.make_link(self.album))

    def found(self, query: str = "", client: Client | None = None) -> list[str]:
        answer = (client or self.visitor).get("/api/v1/photos", {"count": 100, "q": query})
        self.assertEqual(answer.status_code, 200, answer.content)
        return [photo["Title"] for photo in answer.json()]

    def test_the_photos_of_the_album_are_found_and_no_others(self) -> None:
        queries = ("", "title:*", "private:yes | title:*", "-(private:no)", "archived:yes", "review:yes", "quality:0",
                   "public:no", f"s:{self.album.uid}", f"album:{self.album.uid}", "-album:other", "2024")  # fmt: skip
        for query in queries:
            self.assertLessEqual(set(self.found(query)), {"Shown"}, query)
        self.assertEqual(self.found(), ["Shown"])
        self.assertEqual(self.found(f"s:{self.album.uid}"), ["Shown"])

    def test_photos_of_the_account_that_shares_are_shown(self) -> None:
        make_photo(title="Of alice", owner=self.alice)
        album = make_album("Mine", *self.hidden.values(), make_photo(title="Own", owner=self.alice))
        self.assertCountEqual(self.found(client=self.visit(self.make_link(album))), ["Own", "Foreign"])

    def test_a_smart_album_is_shared_as_a_live_search_of_who_shares(self) -> None:
        album = make_album("Liked", filter="favorite:yes")
        visitor = self.visit(self.make_link(album))
        self.assertEqual(self.found(client=visitor), [])
        make_photo(title="New", favorite_of=self.alice)
        make_photo(title="Liked by bob", favorite_of=self.bob)
        make_photo(title="Private", favorite_of=self.alice, owner=self.alice, private=True)
        self.assertEqual(self.found(client=visitor), ["New"])
        self.assertEqual(self.found("new", visitor), ["New"])

    def test_searches_for_what_is_out_of_sight_share_nothing(self) -> None:
        for query in ("archived:yes", "private:yes", "review:yes", "hidden:yes", "public:no private:yes", "quality:0"):
            visitor = self.visit(self.make_link(make_album(query, filter=query)))
            self.assertLessEqual(set(self.found(client=visitor)), {"Shown", "Foreign"}, query)

    def test_an_album_whose_search_is_broken_shares_nothing(self) -> None:
        visitor = self.visit(self.make_link(make_album("Broken", filter="lable:cat")))
        self.assertEqual(self.found(client=visitor), [])

    def test_a_photo_opens_by_its_address_if_it_is_in_the_album(self) -> None:
        self.assertEqual(self.visitor.get(f"/api/v1/photos/{self.photo.uid}").status_code, 200)
        for name, photo in self.hidden.items():
            self.assertEqual(self.visitor.get(f"/api/v1/photos/{photo.uid}").status_code, 404, name)

    def test_folders_names_notes_and_owners_are_not_told(self) -> None:
        details = self.photo.details
        details.notes = "secret"
        details.save()
        type(self.photo).objects.filter(pk=self.photo.pk).update(created_by="usecret", camera_serial="secret")
        for name, uncertainty in (("lake", 0), ("No secret", 100)):
            label = make_label(name, notes="secret")
            PhotoLabel.objects.create(photo=self.photo, label=label, src="manual", uncertainty=uncertainty)
        found = file_of(self.photo).hash
        for path in (f"photos/{self.photo.uid}", "photos?count=1", "photos/view?count=1", f"files/{found}"):
            body = self.visitor.get(f"/api/v1/{path}").content.decode()
            self.assertNotRegex(body, "secret|2024/05/|IMG_1", path)
            self.assertIn("Shown" if path.startswith("photos") else found, body)

    def test_no_folder_or_former_name_finds_anything(self) -> None:
        type(self.photo).objects.filter(pk=self.photo.pk).update(original_name="secret.jpg")
        for query in ("path:202*", "folder:2024/05", "original:sec*", "filename:*05*", "filename:*.jpg*"):
            self.assertEqual(self.found(query, self.visitor), [], query)
        for query in ("filename:*.jpg|*.jpeg", "-path:202*"):
            self.assertEqual(self.found(query, self.visitor), ["Shown"], query)

    def test_the_album_is_told_without_its_notes_and_search(self) -> None:
        album = make_album("Cats", filter="label:cat", notes="secret")
        visitor = self.visit(self.make_link(album))
        told = visitor.get(f"/api/v1/albums/{album.uid}").json()
        self.assertEqual((told["Title"], told["Filter"], told["Notes"], told["LinkCount"]), ("Cats", "", "", 0))
        self.assertEqual(visitor.get(f"/api/v1/albums/{self.album.uid}").status_code, 404)
        self.assertEqual(visitor.get("/api/v1/albums?count=10").status_code, 403)

    def test_the_timeline_and_the_config_are_those_of_the_album(self) -> None:
        self.assertEqual(self.visitor.get("/api/v1/timeline/buckets").json()["buckets"], [["2024-05", 1]])
        config = self.visitor.get("/api/v1/config").json()
        self.assertEqual((config["count"]["all"], config["count"]["albums"], config["years"]), (1, 0, [2024]))
        session = self.visitor.get("/api/v1/session").json()
        self.assertEqual(
            (session["user"]["Role"], session["user"]["UID"], session["user"]["Email"]), ("visitor", "", "")
        )
        self.assertEqual(session["data"]["shares"], [self.album.uid])
        self.assertNotIn("alice", self.visitor.get("/api/v1/session").content.decode())

    def test_nothing_can_be_changed(self) -> None:
        body = {"photos": [self.photo.uid]}
        for path in ("batch/photos/archive", "batch/photos/private", f"albums/{self.album.uid}/photos"):
            answer = self.visitor.post(f"/api/v1/{path}", body, content_type="application/json")
            self.assertEqual(answer.status_code, 403, path)
        for path in (f"photos/{self.photo.uid}", f"albums/{self.album.uid}"):
            answer = self.visitor.put(f"/api/v1/{path}", {"Title": "x"}, content_type="application/json")
            self.assertEqual(answer.status_code, 403, path)
        self.assertEqual(self.visitor.get(f"/api/v1/albums/{self.album.uid}/links").status_code, 403)

    def test_a_visitor_has_no_pages_of_the_library(self) -> None:
        client = Client()
        self.open(Link.objects.get(), client)
        for path in ("/library/browse", "/library/albums", f"/library/photo/{self.photo.uid}", "/library/settings"):
            self.assertEqual(client.get(path).status_code, 302, path)

    def test_apps_open_a_link_by_its_token(self) -> None:
        link = self.make_link(self.album, Password=PASSWORD)
        post = Client().post
        for body, status in (
            ({"token": link.token}, 401),
            ({"token": link.token, "password": "wrong"}, 401),
            ({"token": "unknown-token"}, 404),
            ({"token": link.token, "password": PASSWORD}, 200),
        ):
            answer = post("/api/v1/session", body, content_type="application/json")
            self.assertEqual(answer.status_code, status, body)
        session = answer.json()
        self.assertEqual((session["provider"], session["expires_in"]), ("link", VISIT.total_seconds()))
        app = Client(headers={"X-Session-ID": answer["X-Session-ID"]})
        self.assertEqual(self.found(client=app), ["Shown"])
        self.assertEqual(app.delete(f"/api/v1/session/{answer.json()['session_id']}").status_code, 200)
        self.assertEqual(app.get("/api/v1/photos?count=1").status_code, 401)

    def test_a_visitor_ends_no_session_of_somebody_else(self) -> None:
        other = AccessToken.objects.create(user=self.alice, hash="a" * 64)
        self.assertEqual(self.visitor.delete(f"/api/v1/session/{other.hash}").status_code, 403)
        self.assertTrue(AccessToken.objects.filter(pk=other.pk).exists())

    def test_in_public_mode_a_visitor_still_sees_the_album_only(self) -> None:
        from django.conf import settings

        options = settings.OPTIONS
        public = type(options)(
            **{**{name: getattr(options, name) for name in options.__slots__}, "auth_mode": "public"}
        )
        with override_settings(OPTIONS=public):
            self.assertEqual(self.found(), ["Shown"])


class VisitorMediaTest(LinkTestCase, MediaTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shown, self.foreign = make_original(jpeg(), "shown.jpg"), make_original(jpeg(), "foreign.jpg")
        for photo in (self.shown, self.foreign):
            put_thumb(file_of(photo).hash, "tile_224")
        self.album = make_album("Trip", self.shown)

    def tokens(self, link: Link) -> dict[str, str]:
        config = self.open(link).context["page_config"]
        return {"preview": config["previewToken"], "download": config["downloadToken"]}

    def statuses(self, tokens: dict[str, str], photo: Any) -> dict[str, int]:
        found, album = file_of(photo).hash, self.album.uid
        paths = {
            "thumb": f"t/{found}/{tokens['preview']}/tile_224",
            "cover": f"albums/{album}/t/{tokens['preview']}/tile_224",
            "original": f"dl/{found}?t={tokens['download']}",
            "photo": f"photos/{photo.uid}/dl?t={tokens['download']}",
            "zip": f"albums/{album}/dl?t={tokens['download']}",
        }
        return {name: self.read(f"/api/v1/{path}")[0].status_code for name, path in paths.items()}

    def test_thumbs_and_originals_of_the_album_open_and_no_others(self) -> None:
        tokens = self.tokens(self.make_link(self.album))
        self.assertEqual(set(self.statuses(tokens, self.shown).values()), {200})
        foreign = self.statuses(tokens, self.foreign)
        self.assertEqual((foreign["original"], foreign["photo"]), (404, 404))
        answer = self.read(f"/api/v1/t/{file_of(self.foreign).hash}/{tokens['preview']}/tile_224")[0]
        self.assertEqual(answer["Content-Type"], "image/svg+xml")

    def test_originals_stay_closed_if_the_link_says_so(self) -> None:
        link = self.make_link(self.album, CanDownload=False)
        statuses = self.statuses(self.tokens(link), self.shown)
        self.assertEqual(statuses, {"thumb": 200, "cover": 200, "original": 403, "photo": 403, "zip": 403})
        body = {"photos": [self.shown.uid]}
        answer = self.visit(link).post("/api/v1/zip", body, content_type="application/json")
        self.assertEqual(answer.status_code, 403)

    def test_a_selection_is_packed_for_the_visitor_who_chose_it(self) -> None:
        link = self.make_link(self.album)
        page = self.open(link).context["page_config"]
        visitor = Client(headers={"X-Auth-Token": page["authToken"]})
        body = {"photos": [self.shown.uid, self.foreign.uid]}
        name = visitor.post("/api/v1/zip", body, content_type="application/json").json()["filename"]
        answer, packed = self.read(f"/api/v1/zip/{name}?t={page['downloadToken']}")
        self.assertEqual((answer.status_code, b"foreign.jpg" in packed, b"shown.jpg" in packed), (200, False, True))
        other = self.tokens(link)["download"]
        self.assertEqual(self.read(f"/api/v1/zip/{name}?t={other}")[0].status_code, 404)

    def test_media_addresses_end_with_the_link(self) -> None:
        link = self.make_link(self.album)
        tokens = self.tokens(link)
        self.call("delete", f"{self.album.uid}/links/{link.uid}")
        self.assertEqual(set(self.statuses(tokens, self.shown).values()), {403})

    def test_media_addresses_end_with_its_time(self) -> None:
        link = self.make_link(self.album, Expires=60)
        tokens = self.tokens(link)
        Link.objects.update(modified_at=timezone.now() - timedelta(minutes=2))
        forget_grants()
        self.assertEqual(set(self.statuses(tokens, self.shown).values()), {403})

    def test_without_a_password_the_tokens_of_a_visit_are_nowhere(self) -> None:
        link = self.make_link(self.album, Password=PASSWORD)
        self.open(link)
        self.assertFalse(AccessToken.objects.exists())
        self.assertEqual(grant_for_link(link).preview_token, "")
