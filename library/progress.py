"""Progress: counts, rate and the cancel flag of one running job, kept in its row and told to listeners."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from library.events import IndexProgress, payload, publish
from library.models.job import Job, JobState

EVERY = 0.5  # seconds between two reports: what a person can follow, and no load on the database
RATE_WINDOW = 20.0  # seconds over which the rate is taken


class Cancelled(Exception):
    """Somebody asked the job to stop."""


@dataclass(slots=True)
class Progress:
    """Count with the fields, then call `tick()`; it reports at most twice a second and raises Cancelled.

    Listeners hear of it if it `is_told`; else it stands in the job's row alone.
    """

    job: Job
    on_report: Callable[["Progress"], None] = lambda progress: None
    total: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    skipped: int = 0
    current: str = ""
    step: str = ""
    is_told: bool = True
    started: float = field(default_factory=time.monotonic)
    _cancelled: bool = False
    _reported: float = 0.0
    _samples: list[tuple[float, int]] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.added + self.updated + self.unchanged + self.failed + self.skipped

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Files per second over the last twenty seconds."""
        if not self._samples:
            return 0.0
        then, done = self._samples[0]
        elapsed = time.monotonic() - then
        return (self.done - done) / elapsed if elapsed > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds to go, None while that cannot be known."""
        if not self.total or self.rate <= 0:
            return None
        return max(0, self.total - self.done) / self.rate

    def cancel(self) -> None:
        """The next report raises Cancelled; safe to call from a signal handler."""
        self._cancelled = True

    def tick(self) -> None:
        """Cheap to call for every file."""
        now = time.monotonic()
        if now - self._reported >= EVERY:
            self._reported = now
            self._sample(now)
            self.report()

    def report(self) -> None:
        """Writes the row, tells the listeners, and raises Cancelled if that was asked for."""
        job = Job.objects.filter(pk=self.job.pk)
        job.update(progress=self.as_dict(), heartbeat_at=timezone.now())
        if self.is_told:
            publish(self.as_event())
        self.on_report(self)
        if self._cancelled or job.filter(cancel_requested=True).exists():
            raise Cancelled

    def close(self) -> None:
        """The last figures, once nothing is left to do."""
        self.current = self.step = ""
        Job.objects.filter(pk=self.job.pk).update(progress=self.as_dict())

    def as_event(self) -> IndexProgress:
        return IndexProgress(
            job=self.job.uid,
            state=JobState.RUNNING,
            done=self.done,
            total=max(self.total, self.done),
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            failed=self.failed,
            skipped=self.skipped,
            rate=round(self.rate, 1),
            remaining=self.remaining,
            current=self.current,
            step=self.step,
        )

    def as_dict(self) -> dict[str, object]:
        return payload(self.as_event())

    def _sample(self, now: float) -> None:
        self._samples.append((now, self.done))
        while now - self._samples[0][0] > RATE_WINDOW:
            self._samples.pop(0)
