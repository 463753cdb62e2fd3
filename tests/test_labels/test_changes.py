"""Changes to labels: names, hiding, and what a name means afterwards."""

from library.events import LabelsDeleted
from library.label_changes import NameTaken, change_label, hide_labels, show_labels
from library.label_merging import merge_label
from library.labelling import NoLabel, add_label, label_called
from library.models import Label, PhotoLabel
from library.search.labels import heard_labels
from tests.base import TestCase
from tests.heard import heard
from tests.make import make_group, make_label, make_photo


class RenameTest(TestCase):
    def rename(self, label: Label, name: str) -> None:
        change_label(label, self.grant_of(self.alice), {"name": name})

    def test_the_first_slug_stays_and_both_names_find_the_photos(self) -> None:
        photo = make_photo(labels=["cat"])
        self.rename(make_label("cat"), "house tiger")
        label = Label.objects.get()
        self.assertEqual((label.name, label.slug, label.custom_slug), ("House Tiger", "cat", "house-tiger"))
        for query in ("label:cat", "label:house-tiger", 'label:"House Tiger"', "house tiger"):
            self.assertFound(query, photo)

    def test_a_renamed_label_is_put_on_photos_by_its_new_name(self) -> None:
        make_photo(labels=["cat"])
        self.rename(make_label("cat"), "Feline")
        add_label(make_photo(), "feline")
        self.assertEqual(Label.objects.count(), 1)

    def test_the_name_of_another_is_taken(self) -> None:
        cat = make_label("cat")
        make_label("dog")
        make_label("fox", deleted_at=cat.created_at)
        for name, told in (("DOG", "There is a label “Dog” already"), ("Fox", "A hidden label is called “Fox”")):
            with self.assertRaisesMessage(NameTaken, told):
                self.rename(cat, name)
        with self.assertRaises(NoLabel):
            self.rename(cat, "!!!")
        self.assertEqual(Label.objects.get(pk=cat.pk).name, "Cat")

    def test_a_name_may_change_its_letters_and_come_back(self) -> None:
        cat = make_label("cat")
        for name in ("CAT", "Feline", "cat"):
            self.rename(cat, name)
        self.assertEqual((cat.name, cat.custom_slug), ("Cat", "cat"))

    def test_the_name_of_what_was_merged_into_it_is_its_own(self) -> None:
        cat, kitten = make_label("cat"), make_label("kitten")
        merge_label(kitten, cat)
        self.rename(cat, "Kitten")
        self.assertEqual(label_called("kitten"), cat)


class HideTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo(labels=["cat"])
        self.cat = make_label("cat")

    def test_a_hidden_label_is_nowhere_until_it_is_shown_again(self) -> None:
        grant = self.grant_of(self.alice)
        hide_labels([self.cat.uid], grant)
        self.assertFound("label:cat")
        self.assertFound("cat")
        self.assertFound('"Cat"')
        told = self.client_of(self.alice).get(f"/api/v1/photos/{self.photo.uid}").json()
        self.assertEqual(told["Labels"], [])
        show_labels([self.cat.uid], grant)
        self.assertFound("label:cat", self.photo)
        told = self.client_of(self.alice).get(f"/api/v1/photos/{self.photo.uid}").json()
        self.assertEqual(len(told["Labels"]), 1)

    def test_pages_are_told_once(self) -> None:
        grant = self.grant_of(self.alice)
        with heard() as events, self.captureOnCommitCallbacks(execute=True):
            hide_labels([self.cat.uid], grant)
            hide_labels([self.cat.uid], grant)
        self.assertEqual([topic for topic, _data in events], [LabelsDeleted.topic, "count.updated"])

    def test_only_those_who_see_a_label_hear_of_it(self) -> None:
        make_photo(labels=["secret"], owner=self.alice)
        uids = [make_label("secret").uid, self.cat.uid, "unknown"]
        hide_labels([self.cat.uid], self.grant_of(self.alice))
        self.assertEqual(heard_labels(uids, self.grant_of(self.alice)), uids[:2])
        self.assertEqual(heard_labels(uids, self.grant_of(self.bob)), [self.cat.uid])
        self.assertEqual(heard_labels(uids, self.grant_of(self.guest)), [])

    def test_what_is_not_seen_is_not_hidden(self) -> None:
        secret = make_photo(labels=["secret"], owner=self.admin)
        self.assertEqual(hide_labels([make_label("secret").uid], self.grant_of(self.alice)), [])
        self.assertFound("label:secret", secret)

    def test_a_group_of_labels_that_are_seen_can_be_hidden(self) -> None:
        animal = make_group("animal", "cat")
        self.assertEqual(hide_labels([animal.uid], self.grant_of(self.alice)), [animal.uid])
        self.assertFound("label:animal")
        self.assertFound("label:cat", self.photo)

    def test_a_person_brings_it_back_by_its_name(self) -> None:
        hide_labels([self.cat.uid], self.grant_of(self.alice))
        add_label(make_photo(), "cat")
        self.assertIsNone(Label.objects.get().deleted_at)
        self.assertEqual(PhotoLabel.objects.count(), 2)


class FamilyTest(TestCase):
    def test_a_label_finds_those_below_it_and_below_those(self) -> None:
        photo = make_photo(labels=["poodle"])
        make_group("dog", "poodle")
        make_group("animal", "dog")
        for query in ("label:animal", "label:dog", "label:poodle"):
            self.assertFound(query, photo)
