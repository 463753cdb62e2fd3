"""The pages of labels."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils import timezone

from library.counts import recount_photos
from library.label_listing import PER_PAGE
from library.label_merging import merge_label
from library.models import Label, PhotoLabel
from tests.base import TestCase
from tests.make import make_group, make_label, make_photo
from tests.test_api.on_disk import file_of


class LabelsPageTest(TestCase):
    def page(self, user: User | None = None, **query: Any) -> HttpResponse:
        recount_photos()
        return self.client_of(user or self.alice).get("/library/labels", query)

    def listing(self, **query: Any) -> Any:
        return self.page(**query).context["listing"]

    def names(self, **query: Any) -> list[str]:
        return [tile.label.name for tile in self.listing(**query).tiles]

    def test_tiles_tell_what_is_inside(self) -> None:
        photo = make_photo(labels=["cat", "kitten"])
        make_group("cat", "kitten")
        answer = self.page()
        for text in ("Cat", "1 label", f"/api/v1/t/{file_of(photo).hash}/", f"/library/labels/{make_label('cat').uid}"):
            self.assertContains(answer, text)

    def test_groups_lead_to_what_is_below_them(self) -> None:
        make_photo(labels=["poodle", "cat", "car"])
        make_group("dog", "poodle")
        make_group("animal", "dog", "cat")
        make_group("plant", "tree")
        listing = self.listing()
        self.assertEqual([(one.label.name, one.count) for one in listing.groups], [("Animal", 3)])
        self.assertEqual([tile.label.name for tile in listing.tiles], ["Car", "Cat", "Poodle"])
        inside = self.listing(group="animal", order="name")
        self.assertEqual([tile.label.name for tile in inside.tiles], ["Cat", "Dog", "Poodle"])
        self.assertEqual([one.label.name for one in inside.inner], ["Dog"])
        self.assertTrue(all(tile.thumb for tile in inside.tiles))
        deeper = self.page(group="dog")
        self.assertEqual([label.name for label in deeper.context["listing"].trail], ["Animal", "Dog"])
        self.assertContains(deeper, "?group=animal")

    def test_groups_in_a_circle_end(self) -> None:
        make_photo(labels=["hen", "egg"])
        make_group("hen", "egg")
        make_group("egg", "hen")
        self.assertEqual(self.names(group="hen", order="name"), ["Egg", "Hen"])

    def test_favourites_and_words_and_orders_are_in_the_address(self) -> None:
        make_label("lake", favorite=True)
        make_photo(labels=["lake", "bird"])
        make_photo(labels=["bird", "blue bird"])
        self.assertEqual(self.names(kind="favorites"), ["Lake"])
        self.assertEqual(self.names(q="bird", order="name"), ["Bird", "Blue Bird"])
        self.assertEqual(self.names(order="count")[0], "Bird")
        self.assertEqual(self.names()[0], "Lake")
        self.assertEqual(self.names(order="added")[-1], "Lake")

    def test_labels_of_little_meaning_are_a_click_away(self) -> None:
        make_label("thing", priority=-3)
        make_photo(labels=["thing", "cat"])
        self.assertEqual(self.names(), ["Cat"])
        self.assertContains(self.page(), "Show 1 label of little meaning")
        self.assertEqual(self.names(all="", order="name"), ["Cat", "Thing"])
        self.assertEqual(self.names(q="thing"), ["Thing"])

    def test_hidden_labels_are_for_those_who_may_show_them(self) -> None:
        make_photo(labels=["cat", "dog"])
        Label.objects.filter(slug="cat").update(deleted_at=timezone.now())
        self.assertEqual(self.names(kind="hidden"), ["Cat"])
        self.assertContains(self.page(kind="hidden"), "data-show")
        self.assertEqual(self.names(), ["Dog"])
        self.assertEqual(self.names(user=self.bob, kind="hidden"), [])

    def test_what_is_not_understood_is_said_and_nothing_breaks(self) -> None:
        make_photo(labels=["cat"])
        self.assertContains(self.page(q="slugg:cat"), "There is no filter “slugg”")
        self.assertContains(self.page(q="unicorn"), "No label for “unicorn”")
        self.assertEqual(self.page(kind="x", group="x", order="x", page="x").status_code, 200)

    def test_an_empty_page_says_what_labels_are_for(self) -> None:
        self.assertContains(self.page(), "No labels yet")

    def test_thousands_of_labels_have_pages(self) -> None:
        photo = make_photo()
        labels = Label.objects.bulk_create(
            Label(uid=f"l{number:015}", slug=f"l-{number:04}", custom_slug=f"l-{number:04}", name=f"L {number:04}")
            for number in range(PER_PAGE + 5)
        )
        PhotoLabel.objects.bulk_create(PhotoLabel(photo=photo, label=label) for label in labels)
        self.assertContains(self.page(order="name"), "page=2")
        self.assertEqual(len(self.names(order="name", page="2")), 5)

    def test_a_page_costs_the_same_however_many_labels_it_has(self) -> None:
        client = self.client_of(self.alice)
        photo = make_photo(labels=["ant"])
        client.get("/library/labels")
        for name in ("bee", "cat", "dog", "elk"):
            PhotoLabel.objects.create(photo=photo, label=make_label(name))
        make_group("animal", "cat", "dog")
        with self.assertNumQueries(8):
            client.get("/library/labels")

    def test_names_are_texts(self) -> None:
        label = make_label("xss")
        Label.objects.filter(pk=label.pk).update(name="<script>alert(1)</script>", description='"><img src=x>')
        make_photo(labels=["xss"])
        answer = self.page()
        self.assertNotContains(answer, "<script>alert")
        self.assertNotContains(answer, "<img src=x>")

    def test_labels_of_photos_that_are_not_seen_are_not_listed(self) -> None:
        make_photo(labels=["secret"], owner=self.admin)
        make_group("mystery", "secret")
        self.assertNotContains(self.page(), "Secret")
        self.assertNotContains(self.page(), "Mystery")
        self.assertContains(self.page(self.admin), "Mystery")

    def test_the_rail_counts_labels(self) -> None:
        make_photo(labels=["cat", "dog"])
        self.assertEqual(self.page().context["counts"]["labels"], 2)
        self.assertContains(self.page(), 'data-count="labels"')
        self.assertNotContains(self.client_of(self.guest).get("/library/browse"), "/library/labels")

    def test_who_may_not(self) -> None:
        for user, status in ((self.bob, 200), (self.guest, 403), (None, 302)):
            self.assertEqual(self.client_of(user).get("/library/labels").status_code, status)


class LabelPageTest(TestCase):
    def page(self, label: Label, user: User | None = None) -> Any:
        return self.client_of(user or self.alice).get(f"/library/labels/{label.uid}/view")

    def test_it_shows_the_timeline_of_the_label_and_of_those_below(self) -> None:
        make_photo(labels=["cat"])
        make_photo(labels=["kitten"])
        make_group("animal", "cat")
        make_group("cat", "kitten")
        answer = self.page(make_label("cat"))
        for text in ("Cat", "2 photos", 'data-query="label:cat"', "Animal", "Kitten", "Rename"):
            self.assertContains(answer, text)

    def test_a_group_without_photos_of_its_own_has_a_page(self) -> None:
        photo = make_photo(labels=["cat"])
        answer = self.page(make_group("animal", "cat"))
        self.assertContains(answer, "1 photo")
        self.assertContains(answer, file_of(photo).hash)

    def test_who_may_only_look_sees_no_way_to_change_it(self) -> None:
        make_photo(labels=["cat"])
        answer = self.page(make_label("cat"), self.bob)
        for act in ("edit", "merge", "hide", "favorite"):
            self.assertNotContains(answer, f'data-act="{act}"')

    def test_the_page_of_what_was_merged_is_that_of_the_other(self) -> None:
        make_photo(labels=["cat", "kitten"])
        cat, kitten = make_label("cat"), make_label("kitten")
        merge_label(kitten, cat)
        self.assertRedirects(self.page(kitten), f"/library/labels/{cat.uid}/cat")
        self.assertContains(self.page(cat), "Also called")

    def test_what_may_not_be_seen_does_not_exist(self) -> None:
        make_photo(labels=["secret"], owner=self.alice)
        make_photo(labels=["hidden"])
        Label.objects.filter(slug="hidden").update(deleted_at=timezone.now())
        secret = make_label("secret")
        for user, status in ((self.alice, 200), (self.admin, 200), (self.bob, 404), (self.guest, 403)):
            self.assertEqual(self.page(secret, user).status_code, status)
        self.assertEqual(self.page(make_label("hidden")).status_code, 404)
