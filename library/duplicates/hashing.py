"""The hashes of pictures that were indexed before there were any, and the progress of a run."""

import time
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone

from library.media.sizes import SIZES
from library.media.thumbs import phash_of, thumb_name
from library.models import File, Job
from library.models.folder import Root
from library.progress import EVERY, Cancelled

_AT_ONCE: Final = 100


@dataclass(slots=True)
class Comparing:
    """The progress of a run, kept in the row of its job: the step, and how much of it is done."""

    job: Job
    step: str = ""
    done: int = 0
    total: int = 0
    _reported: float = 0.0
    _cancelled: bool = False

    def cancel(self) -> None:
        """The next report raises Cancelled; safe to call from a signal handler."""
        self._cancelled = True

    def begin(self, step: str, total: int = 0) -> None:
        self.step, self.done, self.total, self._reported = step, 0, total, 0.0
        self.tick(0)

    def tick(self, count: int = 1) -> None:
        """Cheap to call often; writes the row at most twice a second. Raises Cancelled if that was asked for."""
        self.done += count
        now = time.monotonic()
        if now - self._reported < EVERY:
            return
        self._reported = now
        row = Job.objects.filter(pk=self.job.pk)
        row.update(progress={"step": self.step, "done": self.done, "total": self.total}, heartbeat_at=timezone.now())
        if self._cancelled or row.filter(cancel_requested=True).exists():
            raise Cancelled


def hash_missing(progress: Comparing) -> None:
    """Hashes from the thumbs of pictures that were indexed before there were hashes; a thumb that is gone waits."""
    shown = File.objects.filter(is_primary=True, is_missing=False, photo__isnull=False, root=Root.ORIGINALS)
    missing = shown.filter(phash__isnull=True, width__gt=0).order_by("pk")
    progress.begin("hashes", missing.count())
    last = 0
    while rows := list(missing.filter(pk__gt=last).values_list("pk", "hash")[:_AT_ONCE]):
        last = rows[-1][0]
        hashed = [File(pk=pk, phash=found) for pk, name in rows if (found := _hash_of(name)) is not None]
        File.objects.bulk_update(hashed, ["phash"])
        progress.tick(len(rows))


def _hash_of(name: str) -> int | None:
    try:
        return phash_of(settings.CACHE_PATH / "thumbnails" / thumb_name(name, SIZES["fit_720"]))
    except (OSError, ValueError):
        return None
