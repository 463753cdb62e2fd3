"""What is in an album: what was put into it, or what its search finds now, as far as who looks may see it."""

from albums.contents import MOST_SMART, photos_of, visible_albums
from library.access import NOBODY
from library.query import And, Filter, Or, QueryTooLong, Text, UnknownFilter, parse
from library.search import find
from library.search.stored import MOST_NESTED, written_out
from tests.base import TestCase
from tests.make import make_album, make_photo


class ManualAlbumTest(TestCase):
    def test_it_holds_what_was_put_into_it(self) -> None:
        photo = make_photo()
        make_photo()
        album = make_album("Trip", photo)
        self.assertFound(f"s:{album.uid}", photo)
        self.assertFound(f"album:{album.uid}", photo)
        self.assertQuerySetEqual(photos_of(album, self.grant_of(self.admin)), [photo])

    def test_several_are_searched_at_once(self) -> None:
        first, second = make_photo(), make_photo()
        albums = make_album("One", first), make_album("Two", second)
        self.assertFound(f"s:{albums[0].uid}|{albums[1].uid}", first, second)
        self.assertFound(f"-s:{albums[0].uid}", second)

    def test_it_shows_nothing_that_the_viewer_may_not_see(self) -> None:
        shared = make_photo()
        hidden = (
            make_photo(private=True),
            make_photo(archived=True),
            make_photo(quality=1),
            make_photo(owner=self.alice),
        )
        album = make_album("Trip", shared, *hidden)
        self.assertFound(f"s:{album.uid}", shared, by=self.bob)
        self.assertFound(f"s:{album.uid} private:yes", hidden[0])

    def test_what_was_taken_out_is_not_in_it(self) -> None:
        album = make_album("Trip", make_photo())
        album.entries.update(hidden=True)
        self.assertFound(f"s:{album.uid}")


class SmartAlbumTest(TestCase):
    def test_it_finds_what_its_search_finds_now(self) -> None:
        cat = make_photo(labels=["cat"])
        album = make_album("Cats", filter="label:cat")
        self.assertFound(f"s:{album.uid}", cat)
        kitten = make_photo(labels=["cat"])
        self.assertFound(f"s:{album.uid}", cat, kitten)
        self.assertFound(f"album:{album.uid}", cat, kitten)
        self.assertFound("album:cats", cat, kitten)

    def test_its_words_mean_what_they_mean_in_the_search_box(self) -> None:
        photo = make_photo(taken="2024-05-01", place="Como, Lombardy, Italy", country="it")
        make_photo(taken="2023-05-01", place="Como, Lombardy, Italy", country="it")
        album = make_album("Italy 2024", filter="2024 italy")
        self.assertFound("2024 italy", photo)
        self.assertFound(f"s:{album.uid}", photo)

    def test_its_words_do_not_join_those_beside_it(self) -> None:
        album = make_album("News", filter="new year:2024")
        out = written_out(parse(f"s:{album.uid} york"), self.grant_of(self.admin))
        self.assertEqual(out, And((Filter("year", "2024"), Or((Text("new"),)), Text("york"))))

    def test_it_is_evaluated_for_who_looks(self) -> None:
        of_alice = make_photo(favorite_of=self.alice)
        of_bob = make_photo(favorite_of=self.bob)
        album = make_album("Mine", filter="favorite:yes")
        self.assertFound(f"s:{album.uid}", of_alice, by=self.alice)
        self.assertFound(f"s:{album.uid}", of_bob, by=self.bob)

    def test_a_search_for_what_is_out_of_sight_finds_it_for_who_may_see_it(self) -> None:
        archived = make_photo(archived=True)
        album = make_album("Old", filter="archived:yes")
        self.assertFound(f"s:{album.uid}", archived)
        self.assertFound(f"s:{album.uid}", by=self.bob)

    def test_it_can_be_part_of_a_larger_search(self) -> None:
        cat, dog = make_photo(labels=["cat"]), make_photo(labels=["dog"])
        make_photo(labels=["car"])
        album = make_album("Cats", filter="label:cat")
        self.assertFound(f"s:{album.uid} | label:dog", cat, dog)
        self.assertFound(f"label:dog -s:{album.uid}", dog)

    def test_smart_and_manual_albums_are_searched_together(self) -> None:
        cat, dog = make_photo(labels=["cat"]), make_photo(labels=["dog"])
        smart, manual = make_album("Cats", filter="label:cat"), make_album("Dogs", dog)
        self.assertFound(f"s:{smart.uid}|{manual.uid}", cat, dog)

    def test_a_search_that_cannot_be_answered_says_why(self) -> None:
        album = make_album("Broken", filter="lable:cat")
        with self.assertRaisesMessage(UnknownFilter, "lable"):
            photos_of(album, self.grant_of(self.admin))


