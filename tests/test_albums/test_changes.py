"""What changes of albums bring about: events, counts, and the YAML files of their photos."""

from typing import Any
from unittest.mock import patch

from albums import changes
from albums.contents import heard_albums
from tests.base import TestCase
from tests.make import make_album, make_photo


class EventTest(TestCase):
    def told(self, change: Any) -> list[tuple[str, Any]]:
        """The topics that were published, with the UIDs in them."""
        heard: list[tuple[str, Any]] = []
        listener = lambda topic, data: heard.append((topic, data.get("entities")))  # noqa: E731
        with patch("library.events.plugged", return_value=[listener]), self.captureOnCommitCallbacks(execute=True):
            change()
        return heard

    def test_an_album_comes_changes_goes_and_comes_back(self) -> None:
        grant = self.grant_of(self.alice)
        album = make_album("Trip")
        topics = [
            self.told(lambda: changes.create_album(grant, {"title": "New"}))[0][0],
            *self.told(lambda: changes.set_favorite(album, favorite=True)),
            *self.told(lambda: changes.delete_albums([album.uid], grant)),
            *self.told(lambda: changes.restore_albums([album.uid], grant)),
        ]
        uids = [album.uid]
        counted = ("count.updated", None)
        expected = ["albums.created", ("albums.updated", uids), ("albums.deleted", uids), counted]
        self.assertEqual(topics, [*expected, ("albums.created", uids), counted])

    def test_filling_tells_of_the_photos_too(self) -> None:
        grant, photo = self.grant_of(self.alice), make_photo()
        album = make_album("Trip")
        for change in (changes.add_photos, changes.remove_photos):
            told = self.told(lambda change=change: change(album, [photo.uid], grant))
            self.assertIn(("albums.updated", [album.uid]), told)
            self.assertIn(("photos.updated", [photo.uid]), told)
        self.assertEqual(self.told(lambda: changes.remove_photos(album, [photo.uid], grant)), [])

    def test_a_new_title_reaches_what_is_written_beside_the_photos(self) -> None:
        photo = make_photo()
        album = make_album("Trip", photo)
        told = self.told(lambda: changes.change_album(album, self.grant_of(self.alice), {"title": "Journey"}))
        self.assertIn(("photos.updated", [photo.uid]), told)

    def test_private_albums_are_told_to_those_who_see_them(self) -> None:
        shared, secret = make_album("Shared"), make_album("Secret", owner=self.alice, private=True)
        uids = [secret.uid, shared.uid, "unknown"]
        self.assertEqual(heard_albums(uids, self.grant_of(self.bob)), [shared.uid])
        self.assertEqual(heard_albums(uids, self.grant_of(self.alice)), [secret.uid, shared.uid])
