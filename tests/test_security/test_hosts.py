"""Where nobody signs in, a stranger's page must not reach the site under a name of its own (DNS rebinding)."""

from dataclasses import replace

from django.conf import settings
from django.test import override_settings

from photoprism_site.hosts import is_known_host
from photoprism_site.websocket import is_own_origin
from tests.base import TestCase

PUBLIC = replace(settings.OPTIONS, auth_mode="public")
NAMED = replace(PUBLIC, site_url="https://photos.example.com/")


class PublicModeTest(TestCase):
    @override_settings(OPTIONS=PUBLIC)
    def test_names_that_strangers_can_have_are_refused(self) -> None:
        for host in ("evil.example.com", "rebind.attacker.net:2342", "127.0.0.1.nip.io", "localhost.evil.com"):
            for path in ("/library/browse", "/api/v1/photos", f"/api/v1/t/{'0' * 40}/public/tile_224"):
                with self.subTest(host, path=path):
                    answer = self.client.get(path, headers={"host": host})
                    self.assertContains(answer, "PHOTOPRISM_SITE_URL has to name it.", status_code=400)

    @override_settings(OPTIONS=PUBLIC)
    def test_addresses_and_names_at_home_are_not(self) -> None:
        for host in ("127.0.0.1:2342", "192.168.1.5", "[::1]:2342", "localhost", "nas", "nas.local", "nas.fritz.lan"):
            with self.subTest(host):
                self.assertTrue(is_known_host(host))
                self.assertEqual(self.client.get("/api/v1/photos?count=1", headers={"host": host}).status_code, 200)

    @override_settings(OPTIONS=PUBLIC)
    def test_nor_do_they_hear_live_messages(self) -> None:
        headers = {b"host": b"rebind.attacker.net", b"origin": b"http://rebind.attacker.net"}
        self.assertFalse(is_own_origin(headers))

    @override_settings(OPTIONS=NAMED, ALLOWED_HOSTS=["photos.example.com"])
    def test_the_name_of_the_site_is_known(self) -> None:
        self.assertTrue(is_known_host("photos.example.com"))
        self.assertFalse(is_known_host("evil.example.com"))

    def test_with_a_sign_in_no_name_helps(self) -> None:
        self.assertEqual(self.client.get("/library/login", headers={"host": "photos.example.com"}).status_code, 200)


class RequestForgeryTest(TestCase):
    def test_another_site_can_neither_sign_anybody_in_nor_out_nor_change_anything(self) -> None:
        client = self.client_of(self.admin)
        client.handler.enforce_csrf_checks = True
        for method, path in (
            ("post", "/library/login"),
            ("post", "/library/logout"),
            ("post", "/library/settings"),
            ("post", "/library/settings/password"),
            ("delete", "/api/v1/session"),
            ("post", "/api/v1/batch/photos/archive"),
            ("post", "/api/v1/index"),
            ("delete", "/api/v1/errors"),
            ("post", "/api/v1/zip"),
        ):
            with self.subTest(path):
                answer = getattr(client, method)(path, {}, headers={"origin": "http://evil.example"})
                self.assertEqual(answer.status_code, 403)

    def test_a_sign_in_of_an_app_leaves_no_cookie_in_a_browser(self) -> None:
        answer = self.app_of(self.alice).get("/api/v1/session")
        self.assertNotIn("photoprism_session", answer.cookies)

    @override_settings(OPTIONS=PUBLIC)
    def test_nor_where_nobody_signs_in(self) -> None:
        client = self.client_class(enforce_csrf_checks=True)
        for origin in ("http://evil.example", "null"):
            answer = client.post("/api/v1/batch/photos/archive", {"photos": "a"}, headers={"origin": origin})
            self.assertEqual(answer.status_code, 403)

    def test_the_way_back_leads_to_this_site_only(self) -> None:
        for target in (
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "\thttp://e",
        ):
            answer = self.client.post(
                "/library/login", {"username": "bob", "password": "a-long-and-good-passphrase", "next": target}
            )
            self.assertEqual(answer.headers["Location"], "/library/browse", target)
            self.client.logout()
