"""Tokens, passwords and keys: who can read them, how long they work, and where they never stand."""

import logging
import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import TestCase as PlainTestCase
from unittest.mock import patch

from django.conf import settings
from django.test import SimpleTestCase
from django.utils import timezone

from photoprism_site.logs import WithoutSecrets, without_secrets
from sharing import grants
from sharing.accounts import account_of, change_password, change_role, deactivate
from sharing.acl import GUEST
from sharing.grants import REVOKED_WITHIN, grant_for_download_token, grant_for_preview_token
from sharing.models import AccessToken
from tests.base import TestCase
from tests.test_api.on_disk import MediaTestCase, file_of, jpeg, make_original, put_thumb

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "0123456789abcdef0123456789abcdef"


class StorageTest(PlainTestCase):
    """What `prepare` makes, in a folder that it makes and in one that was there and open to all."""

    def prepared(self, storage: Path, **options: str) -> dict[str, int]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("PHOTOPRISM_")}
        (storage.parent / "env").touch()
        environ |= {
            "PHOTOPRISM_ENV_FILE": str(storage.parent / "env"),
            "PHOTOPRISM_STORAGE_PATH": str(storage),
            "PHOTOPRISM_ORIGINALS_PATH": str(storage.parent / "originals"),
            "PHOTOPRISM_IMPORT_PATH": str(storage.parent / "import"),
            **options,
        }
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environ, check=True, capture_output=True)
        return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (storage, *storage.iterdir())}

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_new_storage_folder_is_for_this_account_alone(self) -> None:
        modes = self.prepared(self.folder / "storage")
        self.assertEqual(modes["storage"], 0o700)
        self.assertEqual((modes["secret_key"], modes["credentials.txt"], modes["index.db"]), (0o600, 0o600, 0o600))

    def test_in_one_that_is_open_secrets_and_thumbs_are_not(self) -> None:
        storage = self.folder / "storage"
        storage.mkdir(mode=0o755)
        (storage / "index.db").touch(mode=0o644)
        modes = self.prepared(storage)
        for name in ("index.db", "channels.db", "secret_key", "credentials.txt"):
            self.assertEqual(modes[name], 0o600, name)
        for name in ("cache", "sidecar", "backup", "temp"):
            self.assertEqual(modes[name], 0o700, name)

    def test_a_proxy_that_sends_thumbs_may_read_them(self) -> None:
        storage = self.folder / "storage"
        storage.mkdir(mode=0o755)
        self.assertEqual(self.prepared(storage, PHOTOPRISM_ACCEL_REDIRECT="true")["cache"], 0o755)


class RevokedTest(MediaTestCase):
    def is_open(self, name: str) -> bool:
        """Whether the addresses that this account was given still show anything, in any process, five seconds on."""
        self.now += REVOKED_WITHIN + 0.1
        with patch.object(grants.time, "monotonic", return_value=self.now):
            thumb, _ = self.read(f"/api/v1/t/{file_of(self.photo).hash}/{self.preview[name]}/tile_224")
            original, _ = self.read(f"/api/v1/dl/{file_of(self.photo).hash}?t={self.download[name]}")
        return thumb.get("Content-Type") == "image/jpeg" or original.status_code == 200

    def setUp(self) -> None:
        super().setUp()
        self.now = grants.time.monotonic()
        self.photo = make_original(jpeg())
        put_thumb(file_of(self.photo).hash, "tile_224")
        self.assertTrue(self.is_open("bob"))
        # As another process does it: this one remembers what it knew.
        self.enterContext(patch("sharing.grants.forget_grants"))

    def test_by_a_new_password(self) -> None:
        change_password(self.bob, "another-good-passphrase")
        self.assertFalse(self.is_open("bob"))

    def test_by_deactivation(self) -> None:
        deactivate(self.bob)
        self.assertFalse(self.is_open("bob"))

    def test_by_a_lesser_role(self) -> None:
        change_role(account_of(self.bob), GUEST)
        self.assertFalse(self.is_open("bob"))

    def test_by_deletion(self) -> None:
        self.bob.delete()
        self.assertFalse(self.is_open("bob"))


