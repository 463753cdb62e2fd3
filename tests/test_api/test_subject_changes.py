"""PUT /api/v1/subjects/:uid and likes; PUT /faces/:id: names by hand."""

from typing import Any

from django.contrib.auth.models import User

from faces.models import Marker, Subject
from tests.base import TestCase
from tests.make import make_marker, make_photo, make_subject
from tests.test_api.test_faces import make_face


class AskingTest(TestCase):
    def ask(self, method: str, path: str, body: Any = None, user: User | None = None) -> Any:
        ask = getattr(self.client_of(user or self.alice), method)
        return ask(f"/api/v1/{path}", body, content_type="application/json")


class SubjectChangesTest(AskingTest):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo()
        self.anna = make_subject("Anna", self.photo)

    def put(self, user: User | None = None, **body: Any) -> Any:
        return self.ask("put", f"subjects/{self.anna.uid}", body, user)

    def test_what_is_named_changes_and_faces_take_the_name(self) -> None:
        told = self.put(Name="anna blum", Alias="Annie", About="Aunt", Bio="Born", Notes="Kind", Favorite=True).json()
        kept = [told[name] for name in ("Name", "Slug", "Alias", "About", "Bio", "Notes", "Favorite")]
        self.assertEqual(kept, ["Anna Blum", "anna-blum", "Annie", "Aunt", "Born", "Kind", True])
        self.assertEqual(Marker.objects.get().name, "Anna Blum")
        self.photo.refresh_from_db()
        self.assertEqual(self.photo.title, "Anna Blum / 2024")
        self.assertFound("annie blum", self.photo)

    def test_a_whole_person_sent_back_changes_nothing(self) -> None:
        told = self.ask("get", f"subjects/{self.anna.uid}").json()
        self.assertEqual(self.put(**told).json(), told)

    def test_the_name_of_somebody_else_is_a_conflict(self) -> None:
        make_subject("Ben", make_photo())
        answer = self.put(Name="Ben", Notes="x")
        self.assertEqual((answer.status_code, answer.json()["code"]), (409, 409))
        self.assertEqual(Subject.objects.get(pk=self.anna.pk).name, "Anna")

    def test_what_is_wrong_is_said(self) -> None:
        for body in ({"Name": "  "}, {"Name": "<>"}, {"Hidden": "perhaps"}):
            with self.subTest(body):
                answer = self.put(**body)
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["error"])

    def test_likes(self) -> None:
        self.assertTrue(self.ask("post", f"subjects/{self.anna.uid}/like").json()["Favorite"])
        self.assertFalse(self.ask("delete", f"subjects/{self.anna.uid}/like").json()["Favorite"])

    def test_who_may_not(self) -> None:
        for user in (self.bob, self.guest):
            self.assertEqual(self.put(user, Name="X").status_code, 403)
            self.assertEqual(self.ask("post", f"subjects/{self.anna.uid}/like", None, user).status_code, 403)
        secret = make_subject("Secret", make_photo(owner=self.admin))
        self.assertEqual(self.ask("put", f"subjects/{secret.uid}", {"Name": "X"}).status_code, 404)


class FaceChangesTest(AskingTest):
    def setUp(self) -> None:
        super().setUp()
        self.photo = make_photo()
        self.face = make_face("A", self.photo)

    def test_a_cluster_is_hidden_and_shown(self) -> None:
        for hidden in (True, False):
            told = self.ask("put", f"faces/{self.face.pk}", {"Hidden": hidden}).json()
            self.assertEqual(told["Hidden"], hidden)

    def test_a_cluster_is_given_to_somebody_and_its_faces_follow(self) -> None:
        anna, ben = make_subject("Anna", make_photo()), make_subject("Ben", make_photo())
        by_hand = make_marker(make_photo(), face=self.face, subject=ben, subject_src="manual", name="Ben")
        told = self.ask("put", f"faces/{self.face.pk}", {"Hidden": False, "SubjUID": anna.uid}).json()
        self.assertEqual((told["SubjUID"], told["Name"]), (anna.uid, "Anna"))
        self.assertIn(self.photo, self._photos(anna))
        self.assertEqual(Marker.objects.get(pk=by_hand.pk).subject, ben)

    def _photos(self, subject: Subject) -> list[Any]:
        return [marker.file.photo for marker in Marker.objects.filter(subject=subject).select_related("file__photo")]

    def test_what_is_not_there_is_not_found(self) -> None:
        nobody = "jqu0xs11qekk9jx8"
        self.assertEqual(self.ask("put", f"faces/{self.face.pk}", {"SubjUID": nobody}).status_code, 404)
        self.assertEqual(self.ask("put", "faces/X", {"Hidden": True}).status_code, 404)
        self.assertEqual(self.ask("put", f"faces/{self.face.pk}", {"Hidden": "x"}).status_code, 400)

    def test_who_may_not(self) -> None:
        answer = self.ask("put", f"faces/{self.face.pk}", {"Hidden": True}, self.bob)
        self.assertEqual(answer.status_code, 403)
