"""Thumbs that are rendered when they are asked for."""

import asyncio
import os
import tempfile
from pathlib import Path

import pyvips
from django.test import SimpleTestCase

from library.media.geometry import Area
from library.media.ondemand import Darkroom, NotRendered, Order, Rules

HASH = "ab" * 20
MEGABYTE = 1024 * 1024


class DarkroomTest(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.deadline = 60.0
        self.room = Darkroom(self.rules)
        self.addCleanup(self.room.close)

    def rules(self) -> Rules:
        return Rules(out=self.folder, quality=83, max_pixels=10_000_000, deadline=self.deadline, memory=1024 * MEGABYTE)

    def order(self, name: str = "a.jpg", **fields: object) -> Order:
        values = {"path": self.folder / name, "within": self.folder, "type": "jpg", "hash": HASH, "size": "fit_720"}
        return Order(**{**values, **fields})  # type: ignore[arg-type]

    def make_picture(self, name: str = "a.jpg") -> None:
        pyvips.Image.black(900, 600, bands=3).jpegsave(str(self.folder / name))

    async def test_orders_for_the_same_thumb_are_done_once(self) -> None:
        self.make_picture()
        orders = [asyncio.create_task(self.room.render(self.order())) for _ in range(5)]
        await asyncio.sleep(0)
        self.assertEqual(len(self.room._under_way), 1)
        (path,) = set(await asyncio.gather(*orders))
        self.assertGreater(path.stat().st_size, 0)

    async def test_who_goes_away_does_not_take_the_thumb_from_others(self) -> None:
        self.make_picture()
        leaving, staying = (asyncio.create_task(self.room.render(self.order())) for _ in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        self.assertTrue((await staying).exists())

    async def test_a_file_that_never_ends_costs_its_deadline_and_no_more(self) -> None:
        os.mkfifo(self.folder / "endless.jpg")
        self.make_picture()
        self.deadline = 2.0
        with self.assertLogs("library.media.ondemand", "WARNING"), self.assertRaises(NotRendered):
            await self.room.render(self.order("endless.jpg"))
        self.deadline = 60.0
        self.assertTrue((await self.room.render(self.order())).exists())

    async def test_what_failed_is_not_tried_again_at_once(self) -> None:
        with self.assertLogs("library.media.ondemand", "WARNING"), self.assertRaises(NotRendered):
            await self.room.render(self.order("missing.jpg"))
        with self.assertNoLogs("library.media.ondemand", "WARNING"), self.assertRaises(NotRendered):
            await self.room.render(self.order("missing.jpg"))

    async def test_an_area_is_cut_out_of_the_smallest_thumb_that_will_do(self) -> None:
        self.make_picture()
        await self.room.render(self.order())
        path = await self.room.render(self.order(size="tile_100", area=Area(0.25, 0.25, 0.5, 0.5)))
        image = pyvips.Image.new_from_file(str(path))
        self.assertEqual((image.width, image.height), (100, 100))
        self.assertEqual(path.name, f"{HASH}_100x100_crop_0fa0fa1f41f4.jpg")

    async def test_after_the_end_the_next_order_starts_anew(self) -> None:
        self.make_picture()
        await self.room.render(self.order())
        self.room.close()
        self.assertTrue((await self.room.render(self.order(size="tile_100"))).exists())
