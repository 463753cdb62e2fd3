"""What sockets tell: nothing of photos that the listener may not see, whatever the topic."""

import json
from typing import Any

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import User

from photoprism_site.websocket import NOT_SIGNED_IN, EventSocket, audience, audiences_of
from sharing.accounts import account_of
from sharing.grants import grant_for_account
from sharing.models import AccessToken
from tests.base import TestCase, TransactionTestCase
from tests.make import make_photo

TOPICS = ("photos.created", "photos.updated", "photos.archived", "photos.restored")


class SocketTest(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.shared = make_photo()
        self.hidden = [make_photo(private=True), make_photo(owner=self.alice), make_photo(archived=True, private=True)]

    async def heard(self, user: User, uids: list[str]) -> list[Any]:
        """What reaches a page of this account when something is said of these photos."""
        client = await sync_to_async(self.client_of)(user)
        cookie = f"photoprism_session={client.cookies['photoprism_session'].value}"
        headers = [(b"host", b"testserver"), (b"cookie", cookie.encode())]
        socket = WebsocketCommunicator(EventSocket.as_asgi(), "/api/v1/ws", headers=headers)
        await socket.connect()
        for topic in TOPICS:
            message = {"type": "tell", "topic": topic, "data": {"entities": uids}}
            await get_channel_layer().group_send(audience(topic), message)
        last = {"type": "tell", "topic": "count.updated", "data": {}}
        await get_channel_layer().group_send(audience("count.updated"), last)
        heard: list[Any] = []
        while not heard or heard[-1]["event"] != "count.updated":
            heard.append(await socket.receive_json_from(timeout=20))
        await socket.disconnect()
        return heard[:-1]

    async def test_a_viewer_hears_of_what_is_for_all(self) -> None:
        heard = await self.heard(self.bob, [self.shared.uid, *(photo.uid for photo in self.hidden)])
        self.assertEqual([message["data"]["entities"] for message in heard], [[self.shared.uid]] * len(TOPICS))

    async def test_of_hidden_photos_not_even_that_something_happened(self) -> None:
        self.assertEqual(await self.heard(self.bob, [photo.uid for photo in self.hidden]), [])

    async def test_an_owner_hears_of_their_own(self) -> None:
        heard = await self.heard(self.alice, [photo.uid for photo in self.hidden])
        self.assertEqual({tuple(message["data"]["entities"]) for message in heard}, {(self.hidden[1].uid,)})

    async def test_an_administrator_hears_of_all(self) -> None:
        uids = [photo.uid for photo in self.hidden]
        self.assertIn(json.dumps(uids), json.dumps(await self.heard(self.admin, uids)))


class StrangerTest(TestCase):
    async def test_whatever_they_say_first_ends_the_socket_in_order(self) -> None:
        for said in (
            "[" * 4000,
            '{"session":' * 300,
            '{"session": "\\ud800"}',
            '{"session": "\\u0000"}',
            '{"session": 1e999}',
        ):
            socket = WebsocketCommunicator(EventSocket.as_asgi(), "/api/v1/ws", headers=[(b"host", b"testserver")])
            await socket.connect()
            await socket.send_to(said)
            self.assertEqual((await socket.receive_output(20))["code"], NOT_SIGNED_IN, said[:30])


class AudienceTest(TestCase):
    def test_a_token_for_something_else_hears_nothing_of_photos(self) -> None:
        for scope in ("config", "settings", "sessions read", ""):
            token = AccessToken.objects.create(user=self.admin, hash=scope, scope=scope)
            self.assertEqual(audiences_of(grant_for_account(account_of(self.admin), token)), frozenset())
