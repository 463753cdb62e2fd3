"""django-q2 entry points, and the functions that queue, cancel and report them. UIDs and strings only."""

import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from library.captioning import CAPTION, CaptioningOff, has_uncaptioned
from library.classify.model import ModelUnusable
from library.classifying import CLASSIFY, ClassificationOff
from library.conversions import CONVERT, Conversion, ConvertOptions, NotConverted, convert_file, jobs_for
from library.duplicates.comparing import Compared, compare
from library.duplicates.hashing import Comparing
from library.duplicates.pictures import COMPARE
from library.embedding import EMBED, NoModel
from library.events import IndexCompleted, PhotosArchived, PhotosRestored, PhotosUpdated, publish
from library.importing.run import IMPORT
from library.indexing.runner import FolderMissing, IndexOptions, IndexResult, index
from library.judging import retitle
from library.lease import LibraryBusy, is_held, library_lease
from library.media.thumbs import CacheNotWritable
from library.models import File, Job
from library.models.job import JobState
from library.ocr.recognizer import RecognizerUnusable
from library.picture_runs import RunOptions, RunResult
from library.progress import Cancelled, Progress
from library.query import QueryError
from library.recognizing import RECOGNIZE, RecognitionOff, has_unread
from library.runs import RUNS
from library.sidecars import write_sidecars
from library.vision import VisionUnreachable

INDEX = "index"
UPLOAD = "upload"
MOST_CONVERSIONS = 100
"""Videos that may wait to be converted: who asks for more has asked by mistake, or means harm."""
AT_ONCE = 100  # photos whose YAML files are written before the answer to a request
PORTION = 2000  # photos in one task of the queue
_CHANGES = {PhotosUpdated.topic, PhotosArchived.topic, PhotosRestored.topic}
END_JOB = signal.SIGURG
"""Sent to all of the queue's processes when it is to stop: those that run no job take no notice of it."""
ENDING = (signal.SIGINT, signal.SIGTERM, END_JOB)
OPEN = (JobState.QUEUED, JobState.RUNNING)
FIRST_MOMENT = timedelta(seconds=5)
"""From the start of a job until it holds the lease, at most."""
CANNOT_RUN = (
    FolderMissing,
    LibraryBusy,
    CacheNotWritable,
    ModelUnusable,
    ClassificationOff,
    RecognizerUnusable,
    RecognitionOff,
    VisionUnreachable,
    CaptioningOff,
    NoModel,
    QueryError,
)
"""What ends a run, or keeps it from starting, with a sentence for people."""
LONGEST_QUEUE = timedelta(seconds=60)
"""A job that waits longer while nobody holds the lease, and a worker is free, was lost with one that was killed."""
GONE = "The process that ran it is gone; the next run does what was left."
NEVER_BEGUN = "No worker began it."
# Who runs a job holds the first; while somebody holds another, it waits.
_LEASES = {
    CONVERT: (CONVERT,),
    COMPARE: (COMPARE,),
    RECOGNIZE: (RECOGNIZE,),
    CAPTION: (CAPTION,),
    UPLOAD: (IMPORT, "library"),
}
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


class Cancellable(Protocol):
    """Work that ends soon after somebody asked for it."""

    def cancel(self) -> None: ...


class QueueFull(Exception):
    """So much waits to be done that nothing more is taken."""


def enqueue(path: str, job: Job) -> None:
    """Has the queue call the function at this path with the UID of the job."""
    async_task(path, job.uid, task_name=f"{job.kind} {job.uid}")


def start_index(path: str = "", *, rescan: bool = False, cleanup: bool = False, user: Any = None) -> Job:
    """Queues an index run. Raises LibraryBusy while one is queued or running."""
    arguments = {"path": path.strip("/"), "rescan": rescan, "cleanup": cleanup}
    with transaction.atomic():
        close_stalled()
        if open_job() is not None:
            raise LibraryBusy("The library is being indexed already.")
        job = Job.objects.create(kind=INDEX, arguments=arguments, user=user)
        transaction.on_commit(lambda: enqueue("library.jobs.run_index", job))
    return job


def run_index(job_uid: str) -> str:
    """The queued work; running it twice does no harm."""
    job = Job.objects.get(uid=job_uid)
    if job.state != JobState.QUEUED:
        return f"The job is {job.state} already."
    progress = Progress(job)
    with ends_on_signal(progress):
        result = index_in_job(job, IndexOptions(**job.arguments), progress)
    if result.state == JobState.DONE and (result.added or result.updated):
        start_comparing()
    return str(result)


def index_in_job(job: Job, options: IndexOptions, progress: Progress | None = None) -> IndexResult:
    """Indexes under the job's row, which tells its state to everybody. Errors are written down and raised again."""
    with told_in(job) as outcome:
        result = outcome["result"] = index(options, progress or Progress(job))
    _start_what_follows(result)
    return result


