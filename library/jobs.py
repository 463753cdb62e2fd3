"""django-q2 entry points, and the functions that queue, cancel and report them. UIDs and strings only."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from library.events import IndexCompleted, publish
from library.indexing.runner import FolderMissing, IndexOptions, IndexResult, index
from library.lease import LibraryBusy, is_held
from library.media.thumbs import CacheNotWritable
from library.models import Job
from library.models.job import JobState
from library.progress import Progress

INDEX = "index"
END_JOB = signal.SIGURG
"""Sent to all of the queue's processes when it is to stop: those that run no job take no notice of it."""
ENDING = (signal.SIGINT, signal.SIGTERM, END_JOB)
STALE_AFTER = timedelta(seconds=90)
"""A running job reports twice a second; one that is silent for so long is none."""
OPEN = (JobState.QUEUED, JobState.RUNNING)
FIRST_MOMENT = timedelta(seconds=5)
"""From the start of a job until it holds the lease, at most."""
CANNOT_RUN = (FolderMissing, LibraryBusy, CacheNotWritable)
"""What ends a run, or keeps it from starting, with a sentence for people."""
LONGEST_QUEUE = timedelta(seconds=60)
"""A job that waits longer while nobody holds the lease was lost with a worker that was killed."""
GONE = "The process that ran it is gone; the next run does what was left."
NEVER_BEGUN = "No worker began it."
EMPTY_STATUS = {
    "running": False,
    "job": "",
    "state": "",
    "done": 0,
    "total": 0,
    "added": 0,
    "updated": 0,
    "unchanged": 0,
    "failed": 0,
    "skipped": 0,
    "rate": 0.0,
    "remaining": None,
    "current": "",
    "step": "",
    "message": "",
}


def start_index(path: str = "", *, rescan: bool = False, cleanup: bool = False, user: Any = None) -> Job:
    """Queues an index run. Raises LibraryBusy while one is queued or running."""
    arguments = {"path": path.strip("/"), "rescan": rescan, "cleanup": cleanup}
    with transaction.atomic():
        close_stalled()
        if open_job() is not None:
            raise LibraryBusy("The library is being indexed already.")
        job = Job.objects.create(kind=INDEX, arguments=arguments, user=user)
        transaction.on_commit(lambda: async_task("library.jobs.run_index", job.uid, task_name=f"index {job.uid}"))
    return job


def run_index(job_uid: str) -> str:
    """The queued work; running it twice does no harm."""
    job = Job.objects.get(uid=job_uid)
    if job.state != JobState.QUEUED:
        return f"The job is {job.state} already."
    progress = Progress(job)
    with ends_on_signal(progress):
        return str(index_in_job(job, IndexOptions(**job.arguments), progress))


def index_in_job(job: Job, options: IndexOptions, progress: Progress | None = None) -> IndexResult:
    """Indexes under the job's row, which tells its state to everybody. Errors are written down and raised again."""
    now = timezone.now()
    job.state, job.started_at, job.heartbeat_at = JobState.RUNNING, now, now
    job.attempts += 1
    job.save(update_fields=["state", "started_at", "heartbeat_at", "attempts"])
    try:
        result = index(options, progress or Progress(job))
    except CANNOT_RUN as error:
        _finish(job, JobState.FAILED, str(error))
        raise
    except BaseException as error:
        _finish(job, JobState.FAILED, f"Stopped by an error: {error or type(error).__name__}")
        raise
    _finish(job, result.state, str(result))
    return result


@contextmanager
def ends_on_signal(progress: Progress) -> Iterator[None]:
    """Lets Ctrl-C, SIGTERM and END_JOB end the run after the files at hand, as the next one goes on from there."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: progress.cancel()) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def cancel_index() -> bool:
    """Asks the open index job to stop. False if there is none."""
    job = open_job()
    if job is not None:
        job.cancel()
    return job is not None


def index_status() -> dict[str, Any]:
    """What the last index job is doing or came to; the fields of `library.events.IndexProgress` and `running`."""
    job = Job.objects.filter(kind=INDEX).order_by("-created_at", "-pk").first()
    if job is None:
        return dict(EMPTY_STATUS)
    running = job.is_open and not _is_abandoned(job)
    told = {"running": running, "job": job.uid, "state": job.state, "message": job.result}
    return {**EMPTY_STATUS, **job.progress, **told}


def open_job() -> Job | None:
    """The index job that is queued or running."""
    return Job.objects.filter(kind=INDEX, state__in=OPEN).order_by("pk").first()


def close_stalled() -> int:
    """Closes open jobs that nobody works on any more, so that the next one may start. How many."""
    stalled = [job for job in Job.objects.filter(state__in=OPEN) if _is_abandoned(job)]
    for job in stalled:
        _finish(job, JobState.FAILED, NEVER_BEGUN if job.state == JobState.QUEUED else GONE)
    return len(stalled)


def _is_abandoned(job: Job) -> bool:
    """Whether the process that ran an open job died, or the queue lost it. Who runs one holds the lease."""
    now = timezone.now()
    if is_held():
        return job.heartbeat_at is not None and now - job.heartbeat_at > STALE_AFTER
    if job.started_at is None:
        return now - job.created_at > LONGEST_QUEUE
    return now - job.started_at > FIRST_MOMENT


def _finish(job: Job, state: str, result: str) -> None:
    job.state, job.result, job.finished_at = state, result, timezone.now()
    job.save(update_fields=["state", "result", "finished_at"])
    if state == JobState.FAILED:
        publish(
            IndexCompleted(job=job.uid, state=state, files=0, added=0, updated=0, failed=0, seconds=0.0, message=result)
        )
