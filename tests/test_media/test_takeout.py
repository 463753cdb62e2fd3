"""Which picture a JSON file is about, whatever was cut off its name."""

from django.test import SimpleTestCase

from library.media.takeout import LONGEST, SUPPLEMENT, Pictures, original_stem

LONG = "Screenshot_2020-01-01-10-10-10-100_com.whatsapp"


class OwnerTest(SimpleTestCase):
    def assertOwner(self, owner: str, name: str, *others: str) -> None:  # noqa: N802
        self.assertEqual(Pictures([picture for picture in (owner, *others) if picture]).owner_of(name), owner, name)

    def test_the_name_and_json(self) -> None:
        self.assertOwner("a.jpg", "a.jpg.json", "a.png", "b.jpg")
        self.assertOwner("a.jpg", "a.json", "b.jpg")
        self.assertOwner("Müller & Söhne.HEIC", "Müller & Söhne.HEIC.json")

    def test_every_shortening_of_the_supplement(self) -> None:
        for length in range(1, len(SUPPLEMENT) + 1):
            self.assertOwner("a.jpg", f"a.jpg{SUPPLEMENT[:length]}.json", "a.jp.png")

    def test_the_supplement_cut_at_46_letters(self) -> None:
        for length in range(1, LONGEST):
            stem = "x" * length
            self.assertOwner(f"{stem}.jpg", f"{stem}.jpg{SUPPLEMENT}"[:LONGEST] + ".json", "other.jpg")

    def test_a_name_cut_in_itself(self) -> None:
        self.assertOwner(f"{LONG}.jpg", f"{LONG[:LONGEST]}.json", "other.jpg")
        self.assertOwner("", f"{LONG[:40]}.json")

    def test_a_beginning_that_two_share_belongs_to_neither(self) -> None:
        self.assertEqual(Pictures([f"{LONG[:46]}a.jpg", f"{LONG[:46]}b.jpg"]).owner_of(f"{LONG[:46]}.json"), "")

    def test_the_number_of_a_copy_stands_elsewhere(self) -> None:
        self.assertOwner("a(1).jpg", "a.jpg(1).json", "a.jpg", "a(2).jpg")
        self.assertOwner("a(1).jpg", f"a.jpg{SUPPLEMENT}(1).json", "a.jpg")
        self.assertOwner("a(2).jpg", "a.jpg.suppl(2).json", "a.jpg", "a(1).jpg")
        self.assertOwner(f"{LONG}(1).jpg", f"{LONG[:LONGEST]}(1).json", f"{LONG}.jpg")

    def test_an_edited_copy_alone_has_the_originals(self) -> None:
        self.assertOwner("a-edited.jpg", "a.jpg.json", "b.jpg")
        self.assertOwner("a-bearbeitet(1).jpg", "a.jpg(1).json", "a-bearbeitet.jpg")

    def test_other_files_are_about_no_picture(self) -> None:
        for name in ("metadata.json", "a.jpg.xmp", ".json", "b.jpg.json", "a.jpg.supplementary.json"):
            self.assertEqual(Pictures(["a.jpg"]).owner_of(name), "", name)


class EditedTest(SimpleTestCase):
    def test_in_several_languages(self) -> None:
        for word in ("-edited", "-EDITED", "-bearbeitet", "-modifié", "-編集済み", "-editado"):
            self.assertEqual(original_stem(f"IMG_1{word}"), "IMG_1")

    def test_no_copy(self) -> None:
        for stem in ("IMG_1", "-edited", "unedited", "edited-IMG_1"):
            self.assertEqual(original_stem(stem), "")