def _start_what_follows(result: IndexResult) -> None:
    """Has the queue look at what is new, once it is indexed."""
    options = settings.OPTIONS
    wanted = {
        EMBED: options.vision_folder is not None and (result.added or result.updated),
        RECOGNIZE: options.detect_text and has_unread(),
        CAPTION: options.vision_uri and has_uncaptioned(),
    }
    for kind in (kind for kind, is_wanted in wanted.items() if is_wanted):
        with suppress(LibraryBusy):
            start_run(kind)


def start_run(
    kind: str,
    *,
    filter: str = "",  # noqa: A002 - the name of the option
    uids: Iterable[str] = (),
    rescan: bool = False,
    user: Any = None,
) -> Job:
    """Queues a run over the pictures. Raises LibraryBusy while one of the kind is queued or running."""
    with transaction.atomic():
        close_stalled()
        if Job.objects.filter(kind=kind, state__in=OPEN).exists():
            raise LibraryBusy(RUNS[kind].busy)
        job = new_run(kind, RunOptions(filter=filter, uids=tuple(uids), rescan=rescan), user)
        transaction.on_commit(lambda: enqueue("library.jobs.run_pictures", job))
    return job


def new_run(kind: str, options: RunOptions, user: Any = None) -> Job:
    """The row of a run; a rescan that was not brought to its end is continued by the next of the same photos."""
    wanted = {"filter": options.filter, "uids": list(options.uids), "rescan": options.rescan}
    earlier = Job.objects.filter(kind=kind).order_by("-created_at", "-pk")
    last = next((job for job in earlier[:100] if wanted.items() <= job.arguments.items()), None)
    goes_on = last is not None and last.state in (JobState.CANCELLED, JobState.FAILED)
    since = last.arguments["since"] if last is not None and goes_on else timezone.now().isoformat()
    return Job.objects.create(kind=kind, arguments={**wanted, "since": since}, user=user)


def run_pictures(job_uid: str) -> str:
    """The queued work; running it twice does no harm. Waits its turn by failing with a sentence while others write."""
    job = Job.objects.get(uid=job_uid)
    if job.state != JobState.QUEUED:
        return f"The job is {job.state} already."
    progress = Progress(job, is_told=RUNS[job.kind].is_told)
    with ends_on_signal(progress):
        return str(run_in_job(job, progress))


def run_in_job(job: Job, progress: Progress, *, workers: int = 0) -> RunResult:
    """Looks at the pictures under the job's row. Errors are written down and raised again."""
    arguments = {**job.arguments, "uids": tuple(job.arguments["uids"])}
    with told_in(job) as outcome:
        result = outcome["result"] = RUNS[job.kind].work(RunOptions(**arguments, workers=workers), progress)
    return result


def start_comparing(*, anew: bool = False, user: Any = None) -> Job:
    """Queues a look for near-duplicates; who asks while one is queued or running gets that one."""
    with transaction.atomic():
        close_stalled()
        job = Job.objects.filter(kind=COMPARE, state__in=OPEN).order_by("pk").first()
        if job is None:
            job = new_job = Job.objects.create(kind=COMPARE, arguments={"anew": anew}, user=user)
            name = f"duplicates {new_job.uid}"
            transaction.on_commit(lambda: async_task("library.jobs.run_comparing", new_job.uid, task_name=name))
    return job


def run_comparing(job_uid: str) -> str:
    """The queued work; running it twice does no harm."""
    job = Job.objects.get(uid=job_uid)
    if job.state != JobState.QUEUED:
        return f"The job is {job.state} already."
    progress = Comparing(job)
    with ends_on_signal(progress):
        return str(compare_in_job(job, progress))


def compare_in_job(job: Job, progress: Comparing) -> Compared:
    """Looks for near-duplicates under the job's row. Errors are written down and raised again."""
    with told_in(job) as outcome:
        result = outcome["result"] = compare(progress, anew=bool(job.arguments.get("anew")))
    return result


def comparing_status() -> dict[str, Any]:
    """What the last look for near-duplicates is doing or came to; `done` and `total` belong to the `step`."""
    job = Job.objects.filter(kind=COMPARE).order_by("-created_at", "-pk").first()
    if job is None:
        return {"running": False, "state": "", "step": "", "done": 0, "total": 0, "message": ""}
    running = job.is_open and not _is_abandoned(job)
    told = {"step": "", "done": 0, "total": 0, **job.progress}
    return {**told, "running": running, "state": job.state, "message": job.result}


@contextmanager
def told_in(job: Job) -> Iterator[dict[str, Any]]:
    """Begins the job, and ends it with the `result` that is put into what is given, or with what went wrong."""
    _begin(job)
    outcome: dict[str, Any] = {}
    try:
        yield outcome
    except CANNOT_RUN as error:
        _finish(job, JobState.FAILED, str(error))
        raise
    except BaseException as error:
        _finish(job, JobState.FAILED, f"Stopped by an error: {error or type(error).__name__}")
        raise
    _finish(job, outcome["result"].state, str(outcome["result"]))


@contextmanager
def ends_on_signal(progress: Cancellable) -> Iterator[None]:
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


