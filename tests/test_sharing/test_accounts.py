"""Accounts: made, changed, removed; what a new password and a new role bring with them."""

from django.core.exceptions import ValidationError

from sharing import accounts
from sharing.credentials import credentials_path, write_credentials
from sharing.grants import grant_for_preview_token
from sharing.models import AccessToken, TokenKind
from tests.base import PASSWORD, TestCase
from tests.make import make_photo

NEW = "another-long-passphrase"


class CreateTest(TestCase):
    def test_the_name_is_kept_in_lower_case(self) -> None:
        account = accounts.create_account("  Carol ", PASSWORD)
        self.assertEqual(account.user.username, "carol")

    def test_the_uid_is_photoprisms(self) -> None:
        self.assertRegex(accounts.create_account("carol", PASSWORD).uid, r"^u[0-9a-z]{15}$")

    def test_a_name_is_taken_in_whatever_case(self) -> None:
        with self.assertRaises(accounts.NameTaken):
            accounts.create_account("ALICE", PASSWORD)

    def test_a_name_needs_characters(self) -> None:
        with self.assertRaises(accounts.AccountProblem):
            accounts.create_account("  ", PASSWORD)

    def test_a_weak_password_is_refused(self) -> None:
        for weak in ("short", "password"):
            with self.subTest(weak), self.assertRaises(ValidationError):
                accounts.create_account("carol", weak)

    def test_only_administrators_enter_djangos_admin(self) -> None:
        self.assertTrue(accounts.create_account("carol", PASSWORD, role="admin").user.is_staff)
        self.assertFalse(accounts.create_account("dave", PASSWORD).user.is_staff)


class PasswordTest(TestCase):
    def test_thumb_addresses_handed_out_before_end(self) -> None:
        old = self.alice.account.preview_token
        self.assertIsNotNone(grant_for_preview_token(old))
        accounts.change_password(self.alice, NEW)
        self.assertIsNone(grant_for_preview_token(old))

    def test_sessions_of_apps_end_and_app_passwords_stay(self) -> None:
        kept = AccessToken.objects.create(user=self.alice, hash="a", kind=TokenKind.SESSION)
        AccessToken.objects.create(user=self.alice, hash="b", kind=TokenKind.SESSION)
        app = AccessToken.objects.create(user=self.alice, hash="c", kind=TokenKind.APP)
        accounts.change_password(self.alice, NEW, keep=kept)
        self.assertCountEqual(AccessToken.objects.all(), [kept, app])

    def test_the_file_with_the_first_password_goes_when_it_is_no_longer_true(self) -> None:
        path = credentials_path()
        self.addCleanup(path.unlink, missing_ok=True)
        write_credentials(path, url="http://localhost/", name="admin", password="first")
        accounts.change_password(self.alice, NEW)
        self.assertTrue(path.exists())
        accounts.change_password(self.admin, NEW)
        self.assertFalse(path.exists())

    def test_sessions_of_others_stay(self) -> None:
        AccessToken.objects.create(user=self.bob, hash="a", kind=TokenKind.SESSION)
        accounts.change_password(self.alice, NEW)
        self.assertEqual(AccessToken.objects.count(), 1)

    def test_pages_signed_in_elsewhere_end(self) -> None:
        client = self.client_of(self.alice)
        accounts.change_password(self.alice, NEW)
        self.assertEqual(client.get("/library/settings").status_code, 302)


class RoleTest(TestCase):
    def test_djangos_admin_follows_the_role(self) -> None:
        accounts.change_role(self.alice.account, "admin")
        accounts.change_role(self.admin.account, "user")
        self.admin.refresh_from_db()
        self.assertFalse(self.admin.is_staff or self.admin.is_superuser)

    def test_the_last_administrator_keeps_the_role(self) -> None:
        with self.assertRaises(accounts.LastAdministrator):
            accounts.change_role(self.admin.account, "user")

    def test_the_last_administrator_is_neither_deactivated_nor_removed(self) -> None:
        for act in (accounts.deactivate, accounts.remove_account):
            with self.subTest(act.__name__), self.assertRaises(accounts.LastAdministrator):
                act(self.admin)

    def test_a_deactivated_administrator_does_not_count(self) -> None:
        other = accounts.create_account("carol", PASSWORD, role="admin").user
        accounts.deactivate(other)
        with self.assertRaises(accounts.LastAdministrator):
            accounts.deactivate(self.admin)


class EndTest(TestCase):
    def test_deactivation_ends_pages_and_apps(self) -> None:
        page, app = self.client_of(self.alice), self.app_of(self.alice)
        accounts.deactivate(self.alice)
        self.assertEqual(page.get("/library/settings").status_code, 302)
        self.assertEqual(app.get("/api/v1/session").status_code, 401)

    def test_sessions_of_others_do_not_end(self) -> None:
        bob = self.client_of(self.bob)
        accounts.end_sessions(self.alice)
        self.assertEqual(bob.get("/library/settings").status_code, 200)

    def test_who_owns_photos_cannot_be_removed(self) -> None:
        make_photo(owner=self.alice)
        with self.assertRaises(accounts.OwnsPhotos):
            accounts.remove_account(self.alice)

    def test_the_account_of_a_user_from_createsuperuser_is_made(self) -> None:
        self.admin.account.delete()
        self.admin.refresh_from_db()
        self.assertEqual(accounts.account_of(self.admin).role, "admin")
