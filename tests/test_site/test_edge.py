"""Headers that every answer has, and errors in the form that the asker reads."""

from unittest.mock import patch

from django.db import OperationalError
from django.test import Client

from tests.base import TestCase


class HeadersTest(TestCase):
    def test_a_page_may_load_from_this_site_only(self) -> None:
        policy = self.client.get("/library/login").headers["Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)

    def test_pages_and_json_are_kept_by_nobody(self) -> None:
        for url in ("/library/login", "/api/v1/status"):
            with self.subTest(url):
                self.assertEqual(self.client.get(url).headers["Cache-Control"], "private, no-store")

    def test_nothing_is_framed_sniffed_or_listed(self) -> None:
        headers = self.client.get("/library/login").headers
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")
        self.assertEqual(headers["X-Robots-Tag"], "noindex, nofollow")

    def test_status_is_what_load_balancers_expect(self) -> None:
        self.assertEqual(self.client.get("/api/v1/status").json(), {"status": "operational"})


class ErrorTest(TestCase):
    def test_a_missing_page_is_told_in_the_shell(self) -> None:
        self.assertContains(self.client.get("/nowhere"), "This page does not exist.", status_code=404)

    def test_a_missing_api_url_is_told_in_json(self) -> None:
        answer = self.client.get("/api/v1/nowhere")
        self.assertEqual((answer.status_code, answer.json()["code"]), (404, 404))
        self.assertEqual(answer.headers["Content-Type"], "application/json; charset=utf-8")

    def test_a_refused_page_is_told_in_the_shell(self) -> None:
        self.assertContains(self.client_of(self.bob).get("/library/index"), "You may not do this.", status_code=403)

    def test_a_page_needs_a_sign_in_and_leads_back(self) -> None:
        answer = self.client.get("/library/browse?q=cat")
        self.assertRedirects(answer, "/library/login?next=/library/browse%3Fq%3Dcat", fetch_redirect_response=False)

    def test_a_failure_of_the_server_is_told_without_its_details(self) -> None:
        for url, kind in (("/library/settings", "text/html"), ("/api/v1/config", "application/json")):
            client = self.client_of(self.admin)
            client.raise_request_exception = False
            broken = ZeroDivisionError("secret")
            with self.subTest(url):
                with (
                    patch("sharing.views.account_of", side_effect=broken),
                    patch("photoprism_site.client_settings.account_of", side_effect=broken),
                ):
                    answer = client.get(url)
                self.assertContains(answer, "The server failed to answer.", status_code=500)
                self.assertNotContains(answer, "secret", status_code=500)
                self.assertTrue(answer.headers["Content-Type"].startswith(kind))

    def test_a_busy_database_is_worth_another_try(self) -> None:
        with patch("photoprism_site.client_settings.account_of", side_effect=OperationalError("database is locked")):
            answer = self.client_of(self.admin).get("/api/v1/config")
        self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (503, "5"))

    def test_a_wrong_filter_is_told_with_the_nearest(self) -> None:
        answer = self.client_of(self.admin).get("/api/v1/photos?count=1&q=colr:red").json()
        self.assertEqual((answer["code"], answer["suggestion"]), (400, "color"))

    def test_a_wrong_form_token_is_told_in_json_to_scripts(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.admin)
        answer = client.post("/api/v1/index", {}, content_type="application/json")
        self.assertEqual((answer.status_code, answer.json()["code"]), (403, 403))
