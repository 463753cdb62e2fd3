"""/api/v1/ws: the consumer that tells pages what happens, and `broadcast`, the event listener that feeds it."""

import asyncio
import json
import logging
import os
import queue
import threading
import time
from typing import Any, Final
from urllib.parse import urlsplit

from channels import DEFAULT_CHANNEL_LAYER
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import channel_layers
from django.conf import settings
from django.db import DatabaseError

from albums.contents import heard_albums
from library.access import NOBODY, Grant
from library.search import heard_uids
from library.search.labels import heard_labels
from photoprism_site.hosts import is_known_host
from photoprism_site.socket_login import grant_for_headers, grant_for_message
from sharing.acl import allows

logger = logging.getLogger(__name__)

MANAGERS: Final = "managers"
MEMBERS: Final = "members"
AUDIENCES: Final = {"photos": MEMBERS, "albums": MEMBERS, "labels": MEMBERS, "count": MEMBERS, "config": MEMBERS}
"""Who hears the topics that start with this word; all others are for those who may manage the index."""

_HEARD: Final = {"albums": heard_albums, "labels": heard_labels}
"""Which of the UIDs in a message somebody may be told of; those of photos in all others."""

NOT_SIGNED_IN: Final = 4401
TOO_LARGE: Final = 1009
LONGEST_MESSAGE: Final = 4096
FRESH: Final = 5.0  # seconds until it is asked again whether somebody may still listen
JOIN_EVERY: Final = 15 * 60.0  # seconds; well below the time after which a channel layer forgets a member
QUEUE_SIZE: Final = 1000
IDLE: Final = 10.0  # seconds without a message after which the sending thread ends
SEND_TIMEOUT: Final = 5.0


def broadcast(topic: str, data: dict[str, Any]) -> None:
    """Tells everybody who may hear `topic`, in any process. Returns at once and never fails."""
    _sender.put(audience(topic), {"type": "tell", "topic": topic, "data": data})


def audience(topic: str) -> str:
    """The channel group that a topic is for: `audience("photos.created")` is "members"."""
    return AUDIENCES.get(topic.partition(".")[0], MANAGERS)


def audiences_of(grant: Grant | None) -> frozenset[str]:
    """The groups that somebody belongs to: none for guests and visitors, who see only what was shared with them."""
    if grant is None or grant.scope is not None:
        return frozenset()
    is_member = grant.may("library.search_photo") and allows("photos", grant.role, "access_library")
    members = {MEMBERS} if is_member else set()
    managers = {MANAGERS} if grant.may("library.manage_index") else set()
    return frozenset(members | managers)


def is_own_origin(headers: dict[bytes, bytes]) -> bool:
    """Whether a page of this site asks; programs that are no browsers name no origin and have no cookie to steal."""
    origin, host = (headers.get(name, b"").decode("latin-1").lower() for name in (b"origin", b"host"))
    if not is_known_host(host):
        return False
    return not origin or origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == host


