"""Dates as metadata writes them."""

from datetime import datetime

from django.test import SimpleTestCase

from library.meta.timestamps import Timestamp, parse

MORNING = datetime(2016, 6, 28, 9, 45, 49)


class ParseTest(SimpleTestCase):
    def test_the_forms_of_exif_iso_and_iptc(self) -> None:
        for written in (
            "2016:06:28 09:45:49",
            "2016-06-28T09:45:49",
            "20160628T094549",
            "2016-06-28_09-45-49",
            " 28.06.2016 09:45:49",
        ):
            self.assertEqual(parse(written), Timestamp(MORNING), written)

    def test_offsets_and_fractions(self) -> None:
        self.assertEqual(parse("2016:06:28 09:45:49+10:00"), Timestamp(MORNING, "UTC+10"))
        self.assertEqual(parse("2016:06:28 09:45:49.25Z"), Timestamp(MORNING.replace(microsecond=250_000), "UTC"))
        self.assertEqual(parse("2016-06-28T09:45-01:30"), Timestamp(MORNING.replace(second=0), "UTC-01:30"))

    def test_missing_parts_are_the_first(self) -> None:
        self.assertEqual(parse("2016"), Timestamp(datetime(2016, 1, 1)))
        self.assertEqual(parse("2016: :     :  :  "), Timestamp(datetime(2016, 1, 1)))
        self.assertEqual(parse("2016:06:28T09:45:  ABC"), Timestamp(MORNING.replace(second=0)))

    def test_clocks_that_were_never_set_tell_nothing(self) -> None:
        for written in ("", "0000:00:00 00:00:00", "1970-01-01", "1980:01:01 00:00:00", "2002:12:08 12:00:00"):
            self.assertIsNone(parse(written), written)

    def test_impossible_dates_tell_nothing(self) -> None:
        for written in (
            "2016:13:28 09:45:49",
            "2016:06:31",
            "2016:06:28 25:00:00",
            "0998:01:01",
            "9998:01:01",
            "yesterday",
        ):
            self.assertIsNone(parse(written), written)
