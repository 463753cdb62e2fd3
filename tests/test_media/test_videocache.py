"""The videos that were made, and which go first."""

import os
import tempfile
import time
from pathlib import Path

from django.test import SimpleTestCase

from library.media import videocache

A, B = "a" * 40, "b" * 40


class VideoCacheTest(SimpleTestCase):
    def setUp(self) -> None:
        self.root = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def put(self, file_hash: str, *, played: float, size: int = 1000) -> Path:
        path = videocache.place(self.root, file_hash, "mp4")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        os.utime(path, (played, 1))
        return path

    def put_hls(self, *, is_whole: bool) -> Path:
        folder = videocache.place(self.root, A, "hls")
        folder.mkdir(parents=True)
        (folder / "00000.m4s").write_bytes(b"x" * 1000)
        (folder / "index.m3u8").write_text("#EXTM3U\n" + ("#EXT-X-ENDLIST\n" if is_whole else ""))
        return folder

    def test_what_was_not_played_for_longest_goes(self) -> None:
        old, new = self.put(A, played=10), self.put(B, played=20)
        self.assertEqual(videocache.make_room(self.root, 1500), 1000)
        self.assertEqual((old.exists(), new.exists()), (False, True))

    def test_within_the_limit_all_stay(self) -> None:
        self.put(A, played=10)
        self.assertEqual(videocache.make_room(self.root, 1000), 0)

    def test_playing_counts_and_leaves_the_version_as_it_is(self) -> None:
        path = self.put(A, played=10)
        videocache.mark_played(path)
        self.assertEqual(path.stat().st_mtime, 1)
        self.assertGreater(path.stat().st_atime, 1000)

    def test_hls_is_made_when_its_playlist_has_an_end(self) -> None:
        folder = self.put_hls(is_whole=False)
        self.assertEqual((videocache.is_begun(folder), videocache.is_made(folder)), (True, False))
        (folder / "index.m3u8").write_text("#EXTM3U\n#EXT-X-ENDLIST\n")
        self.assertTrue(videocache.is_made(folder))

    def test_what_is_being_made_stays(self) -> None:
        folder = self.put_hls(is_whole=False)
        videocache.make_room(self.root, 0)
        self.assertTrue(folder.exists())

    def test_what_was_abandoned_goes(self) -> None:
        folder = self.put_hls(is_whole=False)
        os.utime(folder, (1, 1))
        videocache.make_room(self.root, 10**9)
        self.assertFalse(folder.exists())

    def test_a_hash_cannot_lead_elsewhere(self) -> None:
        for name in ("../../etc/passwd", "a/b", "", "abc"):
            with self.subTest(name), self.assertRaises(ValueError):
                videocache.place(self.root, name, "mp4")

    def test_a_moment_ago_is_later_than_yesterday(self) -> None:
        old = self.put(A, played=time.time() - 86_400)
        new = self.put(B, played=time.time() - 86_401)
        videocache.mark_played(new)
        videocache.make_room(self.root, 1000)
        self.assertEqual((old.exists(), new.exists()), (False, True))
