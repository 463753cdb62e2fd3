"""Uploads: batches of files that an account sends, which the queue brings into the library and into albums."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from albums.changes import AlbumProblem, add_photos, create_album
from albums.contents import visible_albums
from albums.models import Album, AlbumType
from library import jobs
from library.access import Grant
from library.events import IndexCompleted
from library.importing.names import safe_folder
from library.importing.run import IMPORT, WAITING, Arrival, Importing, ImportOptions, import_files
from library.importing.staging import folder_of, is_token, owners, staged, uploads_of
from library.jobs import UPLOAD, ends_on_signal, enqueue, told_in
from library.lease import LibraryBusy, is_held
from library.models import Job
from library.models.job import JobState
from library.search import visible_photos
from library.search.sql import equals
from library.uid import is_uid
from sharing.accounts import account_of
from sharing.grants import grant_for_account
from sharing.models import Account

MOST_ALBUMS: Final = 100
FORGOTTEN_AFTER: Final = timedelta(hours=1)
"""A batch to which nothing was sent for so long is not being sent any more, and is brought in with the next one."""
_RUN: Final = "sharing.uploading.run_upload"
_LOST_AFTER: Final = timedelta(seconds=10)


class FileTold(TypedDict):
    name: str
    state: str
    reason: str
    photo: str
    review: bool


class UploadTold(TypedDict):
    """How far a batch is: `state` is that of its job, or `receiving` while there is none."""

    running: bool
    state: str
    message: str
    files: list[FileTold]


def chosen_albums(names: Sequence[str], grant: Grant) -> list[str]:
    """The UIDs of albums that are named by UID or title; a title that none has makes one. Raises AlbumProblem."""
    return [_album_called(name.strip(), grant).uid for name in dict.fromkeys(names) if name.strip()]


def start_upload(account: Account, token: str, albums: Sequence[str]) -> Job:
    """Queues what was sent in a batch for these albums; asked twice before it begins, it is one job."""
    with transaction.atomic():
        jobs.close_stalled()
        job: Job | None = _jobs_of(account, token).filter(state=JobState.QUEUED).first()
        if job is None:
            job = _queue(account, token, albums)
        elif new := [uid for uid in albums if uid not in job.arguments["albums"]]:
            job.arguments["albums"] += new
            job.save(update_fields=["arguments"])
        _queue_left_behind(account, but=token)
    return job


def resume_uploads() -> int:
    """Queues what was being brought in when everything was stopped, and what was forgotten. How many batches."""
    accounts = Account.objects.select_related("user").filter(uid__in=owners())
    with transaction.atomic():
        return sum(_queue_left_behind(account) for account in accounts)


def run_upload(job_uid: str) -> str:
    """The queued work. While others write the library it waits, and is queued again when they have ended."""
    job = Job.objects.select_related("user").get(uid=job_uid)
    if is_held() or is_held(IMPORT):
        return "The upload waits its turn."
    if job.user is None:
        return "The account is gone."
    if not Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.RUNNING):
        return f"The job is {job.state} already."
    account = account_of(job.user)
    progress = Importing(job, is_told=False, arrivals=_arrivals_of(job))
    try:
        with ends_on_signal(progress), told_in(job) as outcome:
            source = folder_of(account.uid, job.arguments["token"])
            result = import_files(ImportOptions(source=source, folder=safe_folder(account.upload_path)), progress)
            _fill(job.arguments["albums"], result.photos, grant_for_account(account))
            outcome["result"] = result
    except LibraryBusy as busy:
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, result="", started_at=None, heartbeat_at=None)
        return str(busy)
    go_on()
    return str(result)


def go_on_after(topic: str, data: dict[str, Any]) -> None:
    """Listener: once the library is indexed, the uploads that waited come in."""
    if topic == IndexCompleted.topic:
        go_on()


def go_on() -> None:
    """Has the queue look again at the uploads that wait for their turn."""
    for job in Job.objects.filter(kind=UPLOAD, state=JobState.QUEUED).order_by("pk"):
        enqueue(_RUN, job)


def told_of(account: Account, token: str) -> UploadTold:
    """How far a batch is, and what became of each of its files."""
    job = _jobs_of(account, token).order_by("-pk").first()
    files = {one["name"]: one for one in job.progress.get("files", [])} if job else {}
    for some in staged(folder_of(account.uid, token)):
        for file in some:
            files.setdefault(file.name, {"name": file.name, "state": WAITING, "reason": "", "photo": ""})
    told = _with_photos(files.values(), grant_for_account(account))
    if job is None:
        return {"running": False, "state": "receiving", "message": "", "files": told}
    if job.state == JobState.QUEUED and timezone.now() - job.created_at > _LOST_AFTER:
        # Who was to wake it may have been killed.
        go_on()
    return {"running": job.is_open, "state": job.state, "message": job.result, "files": told}


def wait_for(job: Job, seconds: float) -> Job:
    """The job as it is at its end, or after so many seconds."""
    ends = time.monotonic() + seconds
    while job.is_open and time.monotonic() < ends:
        time.sleep(0.2)
        job.refresh_from_db()
    return job


def _album_called(name: str, grant: Grant) -> Album:
    if is_uid(name, "a"):
        album = visible_albums(grant).filter(uid=name).first()
        if album is None:
            raise AlbumProblem(_("There is no such album."))
    else:
        own = visible_albums(grant).filter(equals("title", name[:160]), type=AlbumType.ALBUM, filter="")
        album = own.order_by("pk").first() or create_album(grant, {"title": name[:160]})
    if album.filter:
        raise AlbumProblem(_("“%s” is filled by its search.") % album.title)
    return album


def _jobs_of(account: Account, token: str) -> Any:
    return Job.objects.filter(kind=UPLOAD, user=account.user, arguments__token=token)


def _queue(account: Account, token: str, albums: Sequence[str]) -> Job:
    job = Job.objects.create(kind=UPLOAD, arguments={"token": token, "albums": list(albums)}, user=account.user)
    transaction.on_commit(lambda: enqueue(_RUN, job))
    return job


def _queue_left_behind(account: Account, *, but: str = "") -> int:
    """Batches that no job has brought to an end, and those of which nobody said that they are complete."""
    folder = uploads_of(account.uid)
    batches = sorted(folder.iterdir()) if folder.is_dir() else []
    left = [batch for batch in batches if batch.name != but and is_token(batch.name)]
    queued = 0
    for batch in left:
        last = _jobs_of(account, batch.name).order_by("-pk").first()
        if last is None or last.state == JobState.DONE:
            is_left = timezone.now().timestamp() - _last_touched(batch) > FORGOTTEN_AFTER.total_seconds()
        else:
            is_left = not last.is_open
        if is_left:
            _queue(account, batch.name, last.arguments["albums"] if last else [])
            queued += 1
    return queued


def _last_touched(batch: Path) -> float:
    return max((path.stat().st_ctime for path in (batch, *batch.rglob("*"))), default=0.0)


def _arrivals_of(job: Job) -> dict[str, Arrival]:
    """What an earlier turn of the job has told of its files."""
    return {one["name"]: Arrival(**one) for one in job.progress.get("files", [])}


def _fill(albums: Sequence[str], photos: Sequence[str], grant: Grant) -> None:
    """Puts the photos into the albums that are still there."""
    for album in visible_albums(grant).filter(uid__in=albums) if photos else ():
        with suppress(AlbumProblem):
            add_photos(album, photos, grant)


def _with_photos(files: Iterable[dict[str, str]], grant: Grant) -> list[FileTold]:
    """Nobody learns by a copy which photos others keep for themselves."""
    told = list(files)
    named = {one["photo"] for one in told if one["photo"]}
    seen = {photo.uid: photo for photo in visible_photos(grant).filter(uid__in=named)} if named else {}
    return [
        {
            "name": one["name"],
            "state": one["state"],
            "reason": one["reason"],
            "photo": one["photo"] if one["photo"] in seen else "",
            "review": one["photo"] in seen and seen[one["photo"]].is_in_review,
        }
        for one in told
    ]
