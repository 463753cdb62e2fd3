"""POST /api/v1/settings: what an account chooses is kept and told."""

from typing import Any

from django.contrib.auth.models import User

from sharing.accounts import account_of
from tests.base import TestCase


class SettingsTest(TestCase):
    def post(self, body: Any, user: User | None = None) -> Any:
        client = self.client_of(user or self.alice)
        return client.post("/api/v1/settings", body, content_type="application/json")

    def get(self, user: User | None = None) -> Any:
        return self.client_of(user or self.alice).get("/api/v1/settings").json()

    def test_what_is_chosen_is_kept_for_this_account(self) -> None:
        told = self.post({"ui": {"theme": "dark", "language": "de", "timeZone": "Europe/Berlin"}}).json()
        self.assertEqual(told["ui"], {"theme": "dark", "language": "de", "timeZone": "Europe/Berlin"})
        self.assertEqual((told, told["theme"]), (self.get(), "dark"))
        self.assertEqual(self.get(self.bob)["ui"]["theme"], "default")

    def test_a_part_leaves_the_rest(self) -> None:
        self.post({"ui": {"theme": "dark", "timeZone": "Europe/Berlin"}})
        self.post({"ui": {"theme": "default"}})
        self.assertEqual((self.get()["ui"]["theme"], self.get()["ui"]["timeZone"]), ("default", "Europe/Berlin"))
        self.post({"ui": {"timeZone": "Local"}})
        self.assertEqual(self.get()["ui"]["timeZone"], "")

    def test_all_settings_sent_back_change_nothing(self) -> None:
        before = self.get()
        self.assertEqual(self.post(before).json(), before)
        self.assertEqual(account_of(self.alice).language, "")

    def test_what_is_unknown_is_passed_over(self) -> None:
        before = self.get()
        body = {
            "templates": {"default": "x"},
            "ui": {"zoom": True},
            "stack": {"name": True},
            "features": {"edit": False},
        }
        self.assertEqual(self.post(body).json(), before)
        self.assertEqual(self.post({}).json(), before)

    def test_what_is_wrong_is_said_and_nothing_is_kept(self) -> None:
        for ui in ({"theme": "neon"}, {"language": "xx"}, {"timeZone": "Mars/Olympus"}, {"theme": 7}, "dark"):
            with self.subTest(ui):
                answer = self.post({"ui": {"timeZone": "UTC"} | ui if isinstance(ui, dict) else ui})
                self.assertEqual(answer.status_code, 400)
                self.assertTrue(answer.json()["error"])
        self.assertEqual(self.get()["ui"]["timeZone"], "")

    def test_a_guest_has_settings_of_their_own_and_nobody_has_none(self) -> None:
        self.assertEqual(self.post({"ui": {"theme": "light"}}, self.guest).json()["ui"]["theme"], "light")
        self.assertEqual(self.client.post("/api/v1/settings", {}).status_code, 401)
