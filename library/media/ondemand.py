"""Renders thumbs when they are asked for: in a child process with a deadline, the same one never twice at a time."""

import asyncio
import atexit
import logging
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pebble import ProcessPool

from library.media.beneath import resolve_beneath
from library.media.crops import CROP_SIZES, render_crop
from library.media.formats import by_code
from library.media.geometry import Area
from library.media.limits import limit_process
from library.media.sizes import SIZES
from library.media.thumbs import render_one

if TYPE_CHECKING:
    from concurrent.futures import Future

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 64
RETRY_AFTER: Final = 600.0  # seconds until a file that could not be rendered is tried again
IDLE: Final = 300.0  # seconds without an order after which the processes give their memory back
NICE: Final = 5  # behind the web server, before indexing: somebody is waiting
_MOST_FAILED: Final = 4096
_TASKS_PER_PROCESS: Final = 200


class NotRendered(Exception):
    """The thumb could not be made, or not now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thumb to make of the original at `path` in the folder `within`; `area` asks for a crop of its thumbs."""

    path: Path
    within: Path
    type: str
    hash: str
    size: str
    area: Area | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Where thumbs go and what making one may take: `deadline` in seconds, `memory` in bytes."""

    out: Path
    quality: int
    max_pixels: int
    deadline: float
    memory: int
    processes: int = 1


class Darkroom:
    """The processes that render on demand. They start with the first order, and end when there are none for a while."""

    def __init__(self, rules: Callable[[], Rules]) -> None:
        self._rules = rules
        self._pool: ProcessPool | None = None
        self._under_way: dict[Order, Future[Path]] = {}
        self._failed: dict[Order, float] = {}
        self._rest: asyncio.TimerHandle | None = None

    async def render(self, order: Order) -> Path:
        """The file of the thumb, which may be that of a smaller size. Raises NotRendered."""
        wrapped = asyncio.wrap_future(self._under_way.get(order) or self._start(order))
        self._rest_later()
        # Not awaited itself: whoever goes away does not take the thumb from the others who wait for it.
        await asyncio.wait([wrapped])
        if wrapped.cancelled() or wrapped.exception():
            raise NotRendered(f"There is no {order.size} of {order.path.name}.")
        return wrapped.result()

    def close(self) -> None:
        """Ends the processes; the next order starts new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _start(self, order: Order) -> "Future[Path]":
        if len(self._under_way) >= MOST_WAITING:
            raise NotRendered("Too many thumbs are waiting to be rendered.")
        if self._failed.get(order, 0) > time.monotonic():
            raise NotRendered("It could not be rendered a moment ago.")
        rules = self._rules()
        if self._pool is None or not self._pool.active:
            self._pool = _make_pool(rules)
        future: Future[Path] = self._pool.schedule(render, args=[order, rules], timeout=rules.deadline)
        self._under_way[order] = future
        future.add_done_callback(partial(self._settle, order))
        return future

    def _settle(self, order: Order, future: "Future[Path]") -> None:
        """Remembers a failure: a file that took the whole deadline must not take it again at once."""
        del self._under_way[order]
        if future.cancelled() or not (error := future.exception()):
            return
        logger.warning("No %s of %s: %s", order.size, order.path.name, error or type(error).__name__)
        if len(self._failed) >= _MOST_FAILED:
            self._failed.clear()
        self._failed[order] = time.monotonic() + RETRY_AFTER

    def _rest_later(self) -> None:
        loop = asyncio.get_running_loop()
        if self._rest:
            self._rest.cancel()
        self._rest = loop.call_later(IDLE, lambda: None if self._under_way else loop.run_in_executor(None, self.close))


def start(memory: int) -> None:
    """What the child process does first; by now the libraries are loaded, as this module loads them."""
    limit_process(memory, nice=NICE)


def render(order: Order, rules: Rules) -> Path:
    """What the child process does for one order."""
    if order.area:
        return render_crop(order.hash, order.area, CROP_SIZES[order.size], rules.out, quality=rules.quality)
    return render_one(
        resolve_beneath(order.within, order.path),
        by_code(order.type),
        order.hash,
        SIZES[order.size],
        rules.out,
        quality=rules.quality,
        max_pixels=rules.max_pixels,
    )


def _make_pool(rules: Rules) -> ProcessPool:
    pool = ProcessPool(
        max_workers=rules.processes,
        max_tasks=_TASKS_PER_PROCESS,
        initializer=start,
        initargs=[rules.memory],
        # Not fork: a child would inherit connections, and the locks of threads that it does not have.
        context=multiprocessing.get_context("spawn"),
    )
    atexit.register(pool.stop)
    return pool
