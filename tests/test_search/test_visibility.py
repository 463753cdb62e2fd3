"""What each of the cast finds, whatever they ask."""

from dataclasses import replace

from library.access import NOBODY
from library.query import EVERYTHING, And, Filter, Not
from library.search import find, visible_files, visible_photos
from tests.base import TestCase
from tests.make import make_photo


class VisibilityTest(TestCase):
    def test_the_timeline_hides_what_is_archived_private_or_in_review(self) -> None:
        photo = make_photo()
        make_photo(archived=True)
        make_photo(private=True)
        make_photo(quality=2)
        make_photo(quality=-1)
        self.assertFound("", photo)

    def test_what_is_asked_for_is_shown(self) -> None:
        archived, private = make_photo(archived=True), make_photo(private=True)
        review, hidden, plain = make_photo(quality=2), make_photo(quality=-1), make_photo()
        self.assertFound("archived:yes", archived)
        self.assertFound("private:yes", private)
        self.assertFound("review:yes", review)
        self.assertFound("hidden:yes", hidden)
        self.assertFound("quality:0", review, plain)
        self.assertFound("public:no", private, plain)

    def test_views_are_queries(self) -> None:
        archived, video = make_photo(archived=True), make_photo(type="video", favorite_of=self.admin)
        self.assertFound("", archived, view="archive")
        self.assertFound("", video, view="videos")
        self.assertFound("", video, view="favorites")
        self.assertFound("type:video", view="archive")

    def test_a_viewer_cannot_ask_for_more(self) -> None:
        make_photo(archived=True)
        make_photo(private=True)
        make_photo(quality=1)
        for query in ("archived:yes", "private:yes", "public:no", "review:yes", "hidden:yes", "quality:0"):
            self.assertFound(query, by=self.bob)

    def test_an_alternative_does_not_widen(self) -> None:
        make_photo(private=True)
        photo = make_photo(keywords=["cat"])
        self.assertFound("cat | private:yes", photo)

    def test_own_photos_are_the_owners_and_the_administrators(self) -> None:
        own, shared = make_photo(owner=self.alice), make_photo()
        self.assertFound("", own, shared, by=self.alice)
        self.assertFound("", shared, by=self.bob)
        self.assertFound("", own, shared, by=self.admin)

    def test_a_user_sees_own_private_photos_only(self) -> None:
        own = make_photo(owner=self.alice, private=True)
        make_photo(private=True)
        self.assertFound("private:yes", own, by=self.alice)

    def test_a_guest_finds_nothing(self) -> None:
        make_photo()
        self.assertFound("", by=self.guest)
        self.assertFound("archived:yes", by=self.guest)

    def test_nobody_finds_nothing(self) -> None:
        make_photo()
        self.assertFalse(find("", NOBODY).exists())
        self.assertFalse(visible_photos(NOBODY).exists())
        self.assertFalse(visible_files(NOBODY).exists())


class ScopeTest(TestCase):
    def test_a_scope_bounds_every_query(self) -> None:
        cat = make_photo(labels=["cat"])
        make_photo(labels=["dog"])
        grant = replace(self.grant_of(self.guest), scope=Filter("label", "cat"))
        self.assertQuerySetEqual(find("label:cat|dog", grant), [cat])
        self.assertQuerySetEqual(visible_photos(grant), [cat])

    def test_a_query_cannot_leave_the_scope(self) -> None:
        make_photo(labels=["dog"])
        grant = replace(self.grant_of(self.guest), scope=Filter("label", "cat"))
        self.assertFalse(find("dog or -cat or -(cat)", grant).exists())

    def test_an_empty_scope_finds_nothing(self) -> None:
        make_photo()
        for scope in (EVERYTHING, Filter("label", ""), And((Filter("label", " "),)), Not(EVERYTHING)):
            grant = replace(self.grant_of(self.guest), scope=scope)
            self.assertFalse(find("", grant).exists(), scope)

    def test_a_scope_shows_neither_archived_nor_private_photos(self) -> None:
        make_photo(labels=["cat"], archived=True)
        make_photo(labels=["cat"], private=True)
        grant = replace(self.grant_of(self.guest), scope=Filter("label", "cat"))
        self.assertFalse(find("archived:yes", grant).exists())
        self.assertFalse(visible_photos(grant).exists())


class VisibleFilesTest(TestCase):
    def test_files_are_visible_with_their_photo(self) -> None:
        own = make_photo(owner=self.alice)
        self.assertEqual(visible_files(self.grant_of(self.alice)).get(), own.files.get())
        self.assertFalse(visible_files(self.grant_of(self.bob)).exists())

    def test_what_is_archived_can_still_be_opened_by_who_may_archive(self) -> None:
        photo = make_photo(archived=True)
        self.assertIn(photo, visible_photos(self.grant_of(self.alice)))
        self.assertNotIn(photo, visible_photos(self.grant_of(self.bob)))
