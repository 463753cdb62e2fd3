"""Which files make one picture."""

from django.test import SimpleTestCase

from library.media.related import FileRef, base_prefix, group


def grouped(*names: str, sequential: bool = False) -> list[list[str]]:
    found = group([FileRef(f"2024/{name}", 1, 1) for name in names], sequential=sequential)
    return [[file.base for file in related.files] for related in found]


class GroupTest(SimpleTestCase):
    def test_files_of_one_name_belong_together(self) -> None:
        found = grouped("b.jpg", "a.jpg", "a.jpg.xmp", "a.json", "a.XMP")
        self.assertEqual(found, [["a.jpg", "a.XMP", "a.jpg.xmp", "a.json"], ["b.jpg"]])

    def test_the_richest_file_is_main(self) -> None:
        self.assertEqual(grouped("a.jpg", "a.nef", "a.heic")[0][0], "a.nef")
        self.assertEqual(grouped("a.jpg", "a.heic", "a.mov")[0][0], "a.heic")
        self.assertEqual(grouped("a.jpg", "a.webp")[0][0], "a.webp")
        self.assertEqual(grouped("a.jpg", "a.mov")[0][0], "a.mov")

    def test_the_shortest_name_wins_among_jpegs(self) -> None:
        self.assertEqual(grouped("a.jpeg", "a.jpg.png", "a.jpg")[0][0], "a.jpg")

    def test_edits_by_apple_join_their_original(self) -> None:
        names = ("IMG_1234.HEIC", "IMG_1234.MOV", "IMG_E1234.HEIC", "IMG_1234_HEVC.MOV", "IMG_E1234.AAE")
        self.assertEqual(len(grouped(*names)), 1)

    def test_an_edit_without_its_original_stands_alone(self) -> None:
        self.assertEqual(grouped("IMG_E1234.HEIC", "IMG_99.HEIC"), [["IMG_99.HEIC"], ["IMG_E1234.HEIC"]])

    def test_other_words_after_an_underscore_are_other_pictures(self) -> None:
        names = ("DSC.jpg", "DSC_0001.jpg", "party.jpg", "party_pool.jpg")
        self.assertEqual(len(grouped(*names)), 4)

    def test_takeout_names_find_their_picture(self) -> None:
        found = grouped("a.jpg", "a.jpg.supplemental-metadata.json", "a(1).jpg", "a.jpg.suppl.json")
        self.assertEqual(found, [["a(1).jpg"], ["a.jpg", "a.jpg.suppl.json", "a.jpg.supplemental-metadata.json"]])

    def test_attachments_without_a_picture_are_left_out(self) -> None:
        self.assertEqual(grouped("a.xmp", "notes.txt", "Makefile", "Makefile.jpg"), [["Makefile.jpg"]])

    def test_copies_join_only_when_wanted(self) -> None:
        names = ("a.jpg", "a (2).jpg", "a copy.jpg", "a.00001.jpg", "a (2).xmp")
        self.assertEqual((len(grouped(*names)), len(grouped(*names, sequential=True))), (4, 1))

    def test_order_of_the_listing_does_not_matter(self) -> None:
        names = ["a.jpg", "a.dng", "a.dng.xmp", "b.mov", "b.jpg", "IMG_E1111.jpg", "IMG_1111.jpg"]
        self.assertEqual(grouped(*names), grouped(*reversed(names)))


class BasePrefixTest(SimpleTestCase):
    def test_known_endings_are_stripped_repeatedly(self) -> None:
        found = [base_prefix(name) for name in ("x/IMG.jpg.xmp", "bar.0000.ZIP", "a.b.c.jpg", "", "Test (4).jpg")]
        self.assertEqual(found, ["IMG", "bar.0000", "a.b.c", "", "Test (4)"])

    def test_numbers_of_copies_are_stripped_when_sequential(self) -> None:
        names = ("Test copy 3.jpg", "Test (3).jpg", "Test.3453453.jpg", "bar.0000.ZIP", "D (+3.3).JPG", "(1).jpg")
        found = [base_prefix(name, sequential=True) for name in names]
        self.assertEqual(found, ["Test", "Test", "Test", "bar.0000", "D", "(1)"])

    def test_copies_are_called_so_in_other_languages_too(self) -> None:
        for name in (
            "Test - Copy.jpg",
            "Test - Kopie (2).jpg",
            "Test Kopie 2.jpg",
            "Test - copie.jpg",
            "Test copia.jpg",
        ):
            with self.subTest(name):
                self.assertEqual(base_prefix(name, sequential=True), "Test")
        self.assertEqual(base_prefix("Kopie.jpg", sequential=True), "Kopie")
        self.assertEqual(base_prefix("Test copiado.jpg", sequential=True), "Test copiado")
