"""GET /api/v1/labels: what is in the pictures that the account sees."""

from typing import Any

from django.contrib.auth.models import User

from library import states
from library.counts import recount_photos
from library.models import Label, PhotoLabel
from tests.base import TestCase
from tests.make import make_label, make_photo


class LabelsTest(TestCase):
    def get(self, query: str = "", user: User | None = None) -> Any:
        recount_photos()
        return self.client_of(user or self.admin).get(f"/api/v1/labels?count=10&{query}")

    def slugs(self, query: str = "", user: User | None = None) -> list[str]:
        return [label["Slug"] for label in self.get(query, user).json()]

    def test_the_newest_photo_stands_for_it(self) -> None:
        make_photo(labels=["cat"])
        newest = make_photo(labels=["cat"])
        make_photo(labels=["cat"], archived=True)
        label = self.get().json()[0]
        self.assertEqual((label["PhotoCount"], label["Thumb"]), (2, newest.files.get(is_primary=True).hash))

    def test_who_sees_more_counts_more(self) -> None:
        make_photo(labels=["cat"])
        own = make_photo(labels=["cat"], owner=self.alice)
        told = {user: self.get(user=user).json()[0] for user in (self.admin, self.alice, self.bob)}
        self.assertEqual([label["PhotoCount"] for label in told.values()], [2, 2, 1])
        self.assertEqual(told[self.alice]["Thumb"], own.files.get().hash)
        self.assertNotEqual(told[self.bob]["Thumb"], own.files.get().hash)

    def test_a_label_of_somebody_elses_photos_is_not_told(self) -> None:
        make_photo(labels=["secret"], owner=self.alice)
        make_photo(labels=["hidden"], private=True)
        self.assertEqual([self.slugs(user=user) for user in (self.alice, self.bob)], [["secret"], []])

    def test_what_was_made_private_is_not_told_before_it_is_counted(self) -> None:
        photo = make_photo(labels=["cat"])
        recount_photos()
        states.set_private([photo.uid], self.grant_of(self.admin), private=True)
        answer = self.client_of(self.bob).get("/api/v1/labels?count=10")
        self.assertEqual(answer.json(), [])

    def test_labels_of_little_meaning_come_when_asked_for(self) -> None:
        make_label("thing", priority=-3)
        make_label("star", priority=-1, favorite=True)
        make_photo(labels=["thing", "star", "cat"])
        self.assertEqual(self.slugs(), ["star", "cat"])
        self.assertEqual(self.slugs("all=true"), ["star", "cat", "thing"])
        self.assertEqual(self.slugs("q=thin"), ["thing"])
        self.assertEqual(self.slugs("slug=thing"), ["thing"])

    def test_sort_orders(self) -> None:
        make_photo(labels=["bee", "cat"])
        make_photo(labels=["cat", "ant"])
        self.assertEqual(self.slugs("order=slug"), ["ant", "bee", "cat"])
        self.assertEqual(self.slugs("order=count")[0], "cat")
        self.assertEqual(self.slugs("order=name"), ["ant", "bee", "cat"])

    def test_pages(self) -> None:
        make_photo(labels=["ant", "bee", "cat"])
        self.assertEqual(self.slugs("order=slug&count=2"), ["ant", "bee"])
        self.assertEqual(self.slugs("order=slug&count=2&offset=2"), ["cat"])
        self.assertEqual(self.slugs("order=slug&count=2&offset=3"), [])

    def test_favorites(self) -> None:
        make_label("cat", favorite=True)
        make_photo(labels=["cat", "dog"])
        self.assertEqual(self.slugs("favorite=true"), ["cat"])

    def test_a_label_that_a_person_took_away_is_not_counted(self) -> None:
        photo = make_photo(labels=["cat"])
        PhotoLabel.objects.filter(photo=photo).update(uncertainty=100)
        self.assertEqual(self.slugs("all=true"), [])

    def test_a_deleted_label_is_gone(self) -> None:
        photo = make_photo(labels=["cat"])
        Label.objects.update(deleted_at=photo.created_at)
        self.assertEqual(self.slugs("all=true"), [])

    def test_what_is_wrong_is_said(self) -> None:
        for query in ("order=sideways", "q=slugg:cat", "photos=few"):
            answer = self.get(query)
            self.assertEqual(answer.status_code, 400, query)
            self.assertTrue(answer.json()["error"])
        self.assertEqual(self.get("q=slugg:cat").json()["suggestion"], "slug")

    def test_the_queries_do_not_grow_with_the_labels(self) -> None:
        make_photo(labels=["ant", "bee", "cat", "dog", "elk"])
        recount_photos()
        client = self.client_of(self.admin)
        client.get("/api/v1/labels?count=10")
        with self.assertNumQueries(6):
            client.get("/api/v1/labels?count=10")

    def test_who_may_not(self) -> None:
        self.assertEqual(self.get(user=self.guest).status_code, 403)
        self.assertEqual(self.client.get("/api/v1/labels?count=10").status_code, 401)
