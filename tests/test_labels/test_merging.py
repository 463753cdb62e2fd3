"""One label of two, and two again."""

from typing import Any

from django.utils import timezone

from library.counts import recount_photos
from library.label_merging import MergeProblem, merge_label, split_label
from library.labelling import add_label, judge_label, label_called
from library.models import Category, Label, Photo, PhotoLabel
from tests.base import TestCase
from tests.make import make_group, make_label, make_photo


def rows(label: Label) -> list[tuple[int, str, int]]:
    return sorted(PhotoLabel.objects.filter(label=label).values_list("photo", "src", "uncertainty"))


def seen(photo: Photo, label: Label, src: str = "image", uncertainty: int = 20) -> PhotoLabel:
    return PhotoLabel.objects.create(photo=photo, label=label, src=src, uncertainty=uncertainty)


class MergeTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.cat, self.kitten = make_label("cat"), make_label("kitten")

    def now(self, label: Label) -> Any:
        return Label.objects.get(pk=label.pk)

    def test_photos_and_names_come_along(self) -> None:
        old, young = make_photo(labels=["cat"]), make_photo(labels=["kitten"])
        merge_label(self.kitten, self.cat)
        for query in ("label:cat", "label:kitten", "kitten", "cat"):
            self.assertFound(query, old, young)
        self.assertEqual(self.now(self.cat).photo_count, 2)
        self.assertEqual(label_called("Kitten"), self.cat)
        self.assertEqual(add_label(make_photo(), "kitten"), self.cat)

    def test_two_that_are_merged_into_each_other_at_once_are_not_both_lost(self) -> None:
        cat, kitten = self.now(self.cat), self.now(self.kitten)
        merge_label(self.kitten, self.cat)
        for label, into in ((cat, kitten), (kitten, cat)):
            with self.subTest(label), self.assertRaises(MergeProblem):
                merge_label(label, into)
        self.assertIsNone(self.now(self.cat).deleted_at)

    def test_a_name_of_a_label_that_was_hidden_since_brings_that_back(self) -> None:
        merge_label(self.kitten, self.cat)
        Label.objects.filter(pk=self.cat.pk).update(deleted_at=timezone.now())
        self.assertEqual(add_label(make_photo(), "kitten"), self.cat)
        self.assertIsNone(self.now(self.cat).deleted_at)
        self.assertIsNotNone(self.now(self.kitten).deleted_at)

    def test_it_can_be_taken_back(self) -> None:
        old, young, both = make_photo(labels=["cat"]), make_photo(labels=["kitten"]), make_photo()
        seen(both, self.cat, uncertainty=40)
        seen(both, self.kitten, "manual", 0)
        make_group("animal", "kitten")
        recount_photos()
        before = [rows(self.cat), rows(self.kitten), list(Category.objects.values_list("label", "parent"))]
        merge_label(self.kitten, self.cat)
        self.assertIn((both.pk, "manual", 0), rows(self.cat))
        self.assertFound("label:animal", old, young, both)
        split_label(self.kitten)
        after = [rows(self.cat), rows(self.kitten), list(Category.objects.values_list("label", "parent"))]
        self.assertEqual(before, after)
        self.assertFound("label:cat", old, both)
        self.assertFound("label:kitten", young, both)
        self.assertEqual((self.now(self.cat).photo_count, self.now(self.kitten).photo_count), (2, 2))

    def test_the_better_word_holds_where_a_photo_has_both(self) -> None:
        judged, doubted = make_photo(), make_photo()
        seen(judged, self.cat, "manual", 100)
        seen(judged, self.kitten, "image", 5)
        seen(doubted, self.cat, "image", 70)
        seen(doubted, self.kitten, "image", 10)
        merge_label(self.kitten, self.cat)
        self.assertEqual(rows(self.cat), [(judged.pk, "manual", 100), (doubted.pk, "image", 10)])

    def test_what_a_person_took_away_from_one_is_not_taken_from_the_other(self) -> None:
        photo = make_photo()
        seen(photo, self.kitten, "manual", 100)
        merge_label(self.kitten, self.cat)
        self.assertEqual(rows(self.cat), [])

    def test_what_was_judged_since_stays_when_it_is_taken_back(self) -> None:
        photo = make_photo()
        seen(photo, self.kitten)
        merge_label(self.kitten, self.cat)
        judge_label(PhotoLabel.objects.get(label=self.cat, photo=photo), 100)
        split_label(self.kitten)
        self.assertEqual(rows(self.cat), [(photo.pk, "manual", 100)])

    def test_a_chain_of_merges_leads_to_the_last_and_is_undone_from_the_end(self) -> None:
        photo = make_photo(labels=["kitten"])
        pet = make_label("pet")
        merge_label(self.kitten, self.cat)
        merge_label(self.now(self.cat), pet)
        self.assertFound("label:kitten", photo)
        self.assertEqual(label_called("kitten"), pet)
        with self.assertRaisesMessage(MergeProblem, "“Cat” has been merged, too"):
            split_label(self.now(self.kitten))
        split_label(self.now(self.cat))
        self.assertEqual(label_called("kitten"), self.cat)
        split_label(self.now(self.kitten))
        self.assertFound("label:kitten", photo)
        self.assertFound("label:pet")

    def test_no_label_comes_to_lie_above_itself(self) -> None:
        make_group("animal", "cat", "dog")
        merge_label(make_label("animal"), self.cat)
        links = set(Category.objects.values_list("parent__slug", "label__slug"))
        self.assertEqual(links, {("animal", "cat"), ("animal", "dog"), ("cat", "dog")})
        with self.assertRaises(MergeProblem):
            merge_label(self.cat, self.cat)

    def test_a_label_takes_no_place_below_what_is_below_it(self) -> None:
        make_group("animal", "pet")
        make_group("pet", "kitten")
        merge_label(self.kitten, make_label("animal"))
        self.assertNotIn(("pet", "animal"), set(Category.objects.values_list("parent__slug", "label__slug")))

    def test_what_is_no_part_cannot_be_taken_out(self) -> None:
        with self.assertRaisesMessage(MergeProblem, "is not part of another"):
            split_label(self.cat)
