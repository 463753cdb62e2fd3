"""What every list of the API has in common: paging, its headers, limits, and how it refuses."""

from typing import Any, Final

from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient

from library.counts import recount_photos
from tests.base import TestCase
from tests.make import make_photo, make_subject
from tests.test_api.test_faces import make_face

# The address of a list, the most it gives, and whether a count has to be given.
LISTS: Final = (
    ("photos", 100_000, True),
    ("photos/view", 100_000, True),
    ("geo", 1_000_000, False),
    ("geo/view", 1_000_000, False),
    ("labels", 100_000, True),
    ("subjects", 100_000, True),
    ("faces", 100_000, True),
)
HEADERS: Final = ("X-Count", "X-Limit", "X-Offset")


class ListTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        anna, ben = make_subject("Anna"), make_subject("Ben")
        make_face("A", make_photo(labels=["cat"], lat=1, lng=1), subject=anna)
        make_face("B", make_photo(labels=["dog"], lat=2, lng=2), subject=ben)
        recount_photos()

    def ask(self, path: str, query: str = "", user: User | None = None) -> tuple[Any, bytes]:
        return async_to_sync(self._ask)(f"/api/v1/{path}?{query}", user or self.admin)

    async def _ask(self, url: str, user: User) -> tuple[Any, bytes]:
        client = AsyncClient()
        await client.aforce_login(user)
        answer = await client.get(url)
        return answer, b"".join([piece async for piece in answer]) if answer.streaming else answer.content

    def test_the_headers_of_a_page(self) -> None:
        for path, _, _ in LISTS:
            with self.subTest(path):
                answer, _ = self.ask(path, "count=1&offset=1")
                self.assertEqual([answer[name] for name in HEADERS], ["1", "1", "1"])
                grant = self.grant_of(self.admin)
                self.assertEqual(answer["X-Preview-Token"], grant.preview_token)
                self.assertEqual(answer["X-Download-Token"], grant.download_token)
                self.assertEqual(answer["Content-Type"], "application/json; charset=utf-8")

    def test_pages_behind_the_last_are_empty(self) -> None:
        for path, _, _ in LISTS:
            with self.subTest(path):
                answer, _ = self.ask(path, "count=10&offset=2147483648")
                self.assertEqual([answer[name] for name in HEADERS], ["0", "10", "2147483648"])

    def test_a_count_beyond_the_limit_is_clamped(self) -> None:
        for path, limit, _ in LISTS:
            with self.subTest(path):
                answer, _ = self.ask(path, "count=2147483647")
                self.assertEqual((answer.status_code, answer["X-Limit"], answer["X-Count"]), (200, str(limit), "2"))

    def test_where_a_count_is_needed_its_lack_is_said(self) -> None:
        for path, _, is_needed in LISTS:
            with self.subTest(path):
                answer, content = self.ask(path, "xxx=15")
                self.assertEqual(answer.status_code, 400 if is_needed else 200)
                self.assertEqual(b"needs a count" in content, is_needed)

    def test_bad_numbers_and_unknown_filters_are_refused_with_a_sentence(self) -> None:
        for path, _, _ in LISTS:
            for query in ("count=0", "count=-1", "count=many", "count=1.5", "count=1&offset=-1", "count=1&offset=x"):
                with self.subTest(path, query=query):
                    self.check_refused(path, query)
            self.check_refused(path, "count=1&q=unheardof:x")
            self.check_refused(path, "count=1&q=" + "x" * 5000)

    def check_refused(self, path: str, query: str) -> None:
        answer, _ = self.ask(path, query)
        told = answer.json()
        self.assertEqual((answer.status_code, told["code"]), (400, 400))
        self.assertTrue(told["error"] and told["message"] == told["error"])

    def test_a_slash_at_the_end_makes_no_difference(self) -> None:
        for path, _, _ in LISTS:
            with self.subTest(path):
                self.assertEqual(self.ask(f"{path}/", "count=1")[1], self.ask(path, "count=1")[1])

    def test_the_head_has_the_headers_of_the_whole(self) -> None:
        for path, _, _ in LISTS:
            with self.subTest(path):
                answer = self.client_of(self.admin).head(f"/api/v1/{path}?count=1")
                self.assertEqual((answer.status_code, answer["X-Count"], answer.content), (200, "1", b""))

    def test_the_methods_of_a_list_can_be_asked_for(self) -> None:
        for path, _, _ in LISTS:
            with self.subTest(path):
                answer = self.client_of(self.admin).options(f"/api/v1/{path}")
                self.assertEqual((answer.status_code, answer["Allow"]), (200, "GET, HEAD, OPTIONS"))

    def test_without_a_sign_in_the_answer_is_json(self) -> None:
        for path, _, _ in LISTS:
            for method in ("get", "head", "options"):
                with self.subTest(path, method=method):
                    answer = getattr(self.client, method)(f"/api/v1/{path}?count=1")
                    self.assertEqual(answer.status_code, 401)
                    self.assertEqual(answer["Content-Type"], "application/json; charset=utf-8")
