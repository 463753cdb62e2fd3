"""The channel layer as the settings have it; all other tests use one in memory."""

import sqlite3
from asyncio import CancelledError, create_task, sleep, timeout
from unittest.mock import patch

from channels.layers import ChannelLayerManager
from channels_lite.layers import ChannelEmpty
from channels_lite.layers.aio import AIOSQLiteChannelLayer
from django.test import SimpleTestCase, override_settings

from photoprism_site import settings
from photoprism_site.channel_layer import SQLiteChannelLayer

PATIENCE = 30  # seconds


@override_settings(CHANNEL_LAYERS=settings.CHANNEL_LAYERS)
class LiveLayerTest(SimpleTestCase):
    def test_it_carries_an_event_there_and_back(self) -> None:
        event = {
            "type": "tell",
            "topic": "photos.created",
            "data": {"entities": ["p1"], "rate": 1.5, "remaining": None},
        }
        layer = ChannelLayerManager()["default"]
        self.assertEqual(layer.deserialize(layer.serialize(event)), event)

    def test_without_redis_it_needs_no_package_that_is_not_required(self) -> None:
        layers = [layer for layer in settings.CHANNEL_LAYERS.values() if "SQLite" in layer["BACKEND"]]
        self.assertEqual({layer["CONFIG"]["serializer_format"] for layer in layers} - {"json"}, set())

    async def test_a_cleaning_that_finds_the_file_busy_ends_no_receiving(self) -> None:
        layer = ChannelLayerManager()["default"]
        if not isinstance(layer, SQLiteChannelLayer):
            return
        busy = patch.object(AIOSQLiteChannelLayer, "clean_expired", side_effect=sqlite3.OperationalError("locked"))
        with busy, self.assertLogs("photoprism_site.channel_layer", "INFO"):
            await layer.clean_expired()

    async def test_a_page_that_went_away_without_a_word_keeps_nobody_waiting(self) -> None:
        layer = ChannelLayerManager()["default"]
        if not isinstance(layer, SQLiteChannelLayer):
            return
        gone, here = await layer.new_channel(), await layer.new_channel()
        to_gone = [(gone, {"number": number}) for number in range(3 * layer.capacity)]
        arriving = patch.object(
            layer,
            "_receive_single_from_db",
            side_effect=[*to_gone, (here, {"number": 1}), ChannelEmpty(), CancelledError],
        )
        with arriving:
            async with timeout(PATIENCE):
                self.assertEqual(await layer.receive(here), {"number": 1})
        self.assertEqual(list(layer.receive_buffer), [here])
        await layer.close()

    async def test_nothing_is_kept_for_a_page_that_is_closed(self) -> None:
        layer = ChannelLayerManager()["default"]
        if not isinstance(layer, SQLiteChannelLayer):
            return
        with patch.object(layer, "_receive_single_from_db", side_effect=ChannelEmpty):
            waiting = create_task(layer.receive(await layer.new_channel()))
            await sleep(0)
            self.assertEqual(len(layer.receive_buffer), 1)
            waiting.cancel()
            with self.assertRaises(CancelledError):
                await waiting
            self.assertEqual(len(layer.receive_buffer), 0)
            await layer.close()
