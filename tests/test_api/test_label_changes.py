"""PUT /labels/:uid, likes, merges, and labels hidden and shown again in batches."""

from typing import Any

from django.contrib.auth.models import User

from library.models import Label
from tests.base import TestCase
from tests.make import make_label, make_photo
from tests.test_api.on_disk import file_of


class LabelChangesTest(TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo(labels=["cat"])
        self.cat = make_label("cat")

    def ask(self, method: str, path: str, body: Any = None, user: User | None = None) -> Any:
        ask = getattr(self.client_of(user or self.alice), method)
        return ask(f"/api/v1/{path}", body, content_type="application/json")

    def put(self, **body: Any) -> Any:
        return self.ask("put", f"labels/{self.cat.uid}", body)

    def test_what_is_named_changes(self) -> None:
        told = self.put(Name="lynx", Priority=3, Favorite=True, Description="Wild", Notes="Rare").json()
        kept = {name: told[name] for name in ("Name", "Slug", "CustomSlug", "Priority", "Favorite", "Description")}
        wanted = ("Lynx", "cat", "lynx", 3, True, "Wild")
        self.assertEqual(tuple(kept.values()), wanted)
        self.assertEqual(told["PhotoCount"], 1)
        self.assertEqual(self.put(Name="Lynx").json()["Priority"], 3)

    def test_a_whole_label_sent_back_changes_nothing(self) -> None:
        told = self.ask("get", "labels?count=1").json()[0]
        self.assertEqual(self.put(**told).json(), told)
        self.assertEqual(Label.objects.get().thumb, "")

    def test_a_cover_can_be_chosen_and_given_back(self) -> None:
        newer = make_photo(labels=["cat"])
        told = self.put(Thumb=file_of(self.photo).hash).json()
        self.assertEqual((told["Thumb"], told["ThumbSrc"]), (file_of(self.photo).hash, "manual"))
        self.assertEqual(self.ask("get", "labels?count=1").json()[0]["Thumb"], file_of(self.photo).hash)
        self.assertEqual(self.put(Thumb="").json()["Thumb"], file_of(newer).hash)
        self.assertEqual(self.put(Thumb="0" * 40).status_code, 400)

    def test_a_chosen_cover_is_not_shown_to_whom_it_is_hidden_from(self) -> None:
        self.put(Thumb=file_of(self.photo).hash)
        self.photo.private = True
        self.photo.save()
        other = make_photo(labels=["cat"])
        told = self.ask("get", "labels?count=1", user=self.bob).json()[0]
        self.assertEqual(told["Thumb"], file_of(other).hash)

    def test_a_name_that_is_taken_is_a_conflict(self) -> None:
        make_photo(labels=["dog"])
        answer = self.put(Name="Dog")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, 409))
        self.assertIn("There is a label “Dog” already", answer.json()["error"])

    def test_what_is_wrong_is_said(self) -> None:
        for body in ({"Name": "!!!"}, {"Name": ""}, {"Priority": "much"}, {"Thumb": "x"}):
            with self.subTest(body):
                answer = self.put(**body)
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["error"])
        self.assertEqual(self.ask("put", "labels/lqu0xs11qekk9jx8", {"Name": "x"}).status_code, 404)

    def test_likes(self) -> None:
        self.assertTrue(self.ask("post", f"labels/{self.cat.uid}/like").json()["Favorite"])
        self.assertFalse(self.ask("delete", f"labels/{self.cat.uid}/like").json()["Favorite"])

    def test_labels_are_hidden_and_come_back(self) -> None:
        body = {"labels": [self.cat.uid, "lqu0xs11qekk9jx8"]}
        self.assertEqual(self.ask("post", "batch/labels/delete", body).json()["message"], "Labels deleted")
        self.assertEqual(self.ask("get", "labels?count=10&all=true").json(), [])
        self.assertEqual(self.ask("post", "batch/labels/restore", body).status_code, 200)
        self.assertEqual(len(self.ask("get", "labels?count=10").json()), 1)
        for wrong in ({}, {"labels": []}, {"labels": "x"}):
            self.assertEqual(self.ask("post", "batch/labels/delete", wrong).status_code, 400)

    def test_labels_are_merged_and_taken_apart(self) -> None:
        make_photo(labels=["kitten"])
        kitten = make_label("kitten")
        into = self.ask("post", f"labels/{kitten.uid}/merge", {"Into": self.cat.uid}).json()
        self.assertEqual((into["UID"], into["PhotoCount"]), (self.cat.uid, 2))
        self.assertEqual(self.ask("put", f"labels/{kitten.uid}", {"Name": "x"}).status_code, 404)
        back = self.ask("delete", f"labels/{kitten.uid}/merge").json()
        self.assertEqual((back["UID"], back["PhotoCount"]), (kitten.uid, 1))
        self.assertEqual(self.ask("delete", f"labels/{kitten.uid}/merge").status_code, 400)

    def test_what_is_not_seen_is_not_there(self) -> None:
        make_photo(labels=["secret"], owner=self.admin)
        secret = make_label("secret").uid
        for method, path, body in (
            ("put", f"labels/{secret}", {"Name": "x"}),
            ("post", f"labels/{secret}/like", None),
            ("post", f"labels/{self.cat.uid}/merge", {"Into": secret}),
        ):
            self.assertEqual(self.ask(method, path, body).status_code, 404)

    def test_who_may_not(self) -> None:
        for user in (self.bob, self.guest):
            self.assertEqual(self.ask("put", f"labels/{self.cat.uid}", {"Name": "x"}, user).status_code, 403)
            self.assertEqual(self.ask("post", "batch/labels/delete", {"labels": [self.cat.uid]}, user).status_code, 403)
        self.assertEqual(Label.objects.get().name, "Cat")