def keep_sidecars(topic: str, data: dict[str, Any]) -> None:
    """Listener: brings the YAML files of changed photos up to date, those of large selections in the queue."""
    if topic not in _CHANGES or not settings.OPTIONS.sidecar_yaml:
        return
    uids: list[str] = data["entities"]
    if len(uids) <= AT_ONCE:
        write_sidecars(uids)
        return
    for start in range(0, len(uids), PORTION):
        async_task("library.sidecars.write_sidecars", uids[start : start + PORTION], task_name="write sidecars")


def retitle_photos(uids: Sequence[str]) -> None:
    """Brings the titles of photos in line with who is on them now, those of many in the queue."""
    if len(uids) <= AT_ONCE:
        retitle(uids)
        return
    for start in range(0, len(uids), PORTION):
        async_task("library.judging.retitle", list(uids[start : start + PORTION]), task_name="retitle")


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


def start_conversion(options: ConvertOptions, *, user: Any = None) -> Job:
    """Queues the making of a video; whoever asks for the same one gets the job that is open. Raises QueueFull."""
    with transaction.atomic():
        close_stalled()
        job = jobs_for(options).filter(state__in=OPEN).first()
        # One that waits while nobody works was left behind by a process that died.
        if job and (job.state == JobState.RUNNING or is_held(CONVERT)):
            return job
        if Job.objects.filter(kind=CONVERT, state__in=OPEN).count() >= MOST_CONVERSIONS:
            raise QueueFull("Too many videos are waiting to be converted.")
        job = job or Job.objects.create(kind=CONVERT, arguments=options.as_dict(), user=user)
        transaction.on_commit(lambda: async_task("library.jobs.run_conversions", task_name=f"convert {job.uid}"))
    return job


def cancel_conversion(options: ConvertOptions) -> bool:
    """Asks the open job of a video to stop. False if there is none."""
    job = jobs_for(options).filter(state__in=OPEN).first()
    if job is not None:
        job.cancel()
    return job is not None


def run_conversions() -> str:
    """The queued work: the videos that wait, one after the other, by whichever process holds the lease."""
    made = 0
    # Once more after the lease is given back: what was queued at that moment was left to its holder.
    while job := _next_conversion():
        try:
            with library_lease(CONVERT):
                while job:
                    made += _run_conversion(job)
                    job = _next_conversion()
        except LibraryBusy:
            break
    return f"{made} videos converted"


def _next_conversion() -> Job | None:
    return Job.objects.filter(kind=CONVERT, state=JobState.QUEUED).order_by("pk").first()


def _run_conversion(job: Job) -> bool:
    """Whether the video was made; what went wrong stands in the job."""
    _begin(job)
    progress = Conversion(job)
    try:
        with ends_on_signal(progress):
            convert_file(ConvertOptions(**job.arguments), progress.report)
    except Cancelled:
        _finish(job, JobState.CANCELLED, "Cancelled.")
    except (NotConverted, OSError, File.DoesNotExist) as error:
        _finish(job, JobState.FAILED, str(error) or "The file is gone.")
    except BaseException as error:
        _finish(job, JobState.FAILED, f"Stopped by an error: {error or type(error).__name__}")
        raise
    else:
        _finish(job, JobState.DONE, "Converted.")
        return True
    return False


def open_job() -> Job | None:
    """The index job that is queued or running."""
    return Job.objects.filter(kind=INDEX, state__in=OPEN).order_by("pk").first()


def close_stalled() -> int:
    """Closes open jobs that nobody works on any more, so that the next one may start. How many."""
    stalled = [job for job in Job.objects.filter(state__in=OPEN) if _is_abandoned(job)]
    for job in stalled:
        _finish(job, JobState.FAILED, NEVER_BEGUN if job.state == JobState.QUEUED else GONE)
    return len(stalled)


def _begin(job: Job) -> None:
    now = timezone.now()
    job.state, job.started_at, job.heartbeat_at = JobState.RUNNING, now, now
    job.attempts += 1
    job.save(update_fields=["state", "started_at", "heartbeat_at", "attempts"])


def _is_abandoned(job: Job) -> bool:
    """Whether the process that ran an open job died, or the queue lost it. Who runs one holds a lease of its kind."""
    now = timezone.now()
    if any(is_held(name) for name in _LEASES.get(job.kind, ("library",))):
        return job.state == JobState.RUNNING and job.has_stalled(now)
    begun = job.started_at or job.heartbeat_at
    if begun:
        return now - begun > FIRST_MOMENT
    return now - job.created_at > LONGEST_QUEUE and not _are_all_busy(now)


def _are_all_busy(now: datetime) -> bool:
    """Whether every worker of the queue has something to do, so that whoever waits is not forgotten."""
    workers: int = settings.Q_CLUSTER["workers"]
    return sum(not job.has_stalled(now) for job in Job.objects.filter(state=JobState.RUNNING)) >= workers


def _finish(job: Job, state: str, result: str) -> None:
    job.state, job.result, job.finished_at = state, result, timezone.now()
    job.save(update_fields=["state", "result", "finished_at"])
    if state == JobState.FAILED and job.kind in (INDEX, CLASSIFY, EMBED):
        publish(
            IndexCompleted(job=job.uid, state=state, files=0, added=0, updated=0, failed=0, seconds=0.0, message=result)
        )
