"""The first administrator and the file with their password."""

import tempfile
from pathlib import Path

from django.contrib.auth import authenticate
from django.test import TestCase

from sharing.accounts import add_account
from sharing.first_admin import ensure_admin


class FirstAdminTest(TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "credentials.txt"

    def ensure(self, *, name: str = "admin", password: str = "") -> bool:
        return ensure_admin(name=name, password=password, url="http://localhost:2342/", credentials=self.file)

    def test_a_made_password_signs_in(self) -> None:
        self.assertTrue(self.ensure(name="Eileen"))
        lines = dict(line.split(": ", 1) for line in self.file.read_text().splitlines())
        self.assertEqual((lines["URL"], lines["User"]), ("http://localhost:2342/", "eileen"))
        self.assertIsNotNone(authenticate(username="eileen", password=lines["Password"]))

    def test_only_its_owner_may_read_the_file(self) -> None:
        self.ensure()
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)

    def test_nothing_else_is_left_beside_the_file(self) -> None:
        self.ensure()
        self.assertEqual(list(self.file.parent.iterdir()), [self.file])

    def test_a_given_password_is_written_nowhere(self) -> None:
        self.ensure(password="given-by-the-owner")
        self.assertFalse(self.file.exists())
        self.assertIsNotNone(authenticate(username="admin", password="given-by-the-owner"))

    def test_an_administrator_keeps_their_password(self) -> None:
        self.ensure(password="given-by-the-owner")
        self.assertFalse(self.ensure(password="another-of-the-owner"))
        self.assertIsNotNone(authenticate(username="admin", password="given-by-the-owner"))

    def test_an_administrator_of_another_name_is_enough(self) -> None:
        add_account("carol", "carols-password", role="admin")
        self.assertFalse(self.ensure())

    def test_a_file_that_cannot_be_written_makes_no_account(self) -> None:
        self.file = self.file.parent / "missing" / "credentials.txt"
        with self.assertRaises(FileNotFoundError):
            self.ensure()
        self.assertIsNone(authenticate(username="admin", password=""))