class MediaTokenTest(TestCase):
    def test_it_cannot_be_guessed(self) -> None:
        tokens = {account_of(user).preview_token for user in (self.admin, self.alice, self.bob, self.guest)}
        self.assertEqual({len(bytes.fromhex(token)) for token in tokens}, {16})
        self.assertEqual(len(tokens), 4)

    def test_wrong_ones_fill_no_memory(self) -> None:
        for number in range(10):
            self.assertIsNone(grant_for_preview_token(f"{number}" * 60_000))
            self.assertIsNone(grant_for_download_token(f"{number}" * 60_000))
        self.assertEqual([key for _, key in grants._remembered if len(key) > 64], [])

    def test_those_of_a_session_end_with_it_when_unused(self) -> None:
        token = AccessToken.objects.create(user=self.bob, hash="a", last_active_at=timezone.now() - timedelta(days=8))
        self.assertIsNone(grant_for_preview_token(token.preview_token))

    def test_those_of_an_app_password_do_not(self) -> None:
        seen = timezone.now() - timedelta(days=80)
        token = AccessToken.objects.create(user=self.bob, hash="a", kind="app", last_active_at=seen)
        self.assertIsNotNone(grant_for_preview_token(token.preview_token))


class LogTest(SimpleTestCase):
    def test_addresses_are_written_without_their_tokens(self) -> None:
        for address in (
            f"/api/v1/t/{'a' * 40}/{TOKEN}/tile_224",
            f"/api/v1/dl/{'a' * 40}?t={TOKEN}",
            f"/api/v1/photos/p1/dl?x=1&t={TOKEN}&y=2",
            f"/api/v1/session/{TOKEN}",
            f"/api/v1/sessions/{TOKEN}/",
            f"http://localhost/api/v1/zip/photos.zip?t={TOKEN}",
        ):
            self.assertNotIn(TOKEN, without_secrets(f"Internal Server Error: {address}"))

    def test_every_handler_does_so(self) -> None:
        self.assertIn("without_secrets", settings.LOGGING["handlers"]["console"]["filters"])
        self.assertEqual(list(settings.LOGGING["handlers"]), ["console"])

    def test_other_lines_stay_as_they_are(self) -> None:
        record = logging.LogRecord("a", logging.INFO, "", 0, "%d of %s", (5, "x"), None)
        WithoutSecrets().filter(record)
        self.assertEqual((record.msg, record.args), ("%d of %s", (5, "x")))


class FailureTest(MediaTestCase):
    def test_a_failure_of_the_server_does_not_write_the_token(self) -> None:
        address = f"/api/v1/t/{'a' * 40}/{TOKEN}/tile_224"
        client = self.client_class(raise_request_exception=False)
        stream = self.enterContext(self.assertLogs("django.request", "ERROR"))
        with patch("library.api.media._find", side_effect=ZeroDivisionError("boom")):
            answer = client.get(address)
        self.assertNotIn(b"boom", answer.content)
        self.assertTrue(all(WithoutSecrets().filter(record) for record in stream.records))
        self.assertNotIn(TOKEN, "".join(record.getMessage() for record in stream.records))

    def test_a_wrong_password_is_not_written(self) -> None:
        with self.assertLogs("sharing.limits", "WARNING") as log:
            self.client.post("/library/login", {"username": "bob", "password": "hunter2-hunter2"})
        self.assertNotIn("hunter2", " ".join(log.output))

    def test_errors_tell_nothing_of_the_server(self) -> None:
        self.assertFalse(replace(settings.OPTIONS).debug)
        for path in ("/nowhere", "/api/v1/nowhere", "/admin/nowhere/", "/static/nowhere"):
            content = self.client_of(self.admin).get(path).content
            for part in (b"Traceback", str(ROOT).encode(), b"urlpatterns", b"Django"):
                self.assertNotIn(part, content)
