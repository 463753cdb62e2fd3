"""`manage.py show_config`: every option, and no secret."""

import csv
import json
from dataclasses import replace
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase, override_settings

from photoprism_site.env import OPTIONS

SECRET = "correct horse battery"


class ShowConfigTest(SimpleTestCase):
    def test_every_option_is_listed(self) -> None:
        rows = json.loads(show("--format", "json"))
        self.assertEqual([row["name"] for row in rows], [option.name for option in OPTIONS])

    def test_secrets_are_masked(self) -> None:
        with override_settings(OPTIONS=replace(settings.OPTIONS, admin_password=SECRET)):
            for form in ("md", "csv", "json"):
                written = show("--format", form)
                self.assertNotIn(SECRET, written)
                self.assertIn("********", written)

    def test_a_table_for_readers_holds_on_every_machine(self) -> None:
        written = show("--without-values")
        self.assertNotIn(str(settings.STORAGE_PATH), written)
        self.assertIn("| `PHOTOPRISM_HTTP_PORT` | 2342 | a whole number from 1 to 65535 |", written)

    def test_a_spreadsheet_can_read_it(self) -> None:
        rows = list(csv.DictReader(StringIO(show("--format", "csv"))))
        self.assertEqual(rows[0]["name"], "PHOTOPRISM_AUTH_MODE")


def show(*arguments: str) -> str:
    output = StringIO()
    call_command("show_config", *arguments, stdout=output)
    return output.getvalue()
