"""The pages of albums."""

from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.base import TestCase
from tests.make import make_album, make_photo
from tests.test_api.on_disk import file_of


def statements(client: Client) -> int:
    """How many the page of albums takes, with all counts asked for anew: they are kept for some seconds."""
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get("/library/albums")
    return len(asked)


class AlbumsPageTest(TestCase):
    def page(self, user: User | None = None, **query: Any) -> HttpResponse:
        return self.client_of(user or self.alice).get("/library/albums", query)

    def titles(self, **query: Any) -> list[str]:
        return [card.album.title for card in self.page(**query).context["listing"].cards]

    def test_cards_tell_what_is_inside(self) -> None:
        photo = make_photo(taken="2024-05-17")
        make_album("Trip", photo)
        make_album("Cats", filter="label:cat")
        answer = self.page()
        for text in ("Trip", "1 photo · May 2024", f"/api/v1/t/{file_of(photo).hash}/", "Smart", "0 photos"):
            self.assertContains(answer, text)

    def test_tabs_list_the_kinds_with_their_numbers(self) -> None:
        make_album("Trip")
        make_album("Cats", filter="label:cat")
        make_album("May", type="month")
        tabs = {str(tab.name): tab.count for tab in self.page().context["listing"].tabs}
        self.assertEqual(tabs, {"Albums": 2, "Smart": 1, "Shared": 0, "Calendar": 1})
        self.assertEqual(self.titles(kind="smart"), ["Cats"])
        self.assertEqual(self.titles(kind="month"), ["May"])

    def test_words_and_orders_are_in_the_address(self) -> None:
        make_album("b lake", make_photo())
        make_album("a lake")
        make_album("c")
        self.assertEqual(self.titles(q="lake", order="name"), ["a lake", "b lake"])
        self.assertEqual(self.titles(order="count")[0], "b lake")
        self.assertEqual(self.titles(order="oldest"), ["b lake", "a lake", "c"])

    def test_what_is_not_understood_is_said_and_nothing_breaks(self) -> None:
        make_album("Broken", filter="lable:cat")
        self.assertContains(self.page(q="tilte:x"), "There is no filter “tilte”")
        self.assertContains(self.page(), "There is no filter “lable”")
        self.assertContains(self.page(q="unicorn"), "No album for “unicorn”")
        self.assertEqual(self.page(kind="x", order="x", page="x").status_code, 200)

    def test_an_empty_page_says_what_albums_are_for(self) -> None:
        self.assertContains(self.page(), "No albums yet")
        self.assertContains(self.page(), "data-new-album")
        self.assertNotContains(self.page(self.bob), "data-new-album")

    def test_long_lists_have_pages(self) -> None:
        for number in range(65):
            make_album(f"Album {number:02}")
        self.assertContains(self.page(order="name"), "page=2")
        self.assertEqual(self.titles(order="name", page="2"), [f"Album {number}" for number in range(60, 65)])

    def test_a_page_costs_the_same_however_many_albums_it_has(self) -> None:
        client = self.client_of(self.alice)
        make_album("0", make_photo())
        client.get("/library/albums")
        few = statements(client)
        for number in range(1, 6):
            make_album(str(number), make_photo())
        self.assertEqual(statements(client), few)
        self.assertLess(few, 60)

    def test_titles_are_texts(self) -> None:
        make_album("<script>alert(1)</script>", description='"><img src=x>')
        answer = self.page()
        self.assertNotContains(answer, "<script>alert")
        self.assertNotContains(answer, "<img src=x>")


class AlbumPageTest(TestCase):
    def test_it_shows_the_timeline_of_the_album(self) -> None:
        album = make_album("Trip", make_photo(taken="2024-05-17"), description="Four days")
        answer = self.client_of(self.alice).get(f"/library/albums/{album.uid}/trip")
        for text in ("Trip", "1 photo", "17 May 2024", "Four days", f'data-query="s:{album.uid}"', "Add photos"):
            self.assertContains(answer, text)

    def test_a_smart_album_leads_to_its_search(self) -> None:
        album = make_album("Cats", filter="label:cat 2024")
        answer = self.client_of(self.alice).get(f"/library/albums/{album.uid}/view")
        self.assertContains(answer, "/library/browse?q=label%3Acat%202024")
        self.assertNotContains(answer, "Add photos")

    def test_who_may_only_look_sees_no_way_to_change_it(self) -> None:
        album = make_album("Trip")
        answer = self.client_of(self.bob).get(f"/library/albums/{album.uid}/view")
        for act in ("edit", "delete", "share", "add"):
            self.assertNotContains(answer, f'data-act="{act}"')

    def test_what_may_not_be_seen_does_not_exist(self) -> None:
        secret = make_album("Secret", owner=self.alice, private=True)
        for user, status in ((self.alice, 200), (self.admin, 200), (self.bob, 404), (self.guest, 404), (None, 302)):
            answer = self.client_of(user).get(f"/library/albums/{secret.uid}")
            self.assertEqual(answer.status_code, status)

    def test_the_rail_counts_albums(self) -> None:
        make_album("Trip")
        make_album("Secret", owner=self.admin, private=True)
        for user, count in ((self.alice, 1), (self.admin, 2)):
            self.assertEqual(self.client_of(user).get("/library/albums").context["counts"]["albums"], count)
            config = self.client_of(user).get("/api/v1/config").json()
            self.assertEqual(config["count"]["albums"], count)
