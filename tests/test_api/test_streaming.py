"""GET /api/v1/photos for everything at once: written while it is sent, with what a short answer has."""

import gzip
import json
from typing import Any
from unittest.mock import patch

from asgiref.sync import async_to_sync
from django.http.response import HttpResponseBase
from django.test import AsyncClient

from library.models import Photo
from library.search import search
from tests.base import TestCase
from tests.make import make_file, make_photo


class EverythingTest(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        for day in range(1, 8):
            make_file(make_photo(taken=f"2024-05-{day:02}", title=f"Day {day}", favorite_of=cls.admin))

    def ask(self, path: str, *, long: bool, **headers: str) -> tuple[HttpResponseBase, bytes]:
        most = 2 if long else 500
        with patch("library.api.photos.AT_ONCE", most), patch("library.search.results.AT_ONCE", most):
            return async_to_sync(self._ask)(path, headers)

    async def _ask(self, path: str, headers: dict[str, str]) -> tuple[HttpResponseBase, bytes]:
        client = AsyncClient()
        await client.aforce_login(self.admin)
        answer = await client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        if not answer.streaming:
            return answer, answer.content
        return answer, b"".join([piece async for piece in answer])

    def assert_alike(self, path: str) -> Any:
        """Asserts that the long answer is the short one; what it says."""
        short, long = self.ask(path, long=False), self.ask(path, long=True)
        self.assertFalse(short[0].streaming)
        self.assertTrue(long[0].streaming)
        self.assertEqual(json.loads(long[1]), json.loads(short[1]))
        for name in ("Content-Type", "X-Count", "X-Limit", "X-Offset", "X-Preview-Token", "X-Download-Token"):
            self.assertEqual(long[0][name], short[0][name], name)
        return json.loads(long[1])

    def test_all_that_apps_ask_for(self) -> None:
        found = self.assert_alike("/api/v1/photos?count=2147483647")
        self.assertEqual([photo["Title"] for photo in found], [f"Day {day}" for day in range(7, 0, -1)])
        self.assertTrue(all(len(photo["Files"]) == 2 and photo["Favorite"] for photo in found))

    def test_for_a_viewer(self) -> None:
        self.assertEqual(len(self.assert_alike("/api/v1/photos/view?count=100000")), 7)

    def test_a_part_of_it(self) -> None:
        path = "/api/v1/photos?count=3&offset=2"
        self.assertEqual([photo["Title"] for photo in self.assert_alike(path)], ["Day 5", "Day 4", "Day 3"])
        long, short = (self.ask(path, long=is_long)[0]["X-Next-Cursor"] for is_long in (True, False))
        self.assertEqual(long, short)

    def test_it_is_packed_where_that_is_wanted(self) -> None:
        answer, content = self.ask("/api/v1/photos?count=100", long=True, accept_encoding="gzip")
        self.assertEqual(answer["Content-Encoding"], "gzip")
        self.assertEqual(len(json.loads(gzip.decompress(content))), 7)

    def test_what_is_hidden_while_it_is_sent_is_left_out(self) -> None:
        """Each part is asked anew whether it may be seen."""
        with patch("library.search.results.AT_ONCE", 2):
            results = search("", self.grant_of(self.admin)).results
            parts = results.parts()
            first = next(parts)
            Photo.objects.filter(title="Day 3").update(private=True)
            titles = [result.photo.title for part in (first, *parts) for result in part]
        self.assertEqual(titles, ["Day 7", "Day 6", "Day 5", "Day 4", "Day 2", "Day 1"])
