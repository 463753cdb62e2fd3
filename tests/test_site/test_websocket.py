"""The event socket at /api/v1/ws, and `broadcast`."""

import asyncio
import json
import threading
import time
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User
from django.test import SimpleTestCase, override_settings

from photoprism_site import websocket
from photoprism_site.websocket import NOT_SIGNED_IN, TOO_LARGE, EventSocket, audience, audiences_of, is_own_origin
from tests.base import PASSWORD, TestCase, TransactionTestCase
from tests.make import make_photo

INDEXING = {"type": "tell", "topic": "index.indexing", "data": {"done": 1}}
CREATED = {"type": "tell", "topic": "photos.created", "data": {"entities": ["p1"]}}


class EventSocketTest(TransactionTestCase):
    def cookie_of(self, user: User) -> str:
        return f"photoprism_session={self.client_of(user).cookies['photoprism_session'].value}"

    @asynccontextmanager
    async def opened(self, *, cookie: str = "", origin: str = "http://testserver") -> Any:
        headers = [(b"host", b"testserver"), (b"origin", origin.encode()), (b"cookie", cookie.encode())]
        socket = WebsocketCommunicator(EventSocket.as_asgi(), "/api/v1/ws", headers=headers)
        try:
            yield socket, (await socket.connect())[0]
        finally:
            await socket.disconnect()

    async def assert_hears(self, socket: WebsocketCommunicator, *topics: str) -> None:
        """Of two events, one about photos and one about indexing, those with these topics reach the socket."""
        for event in (INDEXING, CREATED):
            await get_channel_layer().group_send(audience(event["topic"]), event)
        heard = [(await socket.receive_json_from(timeout=20))["event"] for _ in topics]
        self.assertEqual(heard, list(topics))
        self.assertTrue(await socket.receive_nothing(timeout=0.05))

    async def test_an_administrator_hears_everything(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.admin)
        async with self.opened(cookie=cookie) as (socket, _):
            await self.assert_hears(socket, "index.indexing", "photos.created")

    async def test_a_viewer_hears_of_photos_alone(self) -> None:
        await sync_to_async(make_photo)(uid="p1")
        cookie = await sync_to_async(self.cookie_of)(self.bob)
        async with self.opened(cookie=cookie) as (socket, _):
            await self.assert_hears(socket, "photos.created")

    async def test_a_guest_hears_nothing(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.guest)
        async with self.opened(cookie=cookie) as (socket, _):
            await self.assert_hears(socket)

    async def test_an_event_has_its_topic_and_its_data(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.admin)
        async with self.opened(cookie=cookie) as (socket, _):
            await get_channel_layer().group_send(audience("index.indexing"), INDEXING)
            self.assertEqual(await socket.receive_json_from(), {"event": "index.indexing", "data": {"done": 1}})

    async def test_an_app_signs_in_with_its_first_message(self) -> None:
        token = await sync_to_async(self.token_of)(self.admin)
        async with self.opened() as (socket, _):
            await socket.send_to(json.dumps({"session": token, "version": "1"}))
            while "managers" not in get_channel_layer().groups:
                await asyncio.sleep(0)
            await self.assert_hears(socket, "index.indexing", "photos.created")

    async def test_a_wrong_token_ends_it(self) -> None:
        for message in ('{"session": "wrong"}', '{"session": 5}', "[]", "not json", "{}"):
            with self.subTest(message):
                async with self.opened() as (socket, _):
                    await socket.send_to(message)
                    self.assertEqual((await socket.receive_output())["code"], NOT_SIGNED_IN)

    async def test_who_never_signs_in_is_not_kept(self) -> None:
        with patch.object(EventSocket, "greeting_time", 0.0):
            async with self.opened() as (socket, _):
                self.assertEqual((await socket.receive_output())["code"], NOT_SIGNED_IN)

    async def test_a_page_of_another_site_is_refused(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.admin)
        async with self.opened(cookie=cookie, origin="http://evil.example") as (_, is_connected):
            self.assertFalse(is_connected)

    async def test_a_long_message_ends_it(self) -> None:
        async with self.opened() as (socket, _):
            await socket.send_to("x" * 5000)
            self.assertEqual((await socket.receive_output())["code"], TOO_LARGE)

    async def test_after_signing_out_nothing_is_heard(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.admin)
        with patch.object(websocket, "FRESH", 0.0):
            async with self.opened(cookie=cookie) as (socket, _):
                await sync_to_async(self.admin.set_password)("another good passphrase")
                await self.admin.asave()
                await self.assert_hears(socket)

    async def test_after_signing_out_it_ends(self) -> None:
        cookie = await sync_to_async(self.cookie_of)(self.admin)
        with patch.multiple(EventSocket, greeting_time=0.0, check_every=0.0):
            async with self.opened(cookie=cookie) as (socket, _):
                await User.objects.filter(pk=self.admin.pk).aupdate(is_active=False)
                self.assertEqual((await socket.receive_output())["code"], NOT_SIGNED_IN)

    def token_of(self, user: User) -> str:
        answer = self.client.post(
            "/api/v1/session", {"username": user.username, "password": PASSWORD}, content_type="application/json"
        )
        return str(answer.json()["access_token"])


