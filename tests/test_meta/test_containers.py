"""What films without a movie box say: their container's texts, and the clock of AVCHD cameras."""

from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.containers import from_container, recording_date

MDPM = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM"
DAY, TIME = bytes.fromhex("1842201907"), bytes.fromhex("1924102540")


class ContainerTest(SimpleTestCase):
    def test_matroska_has_the_moment_in_utc(self) -> None:
        found = from_container({"creation_time": "2019-07-24T08:25:40.000000Z", "DATE": "2019-07-24", "title": "Lake"})
        self.assertEqual((found.taken_at, found.time_zone), (datetime(2019, 7, 24, 8, 25, 40, tzinfo=UTC), "UTC"))
        self.assertEqual((found.taken_src, found.title), ("meta", "Lake"))

    def test_avi_has_the_cameras_clock(self) -> None:
        found = from_container({"creation_time": "2019-07-24 10:25:40", "maker": "NIKON", "model": "COOLPIX S3000"})
        self.assertEqual((found.taken_at_local, found.time_zone), (datetime(2019, 7, 24, 10, 25, 40, tzinfo=UTC), ""))
        self.assertEqual((found.camera_make, found.camera_model), ("NIKON", "COOLPIX S3000"))

    def test_the_moment_of_recording_outranks_that_of_the_file(self) -> None:
        found = from_container({"creation_time": "2019-07-24T08:25:40Z", "DATE_RECORDED": "1998-05-01 12:00:00"})
        self.assertEqual(found.taken_at_local, datetime(1998, 5, 1, 12, tzinfo=UTC))

    def test_a_day_that_is_another_is_that_of_an_old_tape(self) -> None:
        for date, year in (("1998-05-01", 1998), ("1998", 1998), ("2019", 2019), ("2019-07-25", 2019)):
            found = from_container({"creation_time": "2019-07-24T08:25:40Z", "date": date})
            with self.subTest(date):
                self.assertEqual(found.taken_at and found.taken_at.year, year)
                self.assertEqual(bool(found.taken_at and found.taken_at.minute), year == 2019)

    def test_a_clock_that_was_never_set_tells_no_date(self) -> None:
        self.assertIsNone(from_container({"creation_time": "1970-01-01T00:00:00.000000Z"}).taken_at)

    def test_a_container_without_texts_says_nothing(self) -> None:
        self.assertEqual(from_container({"encoder": "Lavf63", "timecode": "00:00:00:00"}).taken_at, None)


class RecordingDateTest(SimpleTestCase):
    def test_the_clock_is_in_two_of_the_packs(self) -> None:
        self.assertEqual(recording_date(MDPM + b"\3" + b"\x13abcd" + DAY + TIME + b"\x80"), "2019:07:24 10:25:40")

    def test_other_and_broken_messages_tell_nothing(self) -> None:
        broken = (b"", MDPM, MDPM + b"\2" + DAY, MDPM + b"\xff" + DAY + TIME[:3], MDPM + b"\2" + DAY + b"\x19\xff" * 2)
        for message in (*broken, b"x264 - core 165", b"\0" + MDPM + b"\2" + DAY + TIME):
            with self.subTest(message):
                self.assertEqual(recording_date(message), "")