class EventSocket(AsyncWebsocketConsumer):
    """One open page or app. It signs in with the session's cookie, or with its first message {"session": token}."""

    greeting_time = 10.0  # seconds to sign in
    check_every = 30.0  # seconds between two checks while nothing happens

    def __init__(self) -> None:
        super().__init__()
        self._message = ""
        self._grant = NOBODY
        self._audiences: frozenset[str] = frozenset()
        self._is_known = False
        self._checked = self._joined = 0.0
        self._watcher: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        if not is_own_origin(dict(self.scope["headers"])):
            await self.close()
            return
        # Before accepting: what a page asks for once it is connected is older than all it is told afterwards.
        await self._check()
        await self.accept()
        self._watcher = asyncio.create_task(self._watch())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data is None or len(text_data) > LONGEST_MESSAGE:
            await self.close(TOO_LARGE)
        elif not self._is_known:
            self._message = text_data
            await self._check()
            if not self._is_known:
                await self.close(NOT_SIGNED_IN)

    async def tell(self, event: dict[str, Any]) -> None:
        """An event from the channel layer; of photos and the like only those are told that this person may know of."""
        if time.monotonic() - self._checked > FRESH:
            await self._check()
        if audience(event["topic"]) not in self._audiences:
            return
        data = event["data"]
        if (uids := data.get("entities")) and not self._grant.sees_all:
            heard = _HEARD.get(event["topic"].partition(".")[0], heard_uids)
            data = {**data, "entities": await database_sync_to_async(heard)(uids, self._grant)}
        if data.get("entities") != []:
            await self.send(json.dumps({"event": event["topic"], "data": data}))

    async def disconnect(self, code: int) -> None:
        if self._watcher:
            self._watcher.cancel()
        await self._join(frozenset())

    async def _watch(self) -> None:
        """Ends the socket of those who never sign in, or may no longer listen."""
        await asyncio.sleep(self.greeting_time)
        while self._is_known:
            await asyncio.sleep(self.check_every)
            try:
                await self._check()
            except DatabaseError as error:
                logger.warning("Cannot check who listens: %s", error)
        await self.close(NOT_SIGNED_IN)

    async def _check(self) -> None:
        grant = await database_sync_to_async(self._find_grant)()
        self._grant, self._is_known, self._checked = grant or NOBODY, grant is not None, time.monotonic()
        await self._join(audiences_of(grant))

    def _find_grant(self) -> Grant | None:
        return grant_for_message(self._message) if self._message else grant_for_headers(dict(self.scope["headers"]))

    async def _join(self, wanted: frozenset[str]) -> None:
        """Joins and leaves groups; joins anew before the channel layer forgets that this socket is one of them."""
        is_due = time.monotonic() - self._joined > JOIN_EVERY
        for group in self._audiences - wanted:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in wanted if is_due else wanted - self._audiences:
            await self.channel_layer.group_add(group, self.channel_name)
        self._audiences = wanted
        self._joined = time.monotonic() if is_due else self._joined


class _Sender:
    """Hands messages to the channel layer in their order, from one thread with one event loop.

    A channel layer keeps connections for every event loop it has met, and `async_to_sync` makes a loop per call: a
    long index run would open thousands of them. The thread ends, and its connection with it, when there is nothing to
    send, or when the process wants to end.
    """

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue(QUEUE_SIZE)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_failing = False

    def put(self, group: str, message: dict[str, Any]) -> None:
        with self._lock:
            if self._queue.full():
                self._queue.get_nowait()
            self._queue.put_nowait((group, message))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="broadcast")
                self._thread.start()

    def _run(self) -> None:
        try:
            layer = channel_layers.make_backend(DEFAULT_CHANNEL_LAYER)
            with asyncio.Runner() as runner:
                while item := self._next():
                    runner.run(self._send(layer, *item))
                if close := getattr(layer, "close", None):
                    runner.run(close())
        finally:
            # Whatever ended it: the next message starts another thread.
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _next(self) -> tuple[str, dict[str, Any]] | None:
        """The next message; None, and this thread counts as ended, after a while without any."""
        last = time.monotonic() + IDLE
        while time.monotonic() < last and threading.main_thread().is_alive():
            try:
                return self._queue.get(timeout=0.25)
            except queue.Empty:
                continue
        with self._lock:
            if not self._queue.empty():
                return self._queue.get_nowait()
            self._thread = None
            return None

    async def _send(self, layer: Any, group: str, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                await layer.group_send(group, message)
            self._is_failing = False
        except BaseException as error:  # noqa: BLE001
            # Layers raise what they like, slow ones that they were cancelled, and the work goes on without them.
            if not self._is_failing:
                logger.warning("Live messages do not reach the pages: %s", error or type(error).__name__)
            self._is_failing = True


_sender = _Sender()


def _start_anew() -> None:
    """A forked process has the queue of its parent, but not the thread that empties it."""
    global _sender
    _sender = _Sender()


os.register_at_fork(after_in_child=_start_anew)
