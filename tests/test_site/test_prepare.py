"""`manage.py prepare`: makes what is missing, says so in a line, and does nothing the second time."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent.parent


class PrepareTest(TestCase):
    """In a process of its own, with a storage folder and SQLite of its own."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.storage = self.folder / "storage"
        (self.folder / "env").touch()

    def prepare(self, **options: str) -> subprocess.CompletedProcess[str]:
        paths = {name: str(self.folder / name.lower()) for name in ("STORAGE", "ORIGINALS", "IMPORT")}
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PHOTOPRISM_")}
        environ |= {f"PHOTOPRISM_{name}_PATH": path for name, path in paths.items()}
        environ |= {"PHOTOPRISM_ENV_FILE": str(self.folder / "env")}
        environ |= {f"PHOTOPRISM_{name}": value for name, value in options.items()}
        command = [sys.executable, "manage.py", "prepare"]
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    def test_an_empty_machine_is_made_ready_once(self) -> None:
        first, second = self.prepare(), self.prepare()
        self.assertEqual((first.returncode, second.returncode), (0, 0), first.stderr + second.stderr)
        self.assertIn("Administrator “admin” made.", first.stdout)
        self.assertEqual(second.stdout + second.stderr, "")
        self.assertEqual((self.storage / "credentials.txt").stat().st_mode & 0o777, 0o600)
        self.assertTrue((self.storage / "static" / "staticfiles.json").exists())
        self.assertTrue((self.folder / "originals").is_dir())

    def test_a_database_that_does_not_answer_is_one_sentence(self) -> None:
        answer = self.prepare(DATABASE_DRIVER="postgres", DATABASE_SERVER="127.0.0.1:1")
        self.assert_sentence(answer, "The database cannot be used")

    def test_a_redis_that_does_not_answer_is_one_sentence(self) -> None:
        self.assert_sentence(self.prepare(REDIS_URL="redis://127.0.0.1:1/0"), "Redis cannot be used")

    def test_a_damaged_database_is_one_sentence(self) -> None:
        self.storage.mkdir()
        (self.storage / "index.db").write_bytes(b"no database" * 1000)
        self.assert_sentence(self.prepare(), "The database cannot be used")

    def test_a_folder_that_cannot_be_made_is_one_sentence(self) -> None:
        self.storage.mkdir()
        (self.storage / "cache").touch()
        self.assert_sentence(self.prepare(), "cache")

    def test_a_name_that_a_user_has_is_one_sentence(self) -> None:
        self.prepare(ADMIN_PASSWORD="given-by-the-owner")
        with sqlite3.connect(self.storage / "index.db") as database:
            database.execute("UPDATE sharing_account SET role = 'user'")
        database.close()
        self.assert_sentence(self.prepare(), "The administrator cannot be made: The name “admin” is taken.")

    def assert_sentence(self, answer: subprocess.CompletedProcess[str], part: str) -> None:
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn(part, answer.stderr)
        self.assertEqual(len(answer.stderr.strip().splitlines()), 1, answer.stderr)
