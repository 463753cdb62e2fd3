"""Times of jobs and problems are written in the account's time zone."""

from datetime import UTC, datetime

from library.models import ErrorLog
from sharing.accounts import account_of
from tests.base import TestCase


class ZoneTest(TestCase):
    def setUp(self) -> None:
        error = ErrorLog.objects.create(name="a.jpg", path_key="a", reason="The file is empty.", level="error")
        ErrorLog.objects.filter(pk=error.pk).update(created_at=datetime(2024, 1, 15, 22, 30, tzinfo=UTC))

    def page(self) -> str:
        return self.client_of(self.admin).get("/library/errors").content.decode()

    def test_without_a_choice_the_zone_is_that_of_the_library(self) -> None:
        self.assertIn("10:30 p.m.", self.page())

    def test_the_chosen_zone_counts(self) -> None:
        account = account_of(self.admin)
        account.time_zone = "Asia/Tokyo"
        account.save()
        self.assertIn("7:30 a.m.", self.page())