class NestedAlbumTest(TestCase):
    def test_an_album_may_name_another(self) -> None:
        cat = make_photo(labels=["cat"], taken="2024-01-01")
        make_photo(labels=["cat"], taken="2023-01-01")
        inner = make_album("Cats", filter="label:cat")
        outer = make_album("Cats 2024", filter=f"album:{inner.uid} year:2024")
        self.assertFound(f"s:{outer.uid}", cat)

    def test_one_that_names_itself_finds_nothing(self) -> None:
        make_photo()
        album = make_album("Loop")
        album.filter = f"album:{album.uid}"
        album.save()
        self.assertFound(f"s:{album.uid}")

    def test_two_that_name_each_other_find_what_else_they_say(self) -> None:
        cat = make_photo(labels=["cat"])
        first, second = make_album("First", filter="label:cat"), make_album("Second", filter="-raw:no")
        first.filter, second.filter = f"label:cat | s:{second.uid}", f"s:{first.uid}"
        first.save()
        second.save()
        self.assertFound(f"s:{second.uid}", cat)

    def test_a_deep_chain_ends(self) -> None:
        make_photo(labels=["cat"])
        album = make_album("0", filter="label:cat")
        for number in range(1, MOST_NESTED + 2):
            album = make_album(str(number), filter=f"s:{album.uid}")
        self.assertFound(f"s:{album.uid}")

    def test_too_many_at_once_are_refused_with_a_sentence(self) -> None:
        for number in range(MOST_SMART + 1):
            make_album(f"Summer {number}", filter=f"year:{2000 + number}")
        with self.assertRaises(QueryTooLong):
            find("album:summer", self.grant_of(self.admin))


class VisibleAlbumsTest(TestCase):
    def test_private_ones_are_their_owners_and_the_administrators(self) -> None:
        shared, own = make_album("Shared", owner=self.bob), make_album("Own", owner=self.alice, private=True)
        self.assertCountEqual(visible_albums(self.grant_of(self.alice)), [shared, own])
        self.assertCountEqual(visible_albums(self.grant_of(self.bob)), [shared])
        self.assertCountEqual(visible_albums(self.grant_of(self.admin)), [shared, own])

    def test_guests_and_nobody_see_none(self) -> None:
        make_album("Shared")
        self.assertFalse(visible_albums(self.grant_of(self.guest)).exists())
        self.assertFalse(visible_albums(NOBODY).exists())

    def test_the_photos_of_an_album_that_may_not_be_seen_are_not_told(self) -> None:
        photo = make_photo()
        album = make_album("Own", photo, owner=self.alice, private=True)
        self.assertFound(f"s:{album.uid}", by=self.bob)
        self.assertFound(f"album:{album.uid}", by=self.bob)

    def test_deleted_ones_are_gone(self) -> None:
        album = make_album("Old", make_photo(), deleted_at="2024-01-01T00:00:00Z")
        self.assertFalse(visible_albums(self.grant_of(self.admin)).exists())
        self.assertFound(f"s:{album.uid}")
