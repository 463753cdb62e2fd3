"""Worker processes for the stages: in order, with a deadline, and safe from what a decoder does."""

import multiprocessing
import re
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as Overdue
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from library.indexing import worker
from library.indexing.draft import Draft, Workshop
from library.media.formats import by_name
from library.media.related import FileRef, RelatedFiles, relate
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
    has_crashed: bool = False


Prepared = Draft | Failure

TOO_MUCH_MEMORY = "Needs more memory than a worker may take (PHOTOPRISM_INDEX_MEMORY)."
# As the libraries of C, C++ and Rust say it before they end their process.
_WANT_OF_MEMORY = re.compile(r"bad_alloc|failed to allocate|memory allocation|out of memory|cannot allocate", re.I)
_GIVING_UP = (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL)


class Preparing:
    """Prepares groups in parallel and gives them back in the order they came in, so that runs are repeatable."""

    def __init__(
        self, pool: ProcessPool, *, deadline: float, workers: int, on_wait: Callable[[], None], last_words: Path
    ) -> None:
        self._pool, self._deadline, self._on_wait, self._last_words = pool, deadline, on_wait, last_words
        self._most = workers * AHEAD
        self._under_way: deque[tuple[RelatedFiles, Future[Draft]]] = deque()

    def feed(self, groups: Iterable[RelatedFiles]) -> Iterator[Prepared]:
        """Takes groups in, and yields those that are ready; waits only while too many are under way."""
        for group in groups:
            self._under_way.append((group, self._schedule(group)))
            while self._under_way and (len(self._under_way) > self._most or self._under_way[0][1].done()):
                yield from self._next()

    def drain(self) -> Iterator[Prepared]:
        """Yields what is still under way."""
        while self._under_way:
            yield from self._next()

    def _next(self) -> Iterator[Prepared]:
        """The oldest group; in parts, if one of its files keeps it from being prepared as a whole."""
        group, future = self._under_way.popleft()
        prepared = self._tried(group, future)
        if isinstance(prepared, Failure) and group.others:
            yield from self._without_the_bad(prepared)
        else:
            yield prepared

    def _schedule(self, group: RelatedFiles) -> Future[Draft]:
        future: Future[Draft] = self._pool.schedule(worker.prepare, args=[group], timeout=self._deadline)
        return future

    def _tried(self, group: RelatedFiles, future: Future[Draft]) -> Prepared:
        """A group that crashed its worker gets a second chance: the first may have died of what came before."""
        prepared = self._outcome(group, future)
        return self._once(group) if isinstance(prepared, Failure) and prepared.has_crashed else prepared

    def _once(self, group: RelatedFiles) -> Prepared:
        return self._outcome(group, self._schedule(group))

    def _without_the_bad(self, failure: Failure) -> Iterator[Prepared]:
        """The group without the files that cannot be prepared even alone; without its sidecars, if that is not it."""
        files = failure.related.files
        alone = {file: self._once(RelatedFiles(file)) for file in files if _is_picture(file)}
        bad = {file: found for file, found in alone.items() if isinstance(found, Failure)}
        sound = [file for file in files if file not in bad]
        pictures = [file for file in sound if file in alone]
        for kept in (sound, pictures):
            if not pictures or len(kept) == len(files):
                continue
            prepared = self._once(relate(kept))
            if isinstance(prepared, Draft):
                yield prepared
                lost = (file for file in files if file not in kept)
                yield from (bad.get(file) or replace(failure, related=RelatedFiles(file)) for file in lost)
                return
        yield failure

    def _outcome(self, group: RelatedFiles, future: Future[Draft]) -> Prepared:
        while not future.done():
            wait([future], timeout=PULSE)
            self._on_wait()
        try:
            return future.result()
        except CacheNotWritable:
            raise
        except Overdue:
            return Failure(group, f"Took longer than {self._deadline:.0f} seconds (PHOTOPRISM_INDEX_TIMEOUT).")
        except ProcessExpired as death:
            return Failure(group, self._cause_of(death), has_crashed=True)
        except MemoryError:
            return Failure(group, TOO_MUCH_MEMORY)
        except Exception as error:  # noqa: BLE001 - one file's error stays its own
            return Failure(group, f"Cannot be indexed: {error or type(error).__name__}.", error)

    def _cause_of(self, death: ProcessExpired) -> str:
        """Why a worker died, as far as its last words and the signal tell."""
        if _WANT_OF_MEMORY.search(worker.words_of(self._last_words, death.pid)):
            return TOO_MUCH_MEMORY
        if death.exitcode == -signal.SIGKILL:
            return "The system ended the decoder, most likely because the machine ran out of memory."
        if death.exitcode in _GIVING_UP:
            return "The decoder gave up, most likely because the file is broken or needs too much memory."
        return "The decoder crashed on this file."


def _is_picture(file: FileRef) -> bool:
    known = by_name(file.base)
    return known is not None and known.is_main


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
    """A pool of `workers` processes that may take `memory` bytes each; gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="workers-") as name:
        pool = ProcessPool(
            max_workers=workers,
            max_tasks=TASKS_PER_WORKER,
            initializer=worker.start,
            initargs=[stages, workshop, memory, Path(name)],
            # Not fork: a child would inherit the database connection and the locks of libvips' threads.
            context=multiprocessing.get_context("spawn"),
        )
        try:
            yield Preparing(pool, deadline=deadline, workers=workers, on_wait=on_wait, last_words=Path(name))
            pool.close()  # type: ignore[no-untyped-call]
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise
        finally:
            pool.join()
