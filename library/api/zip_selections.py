"""What somebody chose to download as a ZIP: kept for an hour under a name that nobody can guess."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from library.access import Grant
from library.models import File
from library.models.folder import Root
from library.search import visible_files

KEPT_FOR: Final = timedelta(hours=1)
_KEY: Final = "zip"
_AT_ONCE: Final = 500  # UIDs in one query


@dataclass(frozen=True, slots=True)
class Selection:
    """UIDs of photos and of files; bound to an account, or to the token of somebody who has none."""

    photos: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    user_id: int | None = None
    download_token: str = ""

    def belongs_to(self, grant: Grant) -> bool:
        if self.user_id is not None:
            return self.user_id == grant.user_id
        return self.download_token == grant.download_token


def keep(selection: Selection, now: datetime) -> str:
    """The file name under which the selection can be fetched; nothing but the database holds it."""
    store = _store(None)
    # Each may hold a hundred thousand UIDs; nothing else removes them before the next start.
    store.clear_expired()
    store[_KEY] = asdict(selection)
    store.set_expiry(now + KEPT_FOR)
    store.create()
    return f"photos-{now:%Y%m%d-%H%M%S}-{store.session_key}.zip"


def recall(filename: str, grant: Grant) -> Selection | None:
    """What was kept under the name, if it is theirs and not older than an hour."""
    key = filename.removesuffix(".zip").rpartition("-")[2]
    kept = _store(key).get(_KEY) if key else None
    if kept is None:
        return None
    selection = Selection(tuple(kept["photos"]), tuple(kept["files"]), kept["user_id"], kept["download_token"])
    return selection if selection.belongs_to(grant) else None


def originals(selection: Selection, grant: Grant) -> Iterator[File]:
    """The originals that are chosen, there, and visible to whoever asks now: a whole stack for a photo."""
    for uids in _portions(selection.photos):
        yield from _present(visible_files(grant).filter(photo__uid__in=uids))
    for uids in _portions(selection.files):
        yield from _present(visible_files(grant).filter(uid__in=uids))


def originals_of(photos: QuerySet[Any], grant: Grant) -> QuerySet[File]:
    """The originals of these photos that are there and visible: a whole stack for a photo."""
    return _present(visible_files(grant).filter(photo__in=photos.order_by().values("pk")))


def _present(files: QuerySet[File]) -> QuerySet[File]:
    there = Q(root=Root.ORIGINALS, is_sidecar=False, is_missing=False)
    return files.filter(there).select_related("photo__place", "photo__cell").order_by("photo__taken_at_local", "name")


def _portions(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uids), _AT_ONCE):
        yield uids[start : start + _AT_ONCE]


def _store(key: str | None) -> Any:
    """Django's session store, which keeps values on the server by a random key and lets them expire."""
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
