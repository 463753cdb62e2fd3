"""GET /api/v1/subjects and /subjects/:uid: the people that the account sees, in the numbers it sees."""

from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import User

from faces import people
from tests.base import TestCase
from tests.make import make_file, make_marker, make_photo, make_subject

AREA = {"x": 0.25, "y": 0.5, "w": 0.125, "h": 0.125}


class SubjectsTest(TestCase):
    def get(self, query: str = "", user: User | None = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/subjects?count=10&{query}")

    def names(self, query: str = "", user: User | None = None) -> list[str]:
        return [subject["Name"] for subject in self.get(query, user).json()]

    def test_the_newest_face_stands_for_a_person(self) -> None:
        anna = make_subject("Anna", make_photo())
        newest = make_photo()
        marker = make_marker(newest, subject=anna, **AREA)
        make_marker(make_photo(archived=True), subject=anna)
        found = self.get().json()[0]
        self.assertEqual(found["Thumb"], f"{newest.files.get().hash}-0fa1f407d07d")
        self.assertEqual((found["MarkerUID"], found["PhotoCount"], found["FileCount"]), (marker.uid, 2, 2))

    def test_two_faces_and_two_files_are_one_photo(self) -> None:
        photo = make_photo()
        anna = make_subject("Anna", photo, photo)
        make_marker(photo, subject=anna, invalid=True)
        make_file(photo)
        found = self.get().json()[0]
        self.assertEqual((found["PhotoCount"], found["FileCount"]), (1, 1))

    def test_each_sees_their_own(self) -> None:
        own = make_photo(owner=self.alice)
        make_subject("Anna", make_photo(), own)
        make_subject("Ben", own)
        make_subject("Carl", make_photo(private=True))
        counts = {user: self.get(user=user).json() for user in (self.admin, self.alice, self.bob)}
        told = [{one["Name"]: one["PhotoCount"] for one in found} for found in counts.values()]
        self.assertEqual(told, [{"Anna": 2, "Ben": 1, "Carl": 0}, {"Anna": 2, "Ben": 1}, {"Anna": 1}])

    def test_private_and_hidden_people_are_for_who_sees_what_is_private(self) -> None:
        make_subject("Anna", make_photo(), private=True)
        make_subject("Ben", make_photo(), hidden=True)
        self.assertEqual([self.names(user=user) for user in (self.alice, self.bob)], [["Anna"], []])
        self.assertEqual([self.names("hidden=true", user) for user in (self.alice, self.bob)], [["Ben"], []])
        self.assertEqual([self.names("all=true", user) for user in (self.alice, self.bob)], [["Anna", "Ben"], []])

    def test_filters(self) -> None:
        make_subject("Anna Smith", make_photo(), make_photo(), favorite=True)
        make_subject("Rex", make_photo(), type="pet")
        for query, names in (
            ("q=smith", ["Anna Smith"]),
            ("type=person", ["Anna Smith"]),
            ("type=pet", ["Rex"]),
            ("favorite=true", ["Anna Smith"]),
            ("favorite=false", ["Rex"]),
            ("photos=2", ["Anna Smith"]),
            ("files=1-1", ["Rex"]),
            ("q=photos:<2", ["Rex"]),
        ):
            with self.subTest(query):
                self.assertEqual(self.names(query), names)

    def test_sort_orders_and_pages(self) -> None:
        make_subject("Anna", make_photo())
        make_subject("Ben", make_photo(), make_photo(), favorite=True)
        for order, names in (("", ["Ben", "Anna"]), ("name", ["Anna", "Ben"]), ("count", ["Ben", "Anna"])):
            self.assertEqual(self.names(f"order={order}"), names)
        self.assertEqual(self.names("order=name&count=1&offset=1"), ["Ben"])

    def test_what_is_wrong_is_said(self) -> None:
        for query in ("order=sideways", "q=nmae:anna", "photos=few"):
            answer = self.get(query)
            self.assertEqual(answer.status_code, 400, query)
            self.assertTrue(answer.json()["error"])
        self.assertEqual(self.get("q=nmae:anna").json()["suggestion"], "name")

    def test_the_queries_do_not_grow_with_the_people(self) -> None:
        for number in range(5):
            make_subject(f"Person {number}", make_photo())
        client = self.client_of(self.admin)
        client.get("/api/v1/subjects?count=10")
        with self.assertNumQueries(7):
            self.assertEqual(len(client.get("/api/v1/subjects?count=10").json()), 5)

    @patch.object(people, "MANY", 1)
    def test_numbers_among_very_many_faces_may_be_a_minute_old(self) -> None:
        make_subject("Anna", make_photo(), make_photo())
        before = [self.get(user=user).json()[0]["PhotoCount"] for user in (self.admin, self.bob)]
        make_subject("Anna", make_photo(owner=self.alice))
        make_subject("Ben", make_photo(owner=self.alice))
        after = [self.get(user=user).json()[0]["PhotoCount"] for user in (self.admin, self.bob, self.alice)]
        self.assertEqual((before, after), ([2, 2], [2, 2, 3]))
        self.assertEqual(self.names(user=self.bob), ["Anna"])

    def test_who_may_not(self) -> None:
        self.assertEqual(self.get(user=self.guest).status_code, 403)
        self.assertEqual(self.client.get("/api/v1/subjects?count=10").status_code, 401)


class SubjectTest(TestCase):
    def get(self, uid: str, user: User | None = None) -> Any:
        return self.client_of(user or self.admin).get(f"/api/v1/subjects/{uid}")

    def test_what_was_written_about_them(self) -> None:
        anna = make_subject("Anna", make_photo(), about="Sister")
        answer = self.get(anna.uid).json()
        self.assertEqual((answer["Name"], answer["About"], answer["PhotoCount"]), ("Anna", "Sister", 1))

    def test_nobody_and_somebody_on_other_peoples_photos_look_the_same(self) -> None:
        ben = make_subject("Ben", make_photo(owner=self.alice))
        answers = [self.get(uid, self.bob) for uid in (ben.uid, "jqu0xs11qekk9jx8")]
        self.assertEqual([answer.status_code for answer in answers], [404, 404])
        self.assertEqual(answers[0].json(), {"code": 404, "error": "Subject not found", "message": "Subject not found"})
        self.assertEqual(answers[0].content, answers[1].content)

    def test_administrators_know_people_without_photos(self) -> None:
        self.assertEqual(self.get(make_subject("Nobody").uid).json()["Thumb"], "")
