"""GET and POST /albums."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse

from albums.models import Album
from tests.base import TestCase
from tests.make import make_album, make_photo
from tests.test_api.on_disk import file_of

# As PhotoPrism's clients read them; none is null.
KEYS = {
    "UID", "ParentUID", "Thumb", "ThumbSrc", "Slug", "Type", "Title", "Location", "Category", "Caption", "Description",
    "Notes", "Filter", "Order", "Template", "Path", "State", "Country", "Year", "Month", "Day", "Favorite", "Private",
    "PhotoCount", "LinkCount", "CreatedBy", "CreatedAt", "UpdatedAt", "PublishedAt",
}  # fmt: skip


class AlbumsTest(TestCase):
    def ask(self, user: User | None = None, **query: Any) -> HttpResponse:
        return self.client_of(user or self.admin).get("/api/v1/albums", {"count": 100, **query})

    def titles(self, user: User | None = None, **query: Any) -> list[str]:
        return [album["Title"] for album in self.ask(user, **query).json()]

    def test_each_has_every_field_and_none_is_null(self) -> None:
        photo = make_photo()
        make_album("Trip", photo)
        album = self.ask().json()[0]
        self.assertEqual(set(album), KEYS)
        self.assertNotIn(None, album.values())
        self.assertEqual((album["PhotoCount"], album["Thumb"]), (1, file_of(photo).hash))
        self.assertEqual((album["Type"], album["Slug"]), ("album", "trip"))

    def test_the_headers_tell_the_page_and_the_media_tokens(self) -> None:
        for title in "abc":
            make_album(title)
        answer = self.ask(count=2, offset=1)
        self.assertEqual([album["Title"] for album in answer.json()], ["b", "c"])
        self.assertEqual((answer["X-Count"], answer["X-Limit"], answer["X-Offset"]), ("2", "2", "1"))
        self.assertTrue(answer["X-Preview-Token"] and answer["X-Download-Token"])

    def test_a_count_is_needed(self) -> None:
        self.assertEqual(self.client_of(self.admin).get("/api/v1/albums").status_code, 400)

    def test_photos_are_counted_as_who_asks_sees_them(self) -> None:
        make_album("Trip", make_photo(), make_photo(owner=self.alice), make_photo(private=True))
        make_album("Smart", filter="photo:yes")
        counts = {
            user.username: [album["PhotoCount"] for album in self.ask(user).json()] for user in (self.bob, self.alice)
        }
        self.assertEqual(counts, {"bob": [1, 1], "alice": [2, 2]})

    def test_the_cover_is_a_photo_that_who_asks_sees(self) -> None:
        older, newer = make_photo(taken="2020-01-01"), make_photo(taken="2024-01-01", owner=self.alice)
        make_album("Trip", older, newer)
        make_album("Alone", newer)
        thumbs = {album["Title"]: album["Thumb"] for album in self.ask(self.bob).json()}
        self.assertEqual(thumbs, {"Trip": file_of(older).hash, "Alone": ""})

    def test_a_chosen_cover_is_shown_to_those_who_see_its_photo(self) -> None:
        newer, chosen = make_photo(taken="2024-01-01"), make_photo(taken="2020-01-01", owner=self.alice)
        make_album("Trip", newer, chosen, thumb=file_of(chosen).hash)
        self.assertEqual(self.ask(self.alice).json()[0]["Thumb"], file_of(chosen).hash)
        self.assertEqual(self.ask(self.bob).json()[0]["Thumb"], file_of(newer).hash)

    def test_words_and_filters_narrow_the_list(self) -> None:
        make_album("Lake Como", category="Trips", favorite=True)
        make_album("Cats", filter="label:cat")
        make_album("2020", type="month")
        self.assertEqual(self.titles(q="como"), ["Lake Como"])
        self.assertEqual(self.titles(category="Trips"), ["Lake Como"])
        self.assertEqual(self.titles(type="month"), ["2020"])
        self.assertEqual(self.titles(smart="no", type="album"), ["Lake Como"])
        self.assertEqual(self.titles(q="favorite:yes"), ["Lake Como"])

    def test_orders_are_those_of_photoprism(self) -> None:
        make_album("b", make_photo())
        make_album("c", favorite=True)
        make_album("a")
        orders = {"": "cab", "favorites": "cab", "name": "abc", "name_reverse": "cba", "count": "bac", "oldest": "bca"}
        for order, titles in orders.items():
            self.assertEqual("".join(self.titles(order=order)), titles, order)

    def test_wrong_orders_filters_and_numbers_are_sentences(self) -> None:
        for query in ({"order": "best"}, {"q": "tilte:x"}, {"count": "many"}, {"year": "x"}):
            answer = self.ask(**query)
            self.assertEqual(answer.status_code, 400, query)
            self.assertRegex(answer.json()["error"], r"[.!?]$")

    def test_an_album_whose_search_is_broken_does_not_break_the_list(self) -> None:
        make_album("Broken", filter="lable:cat")
        self.assertEqual([album["PhotoCount"] for album in self.ask().json()], [0])

    def test_a_page_costs_the_same_however_many_albums_it_has(self) -> None:
        client = self.client_of(self.admin)
        make_album("0", make_photo())
        client.get("/api/v1/albums?count=100")
        for number in range(1, 6):
            make_album(str(number), make_photo())
        with self.assertNumQueries(7):
            self.assertEqual(len(client.get("/api/v1/albums?count=100").json()), 6)

    def test_private_albums_are_for_their_owner(self) -> None:
        make_album("Secret", owner=self.alice, private=True)
        self.assertEqual(self.titles(self.bob), [])
        self.assertEqual(self.titles(self.alice), ["Secret"])

    def test_a_guest_is_shown_none(self) -> None:
        make_album("Trip")
        self.assertEqual(self.titles(self.guest), [])


class NewAlbumTest(TestCase):
    def make(self, user: User | None = None, **body: Any) -> HttpResponse:
        client = self.client_of(user or self.alice)
        return client.post("/api/v1/albums", body, content_type="application/json")

    def test_an_album_is_made_with_200(self) -> None:
        answer = self.make(Title="New created album", Notes="", Favorite=True)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual((answer.json()["Slug"], answer.json()["Favorite"]), ("new-created-album", True))
        self.assertEqual(Album.objects.get().owner, self.alice)

    def test_a_search_is_kept_in_its_normal_form(self) -> None:
        cat = make_photo(labels=["cat"])
        answer = self.make(Title="Cats", Filter='  label:"cat"   -raw:yes ', Type="album")
        self.assertEqual(answer.json()["Filter"], "label:cat -raw:yes")
        self.assertEqual((answer.json()["PhotoCount"], answer.json()["Thumb"]), (1, file_of(cat).hash))

    def test_a_search_that_cannot_be_answered_is_refused_with_the_reason(self) -> None:
        for query in ("lable:cat", "taken:someday", "iso:fast"):
            answer = self.make(Title="Wrong", Filter=query)
            self.assertEqual(answer.status_code, 400, query)
            self.assertIn(query.partition(":")[0], answer.json()["error"])
        self.assertFalse(Album.objects.exists())

    def test_it_needs_a_title(self) -> None:
        for body in ({}, {"Title": ""}, {"Title": "  "}, {"Title": "x" * 161}):
            self.assertEqual(self.make(**body).status_code, 400, body)

    def test_other_kinds_are_not_made_by_hand(self) -> None:
        self.assertEqual(self.make(Title="May", Type="month").status_code, 400)

    def test_a_title_of_other_letters_has_a_slug_too(self) -> None:
        self.assertTrue(self.make(Title="湖").json()["Slug"])

    def test_who_may_only_look_makes_none(self) -> None:
        for user in (self.bob, self.guest):
            self.assertEqual(self.make(user, Title="Mine").status_code, 403)
        answer = self.client_of(None).post("/api/v1/albums", {"Title": "x"}, content_type="application/json")
        self.assertEqual(answer.status_code, 401)
