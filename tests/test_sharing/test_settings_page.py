"""The settings page: what is chosen is kept, and a new password ends other sessions."""

from django.contrib.auth import authenticate
from django.http import HttpResponse

from tests.base import PASSWORD, TestCase

SETTINGS = "/library/settings"
NEW = "another-long-passphrase"


class SettingsPageTest(TestCase):
    def setUp(self) -> None:
        self.page = self.client_of(self.alice)

    def save(self, **values: str) -> HttpResponse:
        return self.page.post(SETTINGS, {"theme": "system", **values})

    def test_choices_are_kept(self) -> None:
        answer = self.save(theme="dark", language="de", time_zone="Europe/Berlin", display_name="Alice L.")
        self.assertRedirects(answer, SETTINGS)
        self.alice.account.refresh_from_db()
        account = self.alice.account
        kept = (account.theme, account.language, account.time_zone, account.display_name)
        self.assertEqual(kept, ("dark", "de", "Europe/Berlin", "Alice L."))

    def test_the_language_rules_the_page(self) -> None:
        self.save(language="he")
        self.assertContains(self.page.get(SETTINGS), 'lang="he" dir="rtl"')

    def test_the_theme_rules_the_page(self) -> None:
        self.save(theme="dark")
        self.assertContains(self.page.get(SETTINGS), 'data-theme="dark"')

    def test_what_does_not_exist_is_refused(self) -> None:
        for field, value in (("theme", "pink"), ("language", "xx"), ("time_zone", "Mars/Olympus")):
            with self.subTest(field):
                self.assertEqual(self.save(**{field: value}).status_code, 422)


class PasswordPageTest(TestCase):
    def setUp(self) -> None:
        self.page = self.client_of(self.alice)

    def change(self, old: str = PASSWORD, new: str = NEW) -> HttpResponse:
        values = {"old_password": old, "new_password1": new, "new_password2": new}
        return self.page.post(f"{SETTINGS}/password", values)

    def test_the_new_password_signs_in(self) -> None:
        self.assertRedirects(self.change(), SETTINGS)
        self.assertIsNotNone(authenticate(username="alice", password=NEW))

    def test_this_session_goes_on_and_others_end(self) -> None:
        other = self.client_of(self.alice)
        self.change()
        self.assertEqual(self.page.get(SETTINGS).status_code, 200)
        self.assertEqual(other.get(SETTINGS).status_code, 302)

    def test_the_old_password_is_needed(self) -> None:
        self.assertEqual(self.change(old="wrong").status_code, 422)
        self.assertIsNotNone(authenticate(username="alice", password=PASSWORD))

    def test_a_weak_password_is_refused_with_the_reason(self) -> None:
        self.assertContains(self.change(new="short"), "too short", status_code=422)

    def test_guessing_the_old_password_is_limited(self) -> None:
        for _ in range(10):
            self.change(old="wrong")
        self.assertContains(self.change(), "Too many failed attempts.", status_code=422)
        self.assertIsNotNone(authenticate(username="alice", password=PASSWORD))
