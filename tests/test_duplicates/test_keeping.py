"""Which photo of a group is kept, and why."""

from datetime import UTC, datetime
from typing import Any

from django.test import SimpleTestCase

from library.duplicates.keeping import Copy, better, choose, format_rank


def copy(uid: str, **facts: Any) -> Copy:
    day = datetime(2024, 5, 1, tzinfo=UTC)
    plain = {"pixels": 100, "bytes": 10, "format": 0, "facts": 0, "cherished": 0, "taken": day, "added": 5}
    return Copy(uid=uid, **{**plain, **facts})


class ChooseTest(SimpleTestCase):
    def kept(self, *copies: Copy, rule: Any = "best") -> tuple[str, list[str]]:
        found, why = choose(copies, rule)
        return found.uid, list(why)

    def test_most_pixels_come_first(self) -> None:
        small = copy("a", format=3, bytes=99, cherished=2)
        self.assertEqual(self.kept(small, copy("b", pixels=200)), ("b", ["pixels"]))

    def test_then_the_original_format(self) -> None:
        self.assertEqual(self.kept(copy("a", bytes=99), copy("b", format=2)), ("b", ["format"]))

    def test_then_the_largest_file(self) -> None:
        self.assertEqual(self.kept(copy("a", facts=3), copy("b", bytes=11)), ("b", ["bytes"]))

    def test_then_what_says_most_and_what_people_did(self) -> None:
        self.assertEqual(self.kept(copy("a", cherished=1), copy("b", facts=1)), ("b", ["facts"]))
        self.assertEqual(self.kept(copy("a"), copy("b", cherished=1)), ("b", ["cherished"]))

    def test_then_the_earliest(self) -> None:
        late = datetime(2025, 1, 1, tzinfo=UTC)
        self.assertEqual(self.kept(copy("a", taken=late), copy("b")), ("b", ["taken"]))
        self.assertEqual(self.kept(copy("a", added=9), copy("b")), ("b", ["added"]))

    def test_among_equals_the_uid_decides(self) -> None:
        self.assertEqual(self.kept(copy("b"), copy("a")), ("a", []))

    def test_it_says_all_that_speaks_for_it(self) -> None:
        best = copy("c", pixels=200, bytes=20)
        self.assertEqual(self.kept(copy("a"), copy("b", bytes=15), best), ("c", ["pixels", "bytes"]))

    def test_other_rules(self) -> None:
        first, liked, last = copy("a", added=1), copy("b", cherished=1), copy("c", added=9, pixels=900)
        self.assertEqual(self.kept(first, liked, last, rule="cherished")[0], "b")
        self.assertEqual(self.kept(first, liked, last, rule="oldest")[0], "a")
        self.assertEqual(self.kept(first, liked, last, rule="newest")[0], "c")

    def test_what_a_photo_is_better_in(self) -> None:
        copies = [copy("a", bytes=20), copy("b", pixels=200), copy("c")]
        self.assertEqual([sorted(better(copies, uid)) for uid in "abc"], [["bytes"], ["pixels"], []])
        self.assertEqual(better([copy("a"), copy("b")], "a"), frozenset())

    def test_formats(self) -> None:
        formats = (("raw", "dng"), ("image", "heic"), ("image", "png"), ("image", "jpg"))
        self.assertEqual([format_rank(kind, name) for kind, name in formats], [3, 2, 1, 0])
