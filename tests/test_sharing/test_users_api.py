"""/api/v1/users: one's own account and password."""

from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.test import Client

from tests.base import PASSWORD, TestCase

NEW = "another-long-passphrase"


class UserTest(TestCase):
    def setUp(self) -> None:
        self.app = self.app_of(self.alice)
        self.url = f"/api/v1/users/{self.alice.account.uid}"

    def put(self, values: object) -> HttpResponse:
        return self.app.put(self.url, values, "application/json")

    def test_what_is_given_changes_and_the_rest_stays(self) -> None:
        self.put({"Email": "alice@example.org"})
        answer = self.put({"DisplayName": "Alicia"}).json()
        self.assertEqual((answer["DisplayName"], answer["Email"]), ("Alicia", "alice@example.org"))

    def test_role_and_name_cannot_be_given(self) -> None:
        answer = self.put({"Role": "admin", "Name": "root", "SuperAdmin": True}).json()
        self.assertEqual((answer["Role"], answer["Name"], answer["SuperAdmin"]), ("user", "alice", False))

    def test_what_is_no_text_is_refused(self) -> None:
        for value in (1, None, ["a"], "a" * 201, "a\0b"):
            with self.subTest(value):
                self.assertEqual(self.put({"DisplayName": value}).status_code, 400)

    def test_the_account_of_another_is_refused_to_everybody(self) -> None:
        for user in (self.bob, self.admin):
            with self.subTest(user.username):
                answer = self.client_of(user).put(self.url, {"DisplayName": "X"}, "application/json")
                self.assertEqual(answer.status_code, 403)


class PasswordTest(TestCase):
    def setUp(self) -> None:
        self.app = self.app_of(self.alice)
        self.url = f"/api/v1/users/{self.alice.account.uid}/password"

    def change(self, old: str = PASSWORD, new: str = NEW, *, by: Client | None = None) -> HttpResponse:
        return (by or self.app).put(self.url, {"old": old, "new": new}, "application/json")

    def test_the_new_one_signs_in_and_this_session_goes_on(self) -> None:
        other = self.app_of(self.alice)
        self.assertEqual(self.change().status_code, 200)
        self.assertIsNotNone(authenticate(username="alice", password=NEW))
        self.assertEqual(self.app.get("/api/v1/session").status_code, 200)
        self.assertEqual(other.get("/api/v1/session").status_code, 401)

    def test_the_page_that_changes_it_stays_signed_in(self) -> None:
        page = self.client_of(self.alice)
        self.assertEqual(self.change(by=page).status_code, 200)
        self.assertEqual(page.get("/api/v1/session").status_code, 200)

    def test_a_wrong_old_one_is_a_400(self) -> None:
        self.assertEqual(self.change(old="wrong").status_code, 400)

    def test_a_weak_new_one_is_a_400_with_the_reason(self) -> None:
        self.assertIn("too short", self.change(new="short").json()["error"])

    def test_nobody_changes_that_of_another(self) -> None:
        self.assertEqual(self.change(by=self.client_of(self.admin)).status_code, 403)

    def test_guessing_is_limited(self) -> None:
        codes = [self.change(old="wrong").status_code for _ in range(11)]
        self.assertEqual(codes, [400] * 10 + [429])
