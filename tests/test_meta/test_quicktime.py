"""What the movie box of a film says."""

import struct
from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.exiv2 import from_exiv2
from library.meta.quicktime import read_movie, renamed

SINCE_1904 = 2_082_844_800  # seconds from 1904 to 1970
MOMENT = int(datetime(2019, 7, 24, 8, 25, 40, tzinfo=UTC).timestamp()) + SINCE_1904


def box(kind: str, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind.encode("latin-1")) + content


def header(created: int = MOMENT, *, duration: int = 2500) -> bytes:
    return box("mvhd", struct.pack(">IIIII", 0, created, created, 1000, duration))


def track(width: int, height: int, matrix: tuple[int, int, int, int] = (1, 0, 0, 1)) -> bytes:
    a, b, c, d = (number << 16 for number in matrix)
    body = (
        bytes(40) + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + struct.pack(">II", width << 16, height << 16)
    )
    return box("trak", box("tkhd", body))


def keys(**texts: str) -> bytes:
    names = b"".join(box("mdta", f"com.apple.quicktime.{name.replace('_', '.')}".encode()) for name in texts)
    values = (
        struct.pack(">II", 16 + 8 + len(text.encode()), number) + box("data", struct.pack(">II", 1, 0) + text.encode())
        for number, text in enumerate(texts.values(), 1)
    )
    return box(
        "meta",
        box("hdlr", bytes(24)) + box("keys", struct.pack(">II", 0, len(texts)) + names) + box("ilst", b"".join(values)),
    )


class MovieTest(SimpleTestCase):
    def test_time_length_size_and_side_up(self) -> None:
        found = from_exiv2(
            {},
            {},
            {},
            created_in_utc=True,
            more=read_movie(header() + track(0, 0) + track(1920, 1080, (0, 1, -1, 0))).tags,
        )
        self.assertEqual((found.taken_at, found.time_zone), (datetime(2019, 7, 24, 8, 25, 40, tzinfo=UTC), "UTC"))
        self.assertEqual((found.width, found.height, found.orientation), (1920, 1080, 6))
        self.assertEqual(found.duration and found.duration.total_seconds(), 2.5)

    def test_apples_keys(self) -> None:
        movie = header() + keys(
            creationdate="2019-07-24T11:25:40+0300", location_ISO6709="+60.1699+024.9384+010.5/", make="Apple",
            model="iPhone 7", content_identifier="11111111-2222-3333-4444-555555555555", title="Harbour",
        )  # fmt: skip
        found = from_exiv2({}, {}, {}, created_in_utc=True, more=read_movie(movie).tags)
        self.assertEqual(
            (found.taken_at_local, found.time_zone), (datetime(2019, 7, 24, 11, 25, 40, tzinfo=UTC), "UTC+3")
        )
        self.assertEqual((found.lat, found.lng, found.altitude), (60.1699, 24.9384, 10))
        self.assertEqual((found.camera_model, found.title), ("iPhone 7", "Harbour"))
        self.assertEqual(found.content_id, "11111111-2222-3333-4444-555555555555")

    def test_androids_user_data(self) -> None:
        place = b"+48.1400+011.5800/"
        movie = read_movie(header() + box("udta", box("\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place)))
        self.assertEqual((movie.tags["GPSLatitude"], movie.tags["GPSLongitude"]), ("+48.1400", "+011.5800"))

    def test_a_clock_never_set_tells_no_date(self) -> None:
        for created in (0, SINCE_1904):
            self.assertIsNone(
                from_exiv2({}, {}, {}, created_in_utc=True, more=read_movie(header(created)).tags).taken_at
            )

    def test_the_names_that_ffmpeg_gives(self) -> None:
        tags = renamed({"creation_time": "2019-07-24T08:25:40.000000Z", "location": "+48.14+011.58/", "title": "Lake"})
        self.assertEqual((tags["GPSLatitude"], tags["Title"]), ("+48.14", "Lake"))

    def test_lies_cost_only_themselves(self) -> None:
        for lie in (
            b"",
            b"\0" * 7,
            struct.pack(">I4s", 2**31, b"trak"),
            struct.pack(">I4sQ", 1, b"trak", 2**63),
            box("meta", b""),
        ):
            self.assertIn("CreateDate", read_movie(header() + lie).tags)

    def test_boxes_within_boxes_end(self) -> None:
        nested = header()
        for _ in range(2000):
            nested = box("trak", nested)
        self.assertEqual(read_movie(nested).tags, {})