class AudienceTest(TestCase):
    def test_topics_that_nobody_named_are_for_managers(self) -> None:
        self.assertEqual([audience(topic) for topic in ("photos.updated", "log.error")], ["members", "managers"])

    def test_who_belongs_to_which_follows_from_the_role(self) -> None:
        self.assertEqual(audiences_of(self.grant_of(self.admin)), {"members", "managers"})
        self.assertEqual(audiences_of(self.grant_of(self.bob)), {"members"})
        self.assertEqual(audiences_of(self.grant_of(self.guest)), frozenset())
        self.assertEqual(audiences_of(None), frozenset())


class OriginTest(SimpleTestCase):
    def is_own(self, origin: str, host: str = "photos.example.com") -> bool:
        return is_own_origin({b"host": host.encode(), b"origin": origin.encode()})

    def test_the_site_itself(self) -> None:
        self.assertTrue(self.is_own("https://Photos.example.com"))
        self.assertTrue(self.is_own("http://localhost:2342", "localhost:2342"))

    def test_a_program_without_an_origin(self) -> None:
        self.assertTrue(self.is_own(""))

    def test_others(self) -> None:
        for origin in ("https://evil.example", "null", "https://photos.example.com.evil.example", "http://localhost"):
            with self.subTest(origin):
                self.assertFalse(self.is_own(origin))

    @override_settings(ALLOWED_HOSTS=["localhost"], CSRF_TRUSTED_ORIGINS=["https://photos.example.com"])
    def test_a_configured_address(self) -> None:
        self.assertFalse(self.is_own("https://rebound.example", "rebound.example"))
        self.assertTrue(self.is_own("https://photos.example.com", "localhost"))


class RecordingLayer(InMemoryChannelLayer):
    """Keeps what is sent; `is_broken` makes it fail, as long as nothing else is named like one whose server is away."""

    sent: list[tuple[str, dict[str, Any]]] = []
    is_broken = False
    problem: type[BaseException] = OSError
    arrived = threading.Semaphore(0)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if type(self).is_broken:
            type(self).arrived.release()
            raise type(self).problem("The server is away.")
        type(self).sent.append((group, message))
        type(self).arrived.release()


RECORDING = {"default": {"BACKEND": "tests.test_site.test_websocket.RecordingLayer"}}


@override_settings(CHANNEL_LAYERS=RECORDING)
class BroadcastTest(SimpleTestCase):
    def setUp(self) -> None:
        RecordingLayer.sent, RecordingLayer.is_broken = [], False
        RecordingLayer.arrived = threading.Semaphore(0)
        sender = patch.object(websocket, "_sender", websocket._Sender())
        sender.start()
        self.addCleanup(sender.stop)

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            self.assertTrue(RecordingLayer.arrived.acquire(timeout=20))

    def test_messages_arrive_in_their_order(self) -> None:
        for number in range(300):
            websocket.broadcast("index.indexing", {"number": number})
        self.wait_for(300)
        self.assertEqual([message["data"]["number"] for _, message in RecordingLayer.sent], list(range(300)))
        self.assertEqual({group for group, _ in RecordingLayer.sent}, {"managers"})

    def test_it_can_be_called_where_an_event_loop_runs(self) -> None:
        async def call() -> None:
            websocket.broadcast("photos.created", {})

        async_to_sync(call)()
        self.wait_for(1)
        self.assertEqual(RecordingLayer.sent[0][0], "members")

    def test_a_layer_that_fails_is_told_of_once(self) -> None:
        RecordingLayer.is_broken = True
        with self.assertLogs("photoprism_site.websocket", "WARNING") as logs:
            for _ in range(5):
                websocket.broadcast("index.indexing", {})
            self.wait_for(5)
        self.assertEqual(len(logs.output), 1)

    def test_a_layer_that_says_it_was_cancelled_is_tried_again(self) -> None:
        for problem in (asyncio.CancelledError, SystemExit):
            with self.subTest(problem.__name__):
                broken = patch.multiple(RecordingLayer, is_broken=True, problem=problem)
                with broken, self.assertLogs("photoprism_site.websocket", "WARNING"):
                    websocket.broadcast("index.indexing", {"is_lost": True})
                    self.wait_for(1)
                    while not websocket._sender._is_failing:
                        time.sleep(0.01)
                websocket.broadcast("photos.created", {})
                self.wait_for(1)

    def test_one_thread_serves_all(self) -> None:
        before = threading.active_count()
        for _ in range(50):
            websocket.broadcast("index.indexing", {})
        self.wait_for(50)
        self.assertLessEqual(threading.active_count() - before, 1)
