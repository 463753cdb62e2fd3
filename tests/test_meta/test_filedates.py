"""Dates from names."""

from datetime import UTC, datetime

from django.test import SimpleTestCase

from library.meta.filedates import date_from_name


class DateFromNameTest(SimpleTestCase):
    def assert_dated(self, name: str, *moment: int) -> None:
        self.assertEqual(date_from_name(name), datetime(*moment, tzinfo=UTC), name)  # type: ignore[misc,arg-type]

    def test_date_and_time_with_dashes_or_underscores(self) -> None:
        self.assert_dated("telegram_2020-01-30_09-57-18.jpg", 2020, 1, 30, 9, 57, 18)
        self.assert_dated("telegram_2020_01_30_09_57_18.jpg", 2020, 1, 30, 9, 57, 18)
        self.assert_dated("Screenshot 2019-05-21 at 10.45.52.png", 2019, 5, 21, 10, 45, 52)
        self.assert_dated("Screenshot_2020-01-30-09-57-18.png", 2020, 1, 30, 9, 57, 18)

    def test_american_screenshots_count_twelve_hours(self) -> None:
        self.assert_dated("Screen Shot 2019-05-21 at 10.45.52 PM.png", 2019, 5, 21, 22, 45, 52)
        self.assert_dated("Screen Shot 2019-05-21 at 12.45.52 AM.png", 2019, 5, 21, 0, 45, 52)

    def test_two_digits_are_a_year_from_1990_on(self) -> None:
        self.assert_dated("22-04-06 15-21-03 2160.jpg", 2022, 4, 6, 15, 21, 3)
        self.assert_dated("91-04-06 15-21-03.jpg", 1991, 4, 6, 15, 21, 3)
        self.assertIsNone(date_from_name("88-04-06 15-21-03.jpg"))

    def test_phones_write_date_and_time_together(self) -> None:
        for name in (
            "20200130_095718.jpg",
            "IMG_20200130_095718.jpg",
            "VID20200130095718.mp4",
            "PXL_20200130_095718123.jpg",
        ):
            self.assert_dated(name, 2020, 1, 30, 9, 57, 18)

    def test_a_date_alone_is_midnight(self) -> None:
        self.assert_dated("/2019-05-21/file2314.JPG", 2019, 5, 21)
        self.assert_dated("IMG_20200130.jpg", 2020, 1, 30)
        self.assert_dated("Screenshot 2019-05-21 at 10545.52.png", 2019, 5, 21)

    def test_messengers_name_the_day(self) -> None:
        self.assert_dated("IMG-20191120-WA0001.jpg", 2019, 11, 20)
        self.assert_dated("VID-20191120-WA0001.mp4", 2019, 11, 20)
        self.assert_dated("WhatsApp Image 2020-01-30 at 09.57.18.jpeg", 2020, 1, 30, 9, 57, 18)

    def test_folders_are_year_month_and_day(self) -> None:
        self.assert_dated("2016/08/18 iPhone/WRNI2074.jpg", 2016, 8, 18)
        self.assert_dated("/2019/5/foo.jpg", 2019, 5, 1)
        self.assert_dated("/2019/05/21.jpeg", 2019, 5, 21)

    def test_the_name_of_the_file_beats_its_folder(self) -> None:
        self.assert_dated("2016/08/IMG_20200130_095718.jpg", 2020, 1, 30, 9, 57, 18)

    def test_an_impossible_time_makes_the_whole_name_untrusted(self) -> None:
        self.assertIsNone(date_from_name("2022/04/22-04-06 66-22-03.jpg"))
        self.assertIsNone(date_from_name("2020-01-30_09-87-18-23.jpg"))

    def test_names_given_at_import_prove_nothing(self) -> None:
        self.assertIsNone(date_from_name("20130518_142022_3D657EBD.jpg"))
        self.assert_dated("2012/04/20130518_142022_3D657EBD.jpg", 2012, 4, 1)

    def test_folders_made_at_import_have_the_day_in_the_name(self) -> None:
        self.assert_dated("2013/05/20130518_142022_3D657EBD.jpg", 2013, 5, 18, 14, 20, 22)
        self.assert_dated("phone/2013/05/20130518_142022_3D657EBD.00001.jpg", 2013, 5, 18, 14, 20, 22)

    def test_other_numbers_are_no_dates(self) -> None:
        for name in (
            "fo.jpg",
            "05/21/2019",
            "2019/21/05",
            "2019/05/2145",
            "/2019.05.21",
            "1020-01-30_09-57-18.jpg",
            "81974640.jpg",
        ):
            self.assertIsNone(date_from_name(name), name)

    def test_photos_before_1970_are_not_dated_by_folder(self) -> None:
        self.assertIsNone(date_from_name("/1969/1/3/foo.jpg"))
