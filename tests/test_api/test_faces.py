"""GET /api/v1/faces and /faces/:id: clusters of faces, with and without a name."""

from typing import Any

from django.contrib.auth.models import User

from faces.models import Face, Subject
from library.models import Photo
from tests.base import TestCase
from tests.make import make_marker, make_photo, make_subject

AREA = {"x": 0.25, "y": 0.5, "w": 0.125, "h": 0.125}


def make_face(letter: str, *photos: Photo, subject: Subject | None = None, **fields: Any) -> Face:
    """A cluster with a marker in each of these photos; its id is that letter 32 times."""
    face = Face.objects.create(id=letter * 32, subject=subject, **fields)
    for photo in photos:
        make_marker(photo, face=face, subject=subject, score=40, size=200, **AREA)
    return face


class FacesTest(TestCase):
    def get(self, query: str = "", user: User | None = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/faces?count=10&{query}")

    def ids(self, query: str = "", user: User | None = None) -> str:
        return "".join(face["ID"][0] for face in self.get(query, user).json())

    def test_a_cluster_without_a_name(self) -> None:
        photo = make_photo()
        make_face("A", photo)
        face = self.get("unknown=true&markers=true").json()[0]
        self.assertEqual((face["ID"], face["Name"], face["SubjUID"], face["Samples"]), ("A" * 32, "", "", 1))
        self.assertEqual(face["Thumb"], f"{photo.files.get().hash}-0fa1f407d07d")
        self.assertEqual((face["FileUID"], face["Size"], face["Score"]), (photo.files.get().uid, 200, 40))

    def test_the_marker_only_when_asked_for(self) -> None:
        make_face("A", make_photo())
        self.assertNotIn("MarkerUID", self.get().json()[0])

    def test_known_and_unknown(self) -> None:
        make_face("A", make_photo())
        make_face("B", make_photo(), subject=make_subject("Ben"))
        for query, ids in (("", "AB"), ("unknown=true", "A"), ("unknown=false", "B"), ("q=ben", "B")):
            self.assertEqual(self.ids(query), ids, query)

    def test_hidden_ones_only_when_asked_for(self) -> None:
        make_face("A", make_photo(), hidden=True)
        self.assertEqual((self.ids(), self.ids("hidden=true")), ("", "A"))

    def test_each_counts_what_it_sees(self) -> None:
        own = make_photo(owner=self.alice)
        make_face("A", make_photo(), own)
        make_face("B", own)
        samples = [[face["Samples"] for face in self.get(user=user).json()] for user in (self.alice, self.bob)]
        self.assertEqual(samples, [[2, 1], [1]])

    def test_the_cluster_of_a_private_person_is_not_for_viewers(self) -> None:
        make_face("A", make_photo(), subject=make_subject("Anna", private=True))
        self.assertEqual([self.ids(user=user) for user in (self.alice, self.bob)], ["A", ""])

    def test_sort_orders(self) -> None:
        make_face("A", make_photo())
        make_face("B", make_photo(), make_photo())
        self.assertEqual([self.ids(f"order={order}") for order in ("", "samples", "added")], ["BA", "BA", "BA"])
        self.assertEqual(self.get("order=sideways").status_code, 400)

    def test_who_may_not(self) -> None:
        self.assertEqual(self.get(user=self.guest).status_code, 403)
        self.assertEqual(self.client.get("/api/v1/faces?count=10").status_code, 401)


class FaceTest(TestCase):
    def get(self, face_id: str, user: User | None = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/faces/{face_id}")

    def test_one_cluster_by_its_id_in_any_case(self) -> None:
        make_face("A", make_photo())
        self.assertEqual(self.get("a" * 32).json()["ID"], "A" * 32)

    def test_one_on_other_peoples_photos_is_not_there(self) -> None:
        make_face("A", make_photo(owner=self.alice))
        answer = self.get("A" * 32, self.bob)
        self.assertEqual((answer.status_code, answer.json()["error"]), (404, "Face not found"))
