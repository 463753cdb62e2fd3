"""The sign-in page: who gets in, where to, how often one may err."""

from dataclasses import replace
from unittest.mock import patch

from django.conf import settings
from django.test import Client, override_settings

from sharing.accounts import deactivate
from tests.base import PASSWORD, TestCase

LOGIN = "/library/login"
PUBLIC = replace(settings.OPTIONS, auth_mode="public")


class LoginPageTest(TestCase):
    def sign_in(self, name: str = "alice", password: str = PASSWORD, **more: str) -> object:
        return self.client.post(LOGIN, {"username": name, "password": password, **more})

    def test_the_timeline_follows(self) -> None:
        self.assertRedirects(self.sign_in(), "/library/browse", fetch_redirect_response=False)

    def test_the_name_counts_in_any_case(self) -> None:
        self.assertEqual(self.sign_in(" ALICE ").status_code, 302)

    def test_a_wrong_password_and_an_unknown_name_look_the_same(self) -> None:
        answers = [self.sign_in(password="wrong"), self.sign_in(name="nobody")]
        self.assertEqual({answer.status_code for answer in answers}, {200})
        for answer in answers:
            self.assertContains(answer, "The name or the password is wrong.")

    def test_a_deactivated_account_looks_the_same_too(self) -> None:
        deactivate(self.alice)
        self.assertContains(self.sign_in(), "The name or the password is wrong.")

    def test_an_unknown_name_costs_as_much_hashing_as_a_wrong_password(self) -> None:
        with patch("django.contrib.auth.hashers.MD5PasswordHasher.encode", return_value="md5$x$y") as encode:
            self.sign_in(password="wrong")
            known = encode.call_count
            self.sign_in(name="nobody")
        self.assertEqual(encode.call_count, known * 2)

    def test_one_goes_on_where_one_was(self) -> None:
        self.assertRedirects(self.sign_in(next="/library/errors"), "/library/errors", fetch_redirect_response=False)

    def test_nobody_is_sent_to_another_site(self) -> None:
        for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"):
            with self.subTest(target):
                self.assertRedirects(self.sign_in(next=target), "/library/browse", fetch_redirect_response=False)
                self.client.logout()

    def test_who_is_signed_in_needs_no_second_time(self) -> None:
        answer = self.client_of(self.alice).get(LOGIN, {"next": "/library/settings"})
        self.assertRedirects(answer, "/library/settings", fetch_redirect_response=False)

    def test_the_session_ends_with_the_browser_unless_wished_otherwise(self) -> None:
        self.assertEqual(self.sign_in().cookies["photoprism_session"]["max-age"], "")
        self.client.logout()
        self.assertGreater(self.sign_in(remember="on").cookies["photoprism_session"]["max-age"], 0)

    def test_the_session_cookie_is_out_of_reach_of_scripts(self) -> None:
        cookie = self.sign_in().cookies["photoprism_session"]
        self.assertTrue(cookie["httponly"])
        self.assertEqual(cookie["samesite"], "Lax")

    def test_a_form_of_another_site_is_refused(self) -> None:
        answer = Client(enforce_csrf_checks=True).post(LOGIN, {"username": "alice", "password": PASSWORD})
        self.assertContains(answer, "This page is no longer current.", status_code=403)

    def test_a_site_that_does_not_know_its_address_says_what_to_set(self) -> None:
        client = Client(enforce_csrf_checks=True, headers={"Origin": "https://photos.example"})
        answer = client.post(LOGIN, {"username": "alice", "password": PASSWORD})
        self.assertContains(answer, "PHOTOPRISM_SITE_URL", status_code=403)


class LimitTest(TestCase):
    def fail(self) -> object:
        return self.client.post(LOGIN, {"username": "alice", "password": "wrong"})

    def test_ten_failures_close_the_door(self) -> None:
        answers = [self.fail().status_code for _ in range(10)]
        refused = self.fail()
        self.assertEqual(set(answers), {200})
        self.assertContains(refused, "Too many failed attempts.", status_code=429)
        self.assertGreater(int(refused.headers["Retry-After"]), 0)

    def test_the_right_password_does_not_open_it(self) -> None:
        for _ in range(10):
            self.fail()
        answer = self.client.post(LOGIN, {"username": "alice", "password": PASSWORD})
        self.assertEqual(answer.status_code, 429)

    def test_pages_and_apps_are_counted_together(self) -> None:
        for _ in range(10):
            self.fail()
        body = {"username": "alice", "password": PASSWORD}
        answer = self.client.post("/api/v1/session", body, content_type="application/json")
        self.assertEqual(answer.status_code, 429)


class LogoutTest(TestCase):
    def test_it_ends_the_session(self) -> None:
        client = self.client_of(self.alice)
        self.assertRedirects(client.post("/library/logout"), LOGIN)
        self.assertEqual(client.get("/api/v1/config").status_code, 401)

    def test_a_link_cannot_do_it(self) -> None:
        self.assertEqual(self.client_of(self.alice).get("/library/logout").status_code, 405)


@override_settings(OPTIONS=PUBLIC)
class PublicModeTest(TestCase):
    def test_pages_open_without_sign_in(self) -> None:
        self.assertEqual(self.client.get("/library/settings").status_code, 200)
        self.assertRedirects(self.client.get(LOGIN), "/library/browse", fetch_redirect_response=False)

    def test_djangos_admin_asks_for_a_sign_in(self) -> None:
        answer = self.client.get("/admin/", follow=True)
        self.assertContains(answer, "Sign in to your photos")
        self.client.post(LOGIN, {"username": "admin", "password": PASSWORD, "next": "/admin/"})
        self.assertEqual(self.client.get("/admin/").status_code, 200)

    def test_nobody_changes_the_administrators_password(self) -> None:
        self.assertEqual(self.client.post("/library/settings/password").status_code, 403)
        answer = self.client.put(f"/api/v1/users/{self.admin.account.uid}/password", {}, "application/json")
        self.assertEqual(answer.status_code, 403)

    def test_media_tokens_are_no_secret(self) -> None:
        config = self.client.get("/api/v1/config").json()
        self.assertEqual((config["previewToken"], config["downloadToken"]), ("public", "public"))
        self.assertTrue(config["public"])

    def test_another_site_cannot_act_through_a_visitors_browser(self) -> None:
        client = Client(enforce_csrf_checks=True)
        url = f"/api/v1/users/{self.admin.account.uid}"
        foreign = client.put(url, {}, "application/json", headers={"Origin": "https://evil.example"})
        self.assertEqual(foreign.status_code, 403)
        self.assertEqual(client.put(url, {}, "application/json").status_code, 200)
