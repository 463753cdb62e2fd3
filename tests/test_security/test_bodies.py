"""No body fills memory or disk, whoever sends it: 413 before it is read, and small JSON for small answers."""

import asyncio
import json
from typing import Any

from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import SimpleTestCase, override_settings

from library.api.batch import MAX_SELECTION
from photoprism_site.bodies import BoundedBodies
from tests.base import TestCase

SMALL = override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)


async def read_all(scope: Any, receive: Any, send: Any) -> None:
    """An app that takes in whatever comes, as Django does."""
    while (event := await receive())["more_body"]:
        assert event["type"] == "http.request"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class BoundedBodiesTest(SimpleTestCase):
    async def status(self, *parts: int, headers: Any = ()) -> int:
        """The answer to a body in parts of these lengths."""
        app = ApplicationCommunicator(BoundedBodies(read_all), {"type": "http", "headers": list(headers)})
        for number, length in enumerate(parts, 1):
            more = number < len(parts)
            await app.send_input({"type": "http.request", "body": b"x" * length, "more_body": more})
        status: int = (await app.receive_output(5))["status"]
        await app.receive_output(5)
        await asyncio.wait_for(app.future, 5)
        return status

    @SMALL
    async def test_what_fits_is_passed_on(self) -> None:
        self.assertEqual(await self.status(500, 500), 200)

    @SMALL
    async def test_what_is_announced_too_large_is_not_even_read(self) -> None:
        self.assertEqual(await self.status(headers=[(b"content-length", b"1001")]), 413)

    @SMALL
    async def test_what_turns_out_too_large_is_cut_off(self) -> None:
        self.assertEqual(await self.status(500, 501, 5), 413)
        self.assertEqual(await self.status(500, 501, 5, headers=[(b"content-length", b"nonsense")]), 413)


class JsonSizeTest(TestCase):
    def test_nobody_makes_the_server_build_millions_of_objects(self) -> None:
        body = b'{"username":[' + b"[]," * 1_000_000 + b"[]]}"
        answer = self.client.post("/api/v1/session", body, content_type="application/json")
        self.assertEqual((answer.status_code, answer.json()["code"]), (413, 413))

    def test_the_largest_selection_fits(self) -> None:
        uids = json.dumps({"photos": [f"p{number:015}" for number in range(MAX_SELECTION)]}, indent=1)
        self.assertLess(len(uids), settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        answer = self.client_of(self.alice).post("/api/v1/batch/photos/approve", uids, content_type="application/json")
        self.assertEqual(answer.status_code, 200)

    def test_characters_beyond_the_first_plane_are_no_halves(self) -> None:
        uid = self.client_of(self.bob).get("/api/v1/session").json()["user"]["UID"]
        answer = self.client_of(self.bob).put(
            f"/api/v1/users/{uid}", b'{"DisplayName":"Bob \\ud83d\\ude00"}', content_type="application/json"
        )
        self.assertEqual(answer.json()["DisplayName"], "Bob 😀")
