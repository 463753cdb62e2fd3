"""What runs over the pictures of indexed photos have in common: which photos, in portions, in worker processes."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from django.conf import settings
from pebble import ProcessExpired, ProcessPool

from library.access import ADMIN, Grant
from library.looking import Shown, Studio
from library.models import File, Photo
from library.models.folder import Root
from library.progress import Progress
from library.search import VIEWS, find

if TYPE_CHECKING:
    from concurrent.futures import Future

Item = TypeVar("Item")
Seen = TypeVar("Seen")

AT_ONCE: Final = 16  # photos in one task of a worker, and in one transaction
PORTION: Final = 500  # photos whose files are read at once
AHEAD: Final = 4  # tasks under way per worker
MEGABYTE: Final = 1024 * 1024
_OPERATOR: Final = Grant(
    role=ADMIN,
    permissions=frozenset(
        f"library.{name}" for name in ("view_photo", "view_private", "archive_photo", "update_photo")
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """Which photos: those that a query finds, those with these UIDs, or all.

    Those looked at before are left out, unless it is a `rescan`; of one that goes on, those looked at since `since`.
    """

    filter: str = ""
    uids: tuple[str, ...] = ()
    rescan: bool = False
    since: str = ""
    workers: int = 0


class RunResult(Protocol):
    """What a run came to; as a text it is a sentence."""

    @property
    def state(self) -> str: ...


def chosen(options: RunOptions, done: Collection[int]) -> list[int]:
    """The ids of the photos that are not done, in their order: a run that is continued goes on where it ended."""
    photos: Any = Photo.objects.filter(uid__in=options.uids) if options.uids else Photo.objects.all()
    ids = _found(options.filter) if options.filter else set(photos.order_by().values_list("pk", flat=True))
    return sorted(ids.difference(done))


def pictures(ids: Sequence[int], progress: Progress, at_once: int) -> Iterator[list[Shown]]:
    """The pictures of the photos in portions; a photo without one is counted as skipped."""
    for some in parts(ids, PORTION):
        rows = File.objects.filter(photo__in=some, is_primary=True, is_missing=False, root=Root.ORIGINALS)
        shown = [Shown(*row) for row in rows.order_by("photo").values_list("photo", "name", "type", "hash")]
        progress.skipped += len(some) - len(shown)
        yield from parts(shown, at_once)


def parts(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


@contextmanager
def worker_pool(workers: int, start: Callable[..., None], *arguments: Any) -> Iterator[ProcessPool]:
    """Processes that begin with `start(*arguments)`; gone when the block ends."""
    # Not fork: a child would inherit the database connection and the locks of other threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPool(max_workers=workers, initializer=start, initargs=list(arguments), context=context)
    try:
        yield pool
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def in_workers(
    pool: ProcessPool, look: Callable[..., list[Seen]], portions: Iterable[list[Shown]], workers: int
) -> Iterator[tuple[list[Shown], list[Seen | None]]]:
    """What `look(pictures, studio)` makes of each picture in worker processes, in order; None where one failed."""
    shared = studio()
    under_way: deque[tuple[list[Shown], Future[list[Seen]]]] = deque()
    for portion in portions:
        deadline = settings.OPTIONS.index_timeout * len(portion)
        under_way.append((portion, pool.schedule(look, args=[portion, shared], timeout=deadline)))
        if len(under_way) >= workers * AHEAD:
            yield _outcome(*under_way.popleft())
    while under_way:
        yield _outcome(*under_way.popleft())


def studio() -> Studio:
    """Where things are, from the options."""
    options = settings.OPTIONS
    return Studio(
        originals=settings.ORIGINALS_PATH,
        thumbs=settings.CACHE_PATH / "thumbnails",
        models=settings.MODELS_PATH,
        quality=options.jpeg_quality,
        max_pixels=options.resolution_limit_pixels,
    )


def _found(query: str) -> set[int]:
    """What the query finds on the timeline, in the archive, in review and among what is private. Raises QueryError."""
    return {pk for view in VIEWS for pk in find(query, _OPERATOR, view=view).order_by().values_list("pk", flat=True)}


def _outcome(portion: list[Shown], future: "Future[list[Seen]]") -> tuple[list[Shown], list[Seen | None]]:
    """A worker that died or hung costs its portion, which the next run tries again."""
    try:
        return portion, list(future.result())
    except (ProcessExpired, TimeoutError, MemoryError):
        return portion, [None] * len(portion)
