"""Worker processes for the stages: in order, with a deadline, and safe from what a decoder does."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as Overdue
from contextlib import contextmanager
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from library.indexing import worker
from library.indexing.draft import Draft, Workshop
from library.media.related import RelatedFiles
from library.media.thumbs import CacheNotWritable

AHEAD = 8  # groups under way per worker: enough to keep it busy, few enough to keep little in memory
TASKS_PER_WORKER = 2000  # then a fresh process: what a decoder leaks does not add up
PULSE = 0.5  # seconds between two calls of `on_wait` while a slow file keeps everybody waiting


@dataclass(frozen=True, slots=True)
class Failure:
    """A group that could not be prepared: the decoder crashed, hung, or has a bug."""

    related: RelatedFiles
    reason: str
    error: BaseException | None = None


Prepared = Draft | Failure


class Preparing:
    """Prepares groups in parallel and gives them back in the order they came in, so that runs are repeatable."""

    def __init__(self, pool: ProcessPool, *, deadline: float, workers: int, on_wait: Callable[[], None]) -> None:
        self._pool, self._deadline, self._on_wait = pool, deadline, on_wait
        self._most = workers * AHEAD
        self._under_way: deque[tuple[RelatedFiles, Future[Draft]]] = deque()

    def feed(self, groups: Iterable[RelatedFiles]) -> Iterator[Prepared]:
        """Takes groups in, and yields those that are ready; waits only while too many are under way."""
        for group in groups:
            future = self._pool.schedule(worker.prepare, args=[group], timeout=self._deadline)
            self._under_way.append((group, future))
            while self._under_way and (len(self._under_way) > self._most or self._under_way[0][1].done()):
                yield self._next()

    def drain(self) -> Iterator[Prepared]:
        """Yields what is still under way."""
        while self._under_way:
            yield self._next()

    def _next(self) -> Prepared:
        group, future = self._under_way.popleft()
        while not future.done():
            wait([future], timeout=PULSE)
            self._on_wait()
        try:
            return future.result()
        except CacheNotWritable:
            raise
        except Overdue:
            return Failure(group, f"Took longer than {self._deadline:.0f} seconds (PHOTOPRISM_INDEX_TIMEOUT).")
        except ProcessExpired:
            return Failure(group, "The decoder crashed on this file.")
        except MemoryError:
            return Failure(group, "Needs more memory than a worker may take (PHOTOPRISM_INDEX_MEMORY).")
        except Exception as error:  # noqa: BLE001 - one file's error stays its own
            return Failure(group, f"Cannot be indexed: {error or type(error).__name__}.", error)


@contextmanager
def preparing(
    stages: tuple[str, ...],
    workshop: Workshop,
    *,
    workers: int,
    deadline: float,
    memory: int,
    on_wait: Callable[[], None],
) -> Iterator[Preparing]:
    """A pool of `workers` processes with `memory` bytes of address space each; gone when the block ends."""
    pool = ProcessPool(
        max_workers=workers,
        max_tasks=TASKS_PER_WORKER,
        initializer=worker.start,
        initargs=[stages, workshop, memory],
        # Not fork: a child would inherit the database connection and the locks of libvips' threads.
        context=multiprocessing.get_context("spawn"),
    )
    try:
        yield Preparing(pool, deadline=deadline, workers=workers, on_wait=on_wait)
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()
