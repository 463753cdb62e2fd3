"""What files are called on their way in."""

import doctest

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.importing import names
from library.importing.names import LONGEST, names_at, numbered, safe_name
from library.media.related import FileRef, group


class NamesTest(SimpleTestCase):
    def test_examples(self) -> None:
        self.assertEqual(doctest.testmod(names).failed, 0)

    @given(st.text(max_size=400))
    def test_a_name_leads_nowhere(self, text: str) -> None:
        name = safe_name(text)
        self.assertNotIn("/", name)
        self.assertNotIn("\\", name)
        self.assertNotIn("\0", name)
        self.assertFalse(name.startswith((".", "@")))
        self.assertLessEqual(len(name.encode()), LONGEST)
        self.assertEqual(safe_name(name), name)

    def test_a_long_name_keeps_its_extension(self) -> None:
        self.assertTrue(safe_name("ä" * 300 + ".JPG").endswith("ä.JPG"))
        self.assertEqual(safe_name("No. 5 is what she said to all of us"), "No. 5 is what she said to all of us")

    def test_files_of_a_picture_belong_together_at_their_place(self) -> None:
        for together in (
            ["IMG_1.JPG", "IMG_1.DNG", "IMG_1.JPG.XMP", "IMG_1.xmp"],
            ["IMG_1234.HEIC", "IMG_1234.MOV", "IMG_E1234.HEIC", "IMG_1234.AAE"],
            ["a.jpg", "a-edited.jpg", "a.jpg.json"],
        ):
            with self.subTest(together=together):
                (given,) = group([FileRef(name, 1, 1) for name in together])
                placed = names_at("2024/05/20240517_103000_1A2B3C4D", given.files)
                self.assertEqual(len(set(placed.values())), len(together))
                self.assertEqual(len(group([FileRef(name, 1, 1) for name in placed.values()])), 1, placed)

    def test_another_picture_of_the_same_name_is_apart(self) -> None:
        places = ["2024/X", numbered("2024/X", 1), numbered("2024/X", 12)]
        self.assertEqual(places, ["2024/X", "2024/X.00001", "2024/X.00012"])
        self.assertEqual(len(group([FileRef(f"{place}.jpg", 1, 1) for place in places])), 3)
