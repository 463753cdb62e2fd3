"""Titles from file names."""

from django.test import SimpleTestCase

from library.meta.filetitles import file_title, is_generated, title_from_names


class FileTitleTest(SimpleTestCase):
    def test_marks_become_spaces_and_words_start_large(self) -> None:
        self.assertEqual(file_title("mr-kitty_life.svg"), "Mr Kitty Life")
        self.assertEqual(file_title("changing-of-the-guard.jpg"), "Changing of the Guard")

    def test_two_dashes_become_a_slash(self) -> None:
        self.assertEqual(file_title("tim-robbins--tiff-2012_7999233420_o.jpg"), "Tim Robbins / TIFF")

    def test_dates_in_front_and_numbers_behind_are_dropped(self) -> None:
        self.assertEqual(file_title("2024-10-23 February 2nd.jpg"), "February 2nd")
        self.assertEqual(file_title("20170812-185131-Tourist-Attraction-Berlin-2017.jpg"), "Tourist Attraction Berlin")

    def test_the_mark_of_a_copy_is_dropped(self) -> None:
        self.assertEqual(file_title("Sunset copy 2.jpg"), "Sunset")
        self.assertEqual(file_title("Sunset (3).jpg"), "Sunset")

    def test_every_script_makes_titles(self) -> None:
        self.assertEqual(file_title("富士山 - 春 (81974640).jpg"), "富士山 春")

    def test_two_letters_are_no_title(self) -> None:
        self.assertEqual(file_title("jg.jpg"), "")


class GeneratedNameTest(SimpleTestCase):
    def test_names_given_by_machines(self) -> None:
        for name in (
            "DSC10599",
            "IMG_0599.JPG",
            "IMG_20190119_135810_145",
            "IMG-20191120-WA0001.jpg",
            "2013-06-06_DMC-LX5_P1080235.JPG",
            "IQVG4929",
            "20091117_203458_12345678",
            "8263987746_d0a6055c58_o",
            "7045C6DD-448A-405D-B2A4-6F4DA0D44F2F_L0_001",
            "e98eb86480a72bd585d228a709f0622f90e86cbc.jpg",
            "pqbcf5j446s0futy",
        ):
            self.assertTrue(is_generated(name), name)

    def test_names_given_by_people(self) -> None:
        for name in (
            "",
            "QUICK BROWN FOX",
            "01 Introduction.pdf",
            "20191117-153400-Central-Park-New-York-2019-3qy.mov",
        ):
            self.assertFalse(is_generated(name), name)


class TitleFromNamesTest(SimpleTestCase):
    def test_the_original_name_helps_a_file_named_by_the_import(self) -> None:
        title = title_from_names("2020/01/20200130_095718_3D657EBD.jpg", "Holiday/our_tent.jpg")
        self.assertEqual(title, "Our Tent")

    def test_the_folder_helps_a_counted_name(self) -> None:
        self.assertEqual(title_from_names("Summer in Norway/IMG_0599.JPG"), "Summer in Norway")

    def test_machines_alone_make_no_title(self) -> None:
        self.assertEqual(title_from_names("2020/01/IMG_0599.JPG"), "")
