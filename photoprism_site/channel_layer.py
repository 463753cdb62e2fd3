"""The channel layer of sites without Redis: messages between processes in a SQLite file."""

import asyncio
import logging
from typing import Any

from channels_lite.layers import BoundedQueue
from channels_lite.layers.aio import AIOSQLiteChannelLayer

logger = logging.getLogger(__name__)


class SQLiteChannelLayer(AIOSQLiteChannelLayer):
    """The library's layer, whose one task that receives for all open pages neither ends nor waits for one of them.

    It would wait for ever to hand a message to a page that was closed without leaving its groups, once a hundred are
    there, and end with a cleaning that finds the file busy.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.receive_buffer = _Buffers()

    async def receive(self, channel: str) -> Any:
        """The next message; the buffer is there for as long as somebody waits for one."""
        self.receive_buffer.setdefault(channel, _Buffer(self.get_capacity(channel)))
        try:
            return await super().receive(channel)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            self.receive_buffer.pop(channel, None)
            raise

    async def clean_expired(self) -> None:
        """Forgets what nobody fetched; the next time does what this one could not."""
        try:
            await super().clean_expired()  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - of SQLite, or of the pool of connections
            logger.info("Old live messages stay for now: %s", error)


class _Buffer(BoundedQueue):
    """What waits for one page; the oldest message makes room for a new one."""

    async def put(self, item: Any) -> None:
        self.put_nowait(item)  # type: ignore[no-untyped-call]


class _Buffers(dict[str, _Buffer]):
    """The buffers of the channels that somebody receives from, by their names."""

    def get(self, channel: str, default: Any = None) -> _Buffer:
        """That of the channel; for one that nobody receives from, a buffer that is thrown away."""
        return super().get(channel) or _Buffer(1)
