"""Filters on albums: what is in them, and that nobody learns of those they may not see."""

from dataclasses import replace

from albums.contents import scope_of
from library.query import QueryError
from library.search import find
from tests.base import TestCase
from tests.make import make_album, make_photo


class AlbumFilterTest(TestCase):
    def test_by_how_its_title_begins(self) -> None:
        inside = make_photo()
        make_photo()
        make_album("Berlin 2019", inside)
        for query in ("album:berlin", "album:Berlin*", 'album:"berlin 2019"', "album:berlin-2019", "album:b*9"):
            self.assertFound(query, inside)
        self.assertFound("album:2019")
        self.assertFound("album:erlin")

    def test_by_its_uid(self) -> None:
        inside = make_photo()
        album = make_album("Berlin", inside)
        self.assertFound(f"album:{album.uid}", inside)
        self.assertFound(f"albums:{album.uid}", inside)
        self.assertFound(f"s:{album.uid}", inside)

    def test_one_of_several(self) -> None:
        here, there = make_photo(), make_photo()
        make_photo()
        make_album("Berlin", here)
        make_album("Rome", there)
        self.assertFound("album:berlin|rome", here, there)
        self.assertFound('album:"berlin | rome"', here, there)

    def test_and_and_or_belong_to_a_title(self) -> None:
        inside = make_photo()
        make_album("Salt & Pepper", inside)
        make_album("Trick or Treat", inside)
        self.assertFound('album:"Salt & Pepper"', inside)
        self.assertFound('album:"Trick or Treat"', inside)
        self.assertFound("album:Treat")

    def test_a_photo_that_was_taken_out_is_gone(self) -> None:
        photo = make_photo()
        make_album("Berlin", photo).entries.update(hidden=True)
        self.assertFound("album:berlin")

    def test_not_in_an_album(self) -> None:
        make_album("Berlin", make_photo())
        outside = make_photo()
        self.assertFound("-album:berlin", outside)
        self.assertFound("album:!berlin", outside)

    def test_an_unknown_album_finds_nothing(self) -> None:
        make_photo()
        self.assertFound("album:nowhere")


class AlbumsFilterTest(TestCase):
    def test_by_a_word_of_its_title(self) -> None:
        inside = make_photo()
        make_album("Birds of South Africa", inside)
        self.assertFound("albums:africa", inside)
        self.assertFound('albums:"south africa"', inside)
        self.assertFound("albums:frica")

    def test_in_both_albums(self) -> None:
        both, one = make_photo(), make_photo()
        make_album("South Africa", both, one)
        make_album("Birds", both)
        self.assertFound('albums:"South Africa & Birds"', both)
        self.assertFound('albums:"South Africa and Birds"', both)
        self.assertFound('albums:"birds or africa"', both, one)

    def test_one_album_does_not_count_for_two(self) -> None:
        make_album("Salt & Pepper", make_photo())
        self.assertFound('albums:"salt & pepper"')

    def test_a_sign_can_be_a_character(self) -> None:
        inside = make_photo()
        make_album("Salt & Pepper", inside)
        self.assertFound(r'albums:"salt \& pepper"', inside)


class UnsortedFilterTest(TestCase):
    def test_in_no_album(self) -> None:
        inside, outside = make_photo(), make_photo()
        make_album("Berlin", inside)
        self.assertFound("unsorted:yes", outside)
        self.assertFound("unsorted:no", inside)

    def test_an_album_that_searches_sorts_nothing_in(self) -> None:
        photo = make_photo(labels=["cat"])
        make_album("Cats", filter="label:cat")
        self.assertFound("unsorted:yes", photo)


class SmartAlbumTest(TestCase):
    def test_it_holds_what_it_finds_now(self) -> None:
        cat, dog, bird = make_photo(labels=["cat"]), make_photo(labels=["dog"]), make_photo(labels=["bird"])
        make_album("Pets", filter="label:cat|dog")
        make_album("Pets too", bird)
        self.assertFound("album:pets", cat, dog, bird)
        self.assertFound("albums:pets -label:dog", cat, bird)
        self.assertFound('albums:"pets & pets-too"', bird)

    def test_its_search_may_name_albums(self) -> None:
        cat = make_photo(labels=["cat"])
        make_photo(labels=["dog"])
        make_album("Chosen", cat)
        make_album("Searched", filter="album:chosen")
        self.assertFound("album:searched", cat)

    def test_one_that_leads_back_to_itself_ends(self) -> None:
        cat = make_photo(labels=["cat"])
        make_album("Circle A", filter="album:circle-b | label:cat")
        make_album("Circle B", filter="album:circle-a")
        self.assertFound("album:circle-b", cat)

    def test_those_of_folders_and_months_are_known_by_uid_alone(self) -> None:
        photo = make_photo(folder="2024/05")
        album = make_album("May 2024", filter="path:2024/05", type="folder")
        self.assertFound("album:may")
        self.assertFound(f"album:{album.uid}", photo)

    def test_more_than_one_search_may_run_are_too_many(self) -> None:
        for number in range(25):
            make_album(f"Found {number}", filter=f"year:{2000 + number}")
        with self.assertRaisesMessage(QueryError, "smart albums"):
            find("album:found", self.grant_of(self.admin))


class HiddenAlbumTest(TestCase):
    def test_an_album_of_somebody_else_that_is_private_is_not_told(self) -> None:
        photo = make_photo()
        album = make_album("Secret", photo, owner=self.alice, private=True)
        for query in ("album:secret", "albums:secret", f"album:{album.uid}", f"s:{album.uid}", "unsorted:no"):
            self.assertFound(query, by=self.bob)
            self.assertFound(query, photo, by=self.alice)
            self.assertFound(query, photo)
        self.assertFound("unsorted:yes", photo, by=self.bob)
        self.assertFound("-album:secret", photo, by=self.bob)

    def test_what_a_private_search_finds_is_not_told(self) -> None:
        make_photo(labels=["cat"])
        make_album("Secret", filter="label:cat", owner=self.alice, private=True)
        self.assertFound("album:secret", by=self.bob)

    def test_a_deleted_album_is_gone(self) -> None:
        photo = make_photo()
        make_album("Berlin", photo, deleted_at=photo.taken_at)
        self.assertFound("album:berlin")
        self.assertFound("unsorted:yes", photo)

    def test_an_album_shows_no_photo_that_is_not_seen(self) -> None:
        make_album("Berlin", make_photo(private=True), make_photo(archived=True), make_photo(owner=self.alice))
        self.assertFound("album:berlin", by=self.bob)

    def test_within_an_album_others_are_not_known(self) -> None:
        both = make_photo()
        shared, other = make_album("Shared", both), make_album("Other", both)
        grant = replace(self.grant_of(self.bob), scope=scope_of(shared.uid))
        self.assertEqual(find("album:shared", grant).get(), both)
        for query in ("album:other", "albums:other", f"album:{other.uid}"):
            self.assertFalse(find(query, grant).exists())
