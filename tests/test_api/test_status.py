"""GET /api/v1/status."""

from django.test import SimpleTestCase


class StatusTest(SimpleTestCase):
    def test_it_answers_anybody_without_a_query(self) -> None:
        answer = self.client.get("/api/v1/status")
        self.assertEqual((answer.status_code, answer.json()), (200, {"status": "operational"}))
