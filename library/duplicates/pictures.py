"""What is compared: the hashes and vectors of all photos, and which of them are new since the last run."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.conf import settings
from django.db.models import F

from library.duplicates.confirming import likeness_of
from library.duplicates.pairs import Hashes, Ids
from library.models import File, Job
from library.models.job import JobState
from library.search.directions import directions
from library.search.sql import read_columns
from library.vectors import Rows, Scores, Vectors, VectorStore

COMPARE: Final = "duplicates"
"""The kind of the jobs that compare, and the name of their lease."""

# With more new photos comparing all with all is quicker.
_MOST_NEW: Final = 5_000


@dataclass(slots=True)
class Pictures:
    """The hashes of all photos that have one, and which of them are new since the last run; None if all are."""

    ids: Ids
    hashes: Hashes
    new: Ids | None
    vectors: Vectors

    def likeness(self, first: Ids, second: Ids) -> Scores:
        """How like the photos at these places are."""
        return likeness_of(self.vectors, self.ids[first], self.ids[second])


def read_pictures(*, anew: bool) -> Pictures:
    """All of them as they are now; `anew` as if nothing had been compared before."""
    shown = File.objects.filter(is_primary=True, is_missing=False, photo__isnull=False, deleted_at__isnull=True)
    # Of a video only the poster is known, which says little of what plays.
    rows = shown.filter(phash__isnull=False, is_video=False).exclude(phash=0)
    ids, hashes = read_columns(rows, F("photo"), F("phash"))
    ids, once = np.unique(ids, return_index=True)
    pictures = Pictures(ids, hashes[once].view(np.uint64), None, directions())
    if not anew:
        pictures.new = _new(pictures)
    return pictures


def remember(pictures: Pictures, job: Job) -> None:
    """Keeps what was compared; where that cannot be written, the next run compares all."""
    rows = _compared(pictures)
    try:
        _store().rebuild(
            ((pk, row.tobytes()) for pk, row in zip(pictures.ids.tolist(), rows, strict=True)), mark=job.uid
        )
    except OSError:
        with suppress(OSError):
            _store().path.unlink(missing_ok=True)


def _store() -> VectorStore:
    """What was compared: of each photo the hash, and whether the model had looked at it."""
    return VectorStore(settings.CACHE_PATH / "vectors" / "compared", model="1", dimensions=9)


def _compared(pictures: Pictures) -> Rows:
    rows = np.zeros((len(pictures.ids), 9), np.int8)
    rows[:, :8] = pictures.hashes.view(np.int8).reshape(-1, 8)
    rows[:, 8] = np.isin(pictures.ids, pictures.vectors.ids)
    return rows


def _new(pictures: Pictures) -> Ids | None:
    """The places of what is new or changed since the last run; None if nothing is known of it, or it is too much."""
    before = _store().open()
    if before is None or not Job.objects.filter(uid=before.mark, kind=COMPARE, state=JobState.DONE).exists():
        return None
    known, rows = before.gather(pictures.ids)
    at = np.searchsorted(pictures.ids, known)
    is_new = np.ones(len(pictures.ids), bool)
    is_new[at] = (rows != _compared(pictures)[at]).any(axis=1)
    new = np.flatnonzero(is_new)
    return new if len(new) <= _MOST_NEW else None
