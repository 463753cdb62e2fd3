"""Files are taken in from whoever may send them; others are told so before anything is read."""

from dataclasses import replace
from typing import Any

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import override_settings

from photoprism_site.upload_door import UploadDoor, is_upload
from tests.base import TransactionTestCase
from tests.test_security.test_bodies import read_all

ADDRESS = "/api/v1/users/uqxetse3cy5eo9z2/upload/abc"
MORE_THAN_OTHERS = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1


class UploadDoorTest(TransactionTestCase):
    async def answer(self, headers: dict[str, str], *, size: int = 10) -> tuple[int, bool]:
        """The status, and whether the body was read."""
        read = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            read.append(scope)
            await read_all(scope, receive, send)

        given = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        given.append((b"content-length", str(size).encode()))
        talk = ApplicationCommunicator(UploadDoor(app), {"type": "http", "method": "POST", "headers": given})
        await talk.send_input({"type": "http.request", "body": b"x" * 10, "more_body": False})
        status: int = (await talk.receive_output(5))["status"]
        await talk.receive_output(5)
        await talk.wait(5)
        return status, bool(read)

    def headers_of(self, user: User) -> dict[str, str]:
        cookies = self.client_of(user).cookies
        return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookies[settings.SESSION_COOKIE_NAME].value}"}

    async def asked(self, user: User, **more: Any) -> tuple[int, bool]:
        return await self.answer(await sync_to_async(self.headers_of)(user), **more)

    async def test_who_may_upload_sends_more_than_others(self) -> None:
        for user in (self.admin, self.alice):
            self.assertEqual(await self.asked(user, size=MORE_THAN_OTHERS), (200, True))

    async def test_nothing_of_others_is_read(self) -> None:
        for user in (self.bob, self.guest):
            self.assertEqual(await self.asked(user), (403, False))
        self.assertEqual(await self.answer({}), (401, False))
        self.assertEqual(await self.answer({"X-Auth-Token": "wrong", "Cookie": "sessionid=wrong"}), (401, False))

    async def test_every_header_of_an_app_counts(self) -> None:
        app = await sync_to_async(self.app_of)(self.alice)
        token = app.defaults["HTTP_X_AUTH_TOKEN"]
        for headers in ({"X-Auth-Token": token}, {"X-Session-ID": token}, {"Authorization": f"Bearer {token}"}):
            with self.subTest(headers):
                self.assertEqual(await self.answer(headers), (200, True))

    async def test_there_is_a_limit_for_all(self) -> None:
        with override_settings(OPTIONS=replace(settings.OPTIONS, upload_limit=0)):
            self.assertEqual(await self.asked(self.alice), (413, False))

    def test_only_uploads_come_here(self) -> None:
        def scope(path: str, method: str = "POST") -> Any:
            return {"type": "http", "path": path, "method": method}

        self.assertTrue(is_upload(scope(ADDRESS)))
        self.assertTrue(is_upload(scope(f"{ADDRESS}/")))
        for other in (scope(ADDRESS, "PUT"), scope(f"{ADDRESS}/x"), scope("/api/v1/photos"), {"type": "websocket"}):
            self.assertFalse(is_upload(other))
