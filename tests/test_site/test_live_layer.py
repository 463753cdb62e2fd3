"""The channel layer as the settings have it; all other tests use one in memory."""

from channels.layers import ChannelLayerManager
from django.test import SimpleTestCase, override_settings

from photoprism_site import settings


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
        layers = [layer for layer in settings.CHANNEL_LAYERS.values() if "channels_lite" in layer["BACKEND"]]
        self.assertEqual({layer["CONFIG"]["serializer_format"] for layer in layers} - {"json"}, set())
