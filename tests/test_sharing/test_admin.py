"""Accounts in Django's admin: the rules are those of accounts.py."""

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpResponse

from sharing.models import AccessToken, Account
from tests.base import PASSWORD, TestCase

USERS = "/admin/auth/user/"


class AccountAdminTest(TestCase):
    def setUp(self) -> None:
        self.page = self.client_of(self.admin)

    def act(self, action: str, *users: User) -> HttpResponse:
        chosen = {"action": action, "_selected_action": [user.pk for user in users]}
        return self.page.post(USERS, chosen, follow=True)

    def save(self, user: User, role: str, **more: str) -> HttpResponse:
        account = user.account
        inline = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": account.pk, "0-user": user.pk, "0-role": role}
        inline |= {f"0-{name}": value for name, value in more.items()}
        values = {f"account-{name}": value for name, value in {**inline, "0-theme": "system"}.items()}
        return self.page.post(f"{USERS}{user.pk}/change/", {"username": user.username, **values})

    def test_an_added_person_gets_an_account_with_the_role(self) -> None:
        self.add("carol", "admin")
        self.assertTrue(authenticate(username="carol", password=PASSWORD).is_staff)

    def test_the_role_that_the_form_proposes_is_taken_too(self) -> None:
        self.add("carol", Account().role)
        self.assertEqual(Account.objects.get(user__username="carol").role, Account().role)

    def test_a_name_is_taken_in_whatever_case(self) -> None:
        self.alice.username = "BOB"
        self.assertContains(self.save(self.alice, "user"), "Another account has this name.")

    def test_a_role_taken_away_closes_the_admin(self) -> None:
        self.save(self.alice, "admin")
        self.assertTrue(User.objects.get(username="alice").is_staff)
        self.save(self.alice, "viewer")
        self.assertFalse(User.objects.get(username="alice").is_staff)

    def test_the_folder_for_uploads_leads_nowhere_else(self) -> None:
        self.save(self.alice, "user", upload_path="../../phones/alice/")
        self.alice.account.refresh_from_db()
        self.assertEqual(self.alice.account.upload_path, "phones/alice")

    def test_the_last_administrator_keeps_the_role(self) -> None:
        self.assertContains(self.save(self.admin, "user"), "is the last administrator")
        self.admin.account.refresh_from_db()
        self.assertEqual(self.admin.account.role, "admin")

    def test_the_last_administrator_cannot_be_deactivated(self) -> None:
        self.assertContains(self.act("deactivate", self.admin), "is the last administrator")
        self.assertTrue(User.objects.get(username="admin").is_active)

    def test_signing_out_ends_pages_and_apps(self) -> None:
        alice, app = self.client_of(self.alice), self.app_of(self.alice)
        self.act("sign_out", self.alice)
        self.assertEqual(alice.get("/library/settings").status_code, 302)
        self.assertEqual(app.get("/api/v1/config").status_code, 401)

    def test_a_password_set_here_ends_sessions_and_media_addresses(self) -> None:
        app, old = self.app_of(self.alice), self.alice.account.preview_token
        values = {"password1": "another-long-passphrase", "password2": "another-long-passphrase"}
        self.page.post(f"{USERS}{self.alice.pk}/password/", values)
        self.alice.account.refresh_from_db()
        self.assertEqual(app.get("/api/v1/config").status_code, 401)
        self.assertNotEqual(self.alice.account.preview_token, old)

    def test_a_token_can_be_taken_back(self) -> None:
        app = self.app_of(self.alice)
        token = AccessToken.objects.get()
        self.page.post(f"/admin/sharing/accesstoken/{token.pk}/delete/", {"post": "yes"})
        self.assertEqual(app.get("/api/v1/config").status_code, 401)

    def test_the_queue_cannot_be_told_to_run_any_function(self) -> None:
        self.assertEqual(self.page.get("/admin/django_q/schedule/add/").status_code, 404)

    def add(self, name: str, role: str) -> None:
        inline = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0-role": role, "0-theme": "system"}
        person = {"username": name, "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        values = {f"account-{key}": value for key, value in inline.items()}
        self.assertRedirects(self.page.post(f"{USERS}add/", {**person, **values}), f"{USERS}{self.new_pk()}/change/")

    def new_pk(self) -> int:
        return User.objects.order_by("-pk").values_list("pk", flat=True)[0]
