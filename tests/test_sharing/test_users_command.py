"""`manage.py users`: accounts from the command line."""

from io import StringIO

from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.base import TestCase


class UsersCommandTest(TestCase):
    def run_users(self, *arguments: str) -> str:
        out = StringIO()
        call_command("users", *arguments, stdout=out)
        return out.getvalue()

    def test_it_lists_name_and_role(self) -> None:
        self.assertRegex(self.run_users("ls"), rf"{self.bob.account.uid}  bob +viewer")

    def test_an_added_account_can_sign_in(self) -> None:
        told = self.run_users("add", "Carol", "--role", "viewer")
        user = authenticate(username="carol", password=told.rsplit("Password: ", 1)[1].strip())
        self.assertEqual(user.account.role, "viewer")

    def test_a_role_is_changed(self) -> None:
        self.run_users("mod", "bob", "--role", "admin")
        self.assertTrue(User.objects.get(username="bob").is_staff)

    def test_a_new_password_replaces_the_old(self) -> None:
        told = self.run_users("mod", "bob", "--password")
        self.assertIsNotNone(authenticate(username="bob", password=told.splitlines()[0].removeprefix("Password: ")))

    def test_deactivation_and_back(self) -> None:
        self.run_users("mod", "bob", "--deactivate")
        self.assertIn("deactivated", self.run_users("ls"))
        self.run_users("mod", "bob", "--activate")
        self.assertNotIn("deactivated", self.run_users("ls"))

    def test_a_removed_account_is_gone(self) -> None:
        self.run_users("rm", "bob")
        self.assertFalse(User.objects.filter(username="bob").exists())

    def test_what_cannot_be_is_a_sentence(self) -> None:
        for arguments in (("rm", "admin"), ("rm", "nobody"), ("add", "alice"), ("mod", "admin", "--role", "user")):
            with self.subTest(arguments), self.assertRaises(CommandError):
                self.run_users(*arguments)
