"""POST, PUT and DELETE /api/v1/photos/:uid/label: labels by hand."""

from typing import Any

from library.models import Label, Photo, PhotoLabel
from tests.base import TestCase
from tests.make import make_label, make_photo


class PhotoLabelTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo(title="Tom", title_src="manual")

    def ask(self, method: str, path: str = "", body: Any = None, user: Any = None) -> Any:
        ask = getattr(self.client_of(user or self.alice), method)
        return ask(f"/api/v1/photos/{self.photo.uid}/label{path}", body, content_type="application/json")

    def seen(self, name: str, uncertainty: int = 20) -> Label:
        """A label that a program has seen in the photo."""
        label = make_label(name, photo_count=1)
        PhotoLabel.objects.create(photo=self.photo, label=label, src="image", uncertainty=uncertainty)
        return label

    def test_a_new_label_is_made_and_found(self) -> None:
        answer = self.ask("post", body={"Name": "garden gnome", "Priority": 2}).json()
        label = Label.objects.get()
        self.assertEqual(
            (label.name, label.slug, label.priority, label.photo_count), ("Garden Gnome", "garden-gnome", 2, 1)
        )
        self.assertEqual(
            [(row["Label"]["Slug"], row["LabelSrc"]) for row in answer["Labels"]], [("garden-gnome", "manual")]
        )
        self.assertFound("label:garden-gnome", self.photo)
        self.assertIsNotNone(answer["EditedAt"])

    def test_a_label_that_is_there_is_confirmed_and_counted_once(self) -> None:
        label = self.seen("cat")
        self.ask("post", body={"Name": "Cat"})
        row, label = PhotoLabel.objects.get(), Label.objects.get(pk=label.pk)
        self.assertEqual((row.src, row.uncertainty, label.photo_count), ("manual", 0, 1))

    def test_a_deleted_label_is_there_again(self) -> None:
        make_label("cat", deleted_at=self.photo.created_at)
        self.ask("post", body={"Name": "cat"})
        self.assertIsNone(Label.objects.get().deleted_at)

    def test_what_a_program_has_seen_stays_known_as_wrong(self) -> None:
        label = self.seen("cat")
        answer = self.ask("delete", f"/{label.pk}").json()
        self.assertEqual([row["Uncertainty"] for row in answer["Labels"]], [100])
        self.assertFound("label:cat")
        self.assertEqual(Label.objects.get().photo_count, 0)

    def test_what_a_person_has_said_is_gone(self) -> None:
        self.ask("post", body={"Name": "cat"})
        label = Label.objects.get()
        self.assertEqual(self.ask("delete", f"/{label.pk}").json()["Labels"], [])
        self.assertEqual(Label.objects.get().photo_count, 0)

    def test_a_doubt_can_be_told_and_taken_back(self) -> None:
        label = self.seen("cat", uncertainty=100)
        self.assertFound("label:cat")
        self.ask("put", f"/{label.pk}", {"Uncertainty": 0})
        self.assertFound("label:cat", self.photo)
        self.assertEqual(Label.objects.get().photo_count, 2)

    def test_photos_of_ones_own_do_not_change_the_number_that_all_are_told(self) -> None:
        Photo.objects.update(owner=self.alice)
        self.ask("post", body={"Name": "cat"})
        self.assertEqual(Label.objects.get().photo_count, 0)

    def test_what_is_wrong_is_said(self) -> None:
        for body in ({"Name": 123}, {"Name": ""}, {"Name": "!!!"}, {}, {"Name": "cat", "Uncertainty": 100}):
            with self.subTest(body):
                answer = self.ask("post", body=body)
                self.assertEqual((answer.status_code, answer.json()["code"]), (400, 400))
        label = self.seen("cat")
        self.assertEqual(self.ask("put", f"/{label.pk}", {"Uncertainty": 101}).status_code, 400)

    def test_a_label_that_the_photo_does_not_have_is_not_there(self) -> None:
        for number in (make_label("dog").pk, 10**25):
            with self.subTest(number):
                answer = self.ask("delete", f"/{number}")
                self.assertEqual((answer.status_code, answer.json()["error"]), (404, "Record not found"))

    def test_who_may_not(self) -> None:
        self.assertEqual(self.ask("post", body={"Name": "cat"}, user=self.bob).status_code, 403)
        Photo.objects.update(owner=self.admin)
        self.assertEqual(self.ask("post", body={"Name": "cat"}).status_code, 404)
        self.assertEqual(Label.objects.count(), 0)
