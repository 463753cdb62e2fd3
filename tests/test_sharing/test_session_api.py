"""/api/v1/session and the headers that carry its token."""

from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from sharing.models import AccessToken
from tests.base import PASSWORD, TestCase

SESSION = "/api/v1/session"


def sign_in(name: str = "alice", password: str = PASSWORD, url: str = SESSION) -> HttpResponse:
    return Client().post(url, {"username": name, "password": password}, content_type="application/json")


class SignInTest(TestCase):
    def test_the_answer_has_what_apps_read(self) -> None:
        answer = sign_in().json()
        self.assertEqual(answer["status"], "success")
        self.assertEqual(answer["id"], answer["access_token"])
        self.assertEqual(answer["user"]["Name"], "alice")
        self.assertEqual(answer["user"]["UID"], self.alice.account.uid)
        self.assertTrue(answer["config"]["previewToken"] and answer["config"]["downloadToken"])
        self.assertIn("all", answer["config"]["count"])

    def test_the_token_is_in_a_header_too(self) -> None:
        answer = sign_in()
        self.assertEqual(answer.headers["X-Session-ID"], answer.json()["id"])

    def test_the_content_type_is_the_one_apps_compare(self) -> None:
        self.assertEqual(sign_in().headers["Content-Type"], "application/json; charset=utf-8")

    def test_the_token_is_stored_as_a_hash_only(self) -> None:
        token = sign_in().json()["access_token"]
        self.assertRegex(token, r"^[0-9a-f]{48}$")
        self.assertNotIn(token, str(AccessToken.objects.values().get()))

    def test_every_known_address_of_it_works(self) -> None:
        for url in (SESSION, f"{SESSION}/", f"{SESSION}s", f"{SESSION}s/"):
            with self.subTest(url):
                self.assertEqual(sign_in(url=url).status_code, 200)

    def test_wrong_and_unknown_are_one_answer(self) -> None:
        wrong, unknown = sign_in(password="wrong"), sign_in(name="nobody")
        self.assertEqual((wrong.status_code, wrong.content), (unknown.status_code, unknown.content))
        sentence = "The name or the password is wrong."
        self.assertEqual(wrong.json(), {"code": 401, "error": sentence, "message": sentence})

    def test_a_bad_body_is_a_400(self) -> None:
        for body in ("{", "[]", "null", "{}", '{"username": "alice"}', '{"username": ["a"], "password": {"b": 1}}'):
            with self.subTest(body):
                answer = Client().post(SESSION, body, content_type="application/json")
                self.assertEqual(answer.status_code, 400)

    def test_a_name_with_a_zero_byte_is_a_400(self) -> None:
        self.assertEqual(sign_in(name="ali\0ce").status_code, 400)

    def test_an_expired_token_does_not_stop_a_new_sign_in(self) -> None:
        client = Client(headers={"X-Session-ID": "0" * 48})
        answer = client.post(SESSION, {"username": "alice", "password": PASSWORD}, content_type="application/json")
        self.assertEqual(answer.status_code, 200)

    def test_no_csrf_token_is_needed(self) -> None:
        client = Client(enforce_csrf_checks=True)
        answer = client.post(SESSION, {"username": "alice", "password": PASSWORD}, content_type="application/json")
        self.assertEqual(answer.status_code, 200)

    def test_each_failure_counts_and_the_eleventh_is_refused(self) -> None:
        codes = [sign_in(password="wrong").status_code for _ in range(10)]
        refused = sign_in()
        self.assertEqual((set(codes), refused.status_code), ({401}, 429))
        self.assertIn("Retry-After", refused.headers)


class TokenTest(TestCase):
    def setUp(self) -> None:
        self.session = sign_in().json()
        self.token = self.session["access_token"]

    def get(self, url: str = SESSION, **headers: str) -> HttpResponse:
        return Client(headers={name.replace("_", "-"): value for name, value in headers.items()}).get(url)

    def test_all_three_headers_carry_it(self) -> None:
        for headers in (
            {"X_Auth_Token": self.token},
            {"X_Session_ID": self.token},
            {"Authorization": f"Bearer {self.token}"},
        ):
            with self.subTest(*headers):
                self.assertEqual(self.get(**headers).json()["user"]["Name"], "alice")

    def test_the_secret_is_not_told_again(self) -> None:
        self.assertNotIn(self.token, self.get(X_Auth_Token=self.token).content.decode())

    def test_without_one_the_answer_is_401_in_json(self) -> None:
        for headers in ({}, {"X_Auth_Token": "wrong"}, {"Authorization": "Bearer "}, {"Authorization": "Basic YTpi"}):
            with self.subTest(headers):
                answer = self.get(**headers)
                self.assertEqual(answer.status_code, 401)
                self.assertEqual(answer.json()["code"], 401)

    def test_it_expires(self) -> None:
        AccessToken.objects.update(expires_at=timezone.now())
        self.assertEqual(self.get(X_Auth_Token=self.token).status_code, 401)

    def test_an_unused_session_ends(self) -> None:
        AccessToken.objects.update(last_active_at=timezone.now() - timedelta(days=8))
        self.assertEqual(self.get(X_Auth_Token=self.token).status_code, 401)

    def test_its_scope_bounds_it(self) -> None:
        AccessToken.objects.update(scope="config")
        self.assertEqual(self.get("/api/v1/config", X_Auth_Token=self.token).status_code, 200)
        self.assertEqual(self.get("/api/v1/photos?count=1", X_Auth_Token=self.token).status_code, 403)

    def test_its_media_tokens_are_its_own(self) -> None:
        config = self.session["config"]
        self.assertNotEqual(config["previewToken"], self.alice.account.preview_token)


class EndTest(TestCase):
    def setUp(self) -> None:
        self.session = sign_in().json()
        self.app = Client(headers={"X-Auth-Token": self.session["access_token"]})

    def test_deleting_it_signs_out(self) -> None:
        self.assertEqual(self.app.delete(SESSION).json(), {"status": "success", "id": self.session["session_id"]})
        self.assertEqual(self.app.get(SESSION).status_code, 401)

    def test_it_has_an_address_of_its_own(self) -> None:
        for known_by in (self.session["session_id"], self.session["access_token"]):
            self.assertEqual(self.app.get(f"{SESSION}/{known_by}").status_code, 200)
        self.assertEqual(self.app.delete(f"{SESSION}s/{self.session['session_id']}").status_code, 200)

    def test_nobody_ends_the_session_of_another(self) -> None:
        for name in ("bob", "admin"):
            other = Client(headers={"X-Auth-Token": sign_in(name).json()["access_token"]})
            with self.subTest(name):
                self.assertEqual(other.delete(f"{SESSION}/{self.session['session_id']}").status_code, 403)
        self.assertEqual(self.app.get(SESSION).status_code, 200)

    def test_without_a_sign_in_nothing_ends(self) -> None:
        self.assertEqual(Client().delete(f"{SESSION}/{self.session['session_id']}").status_code, 401)


class PageTest(TestCase):
    def test_the_cookie_of_a_page_is_enough_to_read(self) -> None:
        answer = self.client_of(self.alice).get(SESSION)
        self.assertEqual(answer.json()["user"]["Name"], "alice")

    def test_a_change_by_cookie_needs_the_csrf_token(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.alice)
        self.assertEqual(client.delete(SESSION).status_code, 403)
        self.assertEqual(client.get(SESSION).status_code, 200)
