"""Zones and the two clocks."""

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase

from library.meta import timezones

NOON = datetime(2023, 7, 1, 12, tzinfo=UTC)


class ZoneNameTest(SimpleTestCase):
    def test_offsets_have_names(self) -> None:
        offsets = ("+02:00", "-02", "Z", "UTC-00:00", "12:00", "+05:30", "-09:30")
        names = ["UTC+2", "UTC-2", "UTC", "UTC", "UTC+12", "UTC+05:30", "UTC-09:30"]
        self.assertEqual([timezones.zone_name(offset) for offset in offsets], names)

    def test_offsets_that_exist_nowhere_have_none(self) -> None:
        for offset in ("", "UTC-15", "UTC-14", "+15:00", "UTC13", "UTC--2", "+02:75", "Europe"):
            self.assertEqual(timezones.zone_name(offset), "", offset)

    def test_a_name_is_a_zone(self) -> None:
        for name in ("UTC", "UTC+2", "UTC+05:30", "Europe/Berlin"):
            self.assertIsNotNone(timezones.zone(name), name)
        for name in ("", "Mars/Base", "../etc/passwd", "UTC+99"):
            self.assertIsNone(timezones.zone(name), name)


class ClockTest(SimpleTestCase):
    def test_wall_clock_to_moment_and_back(self) -> None:
        moment = timezones.to_utc(NOON, "Europe/Berlin")
        self.assertEqual(moment, NOON - timedelta(hours=2))
        self.assertEqual(timezones.to_local(moment, "Europe/Berlin"), NOON)

    def test_an_unknown_zone_changes_nothing(self) -> None:
        self.assertEqual(timezones.to_utc(NOON, ""), NOON)

    def test_a_camera_clock_keeps_its_wall_time(self) -> None:
        settled = timezones.settle(NOON, NOON, "", "Europe/Berlin")
        self.assertEqual(settled, (NOON - timedelta(hours=2), NOON))

    def test_a_file_with_a_zone_keeps_its_moment(self) -> None:
        settled = timezones.settle(NOON, NOON, "UTC", "Europe/Berlin")
        self.assertEqual(settled, (NOON, NOON + timedelta(hours=2)))

    def test_a_wall_clock_stays_when_its_offset_is_not_that_of_the_place(self) -> None:
        settled = timezones.settle(NOON + timedelta(hours=4), NOON, "UTC-4", "Europe/Berlin")
        self.assertEqual(settled, (NOON - timedelta(hours=2), NOON))

    def test_no_two_clocks_are_more_than_27_hours_apart(self) -> None:
        self.assertTrue(timezones.can_be_same_moment(NOON, NOON + timedelta(hours=27)))
        self.assertFalse(timezones.can_be_same_moment(NOON, NOON + timedelta(hours=28)))

    def test_the_ends_of_time_do_not_overflow(self) -> None:
        last = datetime.max.replace(tzinfo=UTC)
        self.assertEqual(timezones.to_utc(last, "UTC-12"), last)
