"""Videos that lie, are cut, never end, or are meant to make FFmpeg read something else."""

import socket
import struct
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from av.error import FFmpegError
from django.test import SimpleTestCase

from library.media.converting import NotConverted, Rules, Source, convert, find_ffmpeg
from library.media.formats import by_name
from library.media.images import Undecodable, read_picture
from library.media.video import NotAVideo, Video, probe
from tests.test_media.videos import make_video

REFUSALS = (FFmpegError, NotAVideo, OSError)
PLAYLISTS = {
    "HLS": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXTINF:9,\n{file}\n#EXT-X-ENDLIST\n",
    "HLS of one file": "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nconcat:{file}|{address}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{file}'\nfile '{address}'\n",
    "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n",
    "ASX": "[Reference]\nRef1={address}\nRef2={file}\n",
    "DASH": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{address}</BaseURL></MPD>',
    "SMIL": '<smil><body><video src="{address}"/></body></smil>',
    "redirect": "rtsptext\n{address}\n",
}
NAMES = ("a.mp4", "a.mov", "a.avi", "a.mkv", "a.mts", "a.mpg", "a.wmv", "a.ogv", "a.dv", "a.avc", "a.hevc", "a.av1")


class HostileTestCase(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def look(self, name: str, content: bytes) -> Video | None:
        """What is made of the file by the probe and the poster; None where both refuse it in their ways."""
        path = self.folder / name
        path.write_bytes(content)
        file_format = by_name(name)
        assert file_format is not None
        with suppress(Undecodable):
            read_picture(path, file_format)
        with suppress(*REFUSALS):
            return probe(path, file_format)
        return None


class ReferenceTest(HostileTestCase):
    """Files that name other files and addresses: nothing of it is opened."""

    def setUp(self) -> None:
        super().setUp()
        self.server = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        self.server.setblocking(False)
        port = self.server.getsockname()[1]
        self.secret = make_video(self.folder / "secret.mp4")
        self.places = {"address": f"http://127.0.0.1:{port}/x.mp4", "file": f"file://{self.secret}", "port": port}

    def assertNobodyCalled(self) -> None:  # noqa: N802
        with self.assertRaises(BlockingIOError):
            self.server.accept()

    def test_a_playlist_under_the_name_of_a_video_is_no_video(self) -> None:
        for kind, text in PLAYLISTS.items():
            for name in NAMES:
                with self.subTest(kind, name=name):
                    self.assertIsNone(self.look(name, text.format(**self.places).encode()))
        self.assertNobodyCalled()

    def test_a_playlist_is_not_converted_either(self) -> None:
        rules = Rules(
            program=find_ffmpeg("") or Path(), out=self.folder / "out", encoder="software",
            size=720, bitrate=5, cache=10**9, deadline=20, memory=2**30,
        )  # fmt: skip
        path = self.folder / "a.mp4"
        path.write_text(PLAYLISTS["HLS"].format(**self.places))
        with self.assertRaises(NotConverted):
            convert(Source(path=path, type="mp4", hash="abcd1234"), "mp4", rules, lambda share: None)
        self.assertNobodyCalled()
        self.assertEqual([found for found in (self.folder / "out").rglob("*") if not found.is_dir()], [])

    def test_a_track_that_lies_in_another_file_is_not_followed(self) -> None:
        content = make_video(self.folder / "whole.mov", more=("-movflags", "+faststart")).read_bytes()
        inside = b"url \0\0\0\1"
        self.assertIn(inside, content)
        self.look("a.mov", content.replace(inside, b"url \0\0\0\0"))
        self.assertNobodyCalled()


class DamageTest(HostileTestCase):
    def test_cut_videos_are_refused_or_shown_up_to_the_cut(self) -> None:
        for name, codec in (
            ("a.mp4", "h264"),
            ("a.mkv", "h264"),
            ("a.webm", "vp9"),
            ("a.avi", "mpeg4"),
            ("a.mts", "h264"),
        ):
            content = make_video(self.folder / name, codec=codec, seconds=0.5).read_bytes()
            for share in (0.01, 0.1, 0.5, 0.9, 0.99):
                with self.subTest(name, share=share):
                    self.look(f"cut{name}", content[: int(len(content) * share)])

    def test_a_film_without_its_index_is_refused(self) -> None:
        content = make_video(self.folder / "a.mp4").read_bytes()
        self.assertIsNone(self.look("cut.mp4", content[: content.index(b"moov") - 4]))

    def test_noise_is_refused(self) -> None:
        head = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41"
        self.assertIsNone(self.look("a.mp4", head + bytes(range(256)) * 64))

    def test_every_byte_of_the_index_may_be_wrong(self) -> None:
        content = make_video(self.folder / "a.mp4", seconds=0.2, more=("-movflags", "+faststart")).read_bytes()
        start = content.index(b"moov")
        for at in range(start, content.index(b"mdat"), 7):
            self.look("wrong.mp4", content[:at] + b"\xff" + content[at + 1 :])


class LieTest(HostileTestCase):
    def film(self, change: Callable[[bytes], bytes]) -> Video | None:
        content = make_video(self.folder / "whole.mp4", more=("-movflags", "+faststart")).read_bytes()
        changed = change(content)
        self.assertNotEqual(content, changed)
        return self.look("lie.mp4", changed)

    def test_a_length_of_ages_is_not_believed(self) -> None:
        def lie(content: bytes) -> bytes:
            at = content.index(b"mvhd") + 4
            return content[: at + 12] + struct.pack(">II", 1, 0xFFFFFFFE) + content[at + 20 :]

        video = self.film(lie)
        self.assertTrue(video is None or video.duration is None or video.duration.days < 7)

    def test_a_table_of_billions_of_frames_takes_neither_time_nor_memory(self) -> None:
        for table in (b"stts", b"stsz", b"stco", b"stsc"):
            with self.subTest(table):
                begun = time.monotonic()
                self.film(lambda content, name=table: self._with_count(content, name, 0x7FFFFFFF))
                self.assertLess(time.monotonic() - begun, 20)

    def test_a_picture_larger_than_all_screens_is_not_decoded(self) -> None:
        def lie(content: bytes) -> bytes:
            at = content.index(b"avc1", content.index(b"stsd")) + 28
            return content[:at] + struct.pack(">HH", 65535, 65535) + content[at + 4 :]

        self.film(lie)

    def test_boxes_inside_boxes_have_an_end(self) -> None:
        nested = b""
        for _ in range(20_000):
            nested = struct.pack(">I4s", len(nested) + 8, b"moov") + nested
        self.assertIsNone(self.look("a.mp4", b"\0\0\0\x14ftypisom\0\0\2\0isom" + nested))

    def test_a_stream_that_never_shows_a_picture_is_given_up(self) -> None:
        packet = b"\x47\x01\x00\x10" + b"\xff" * 184
        begun = time.monotonic()
        self.assertIsNone(self.look("a.mts", packet * 200_000))
        self.assertLess(time.monotonic() - begun, 20)

    def _with_count(self, content: bytes, table: bytes, count: int) -> bytes:
        at = content.index(table) + (12 if table == b"stsz" else 8)
        return content[:at] + struct.pack(">I", count) + content[at + 4 :]
