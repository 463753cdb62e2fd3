"""What pages are told of uploading: where to, how large, of which kinds; and who is offered it."""

import json
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings

from sharing.accounts import account_of
from tests.base import TestCase

BUTTON = b"data-upload"
READONLY = replace(settings.OPTIONS, readonly=True)
PUBLIC = replace(settings.OPTIONS, auth_mode="public")
LIMITED = replace(settings.OPTIONS, originals_limit=3)


class UploadConfigTest(TestCase):
    def page(self, user: User | None) -> bytes:
        return self.client_of(user).get("/library/browse").content

    def config(self, user: User | None) -> dict[str, Any]:
        text = (
            self.page(user).decode().partition('id="page-config" type="application/json">')[2].partition("</script>")[0]
        )
        told: dict[str, Any] = json.loads(text)
        return told

    def test_user_is_told_where_files_go(self) -> None:
        config = self.config(self.alice)
        self.assertEqual(config["uploadUrl"], f"users/{account_of(self.alice).uid}/upload")
        self.assertLessEqual({"jpg", "heic", "nef", "mov", "xmp", "json"}, set(config["uploadTypes"]))
        self.assertIn(BUTTON, self.page(self.alice))

    def test_who_may_not_upload_is_not_offered_it(self) -> None:
        for user in (self.bob, self.guest):
            self.assertEqual(self.config(user)["uploadUrl"], "")
            self.assertNotIn(BUTTON, self.page(user))

    @override_settings(OPTIONS=LIMITED)
    def test_largest_file_is_the_largest_original(self) -> None:
        self.assertEqual(self.config(self.alice)["uploadLimit"], settings.OPTIONS.originals_limit_bytes)

    @override_settings(OPTIONS=READONLY)
    def test_readonly_library_takes_nothing(self) -> None:
        self.assertEqual(self.config(self.admin)["uploadUrl"], "")
        self.assertNotIn(BUTTON, self.page(self.admin))

    @override_settings(OPTIONS=PUBLIC)
    def test_in_public_mode_the_administrator_uploads(self) -> None:
        self.assertEqual(self.config(None)["uploadUrl"], f"users/{account_of(self.admin).uid}/upload")
