"""The vectors of all photos: in a file that all processes map, with what changed since in the memory of each.

In a small library, and within a transaction, the rows themselves are read.
"""

import logging
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.db.models import QuerySet

from library.classify.seeing import VERSION
from library.models import Change, Classification
from library.search.changes import LOOK_BACK
from library.search.idsets import Ids
from library.search.memory import MANY, MEMORY
from library.search.sql import newest_numbers
from library.vectors import Vectors, VectorStore

log = logging.getLogger(__name__)

DIMENSIONS: Final = 128

# Rows that processes hold beside the file before one of them writes it anew.
_MOST_LOOSE: Final = 2_000
# Rows of the file that are compared with the database's before it is trusted: that may be another one's file.
_SAMPLE: Final = 50
_AT_ONCE: Final = 5_000


def directions() -> Vectors:
    """The vectors as they are now."""
    if MEMORY.refresh():
        return MEMORY.get(Directions())
    return Vectors.none(DIMENSIONS).patched(_read(_rows()))


@dataclass(frozen=True, slots=True)
class Directions:
    """What the memory holds of them: the file is mapped and takes no room of it."""

    @property
    def key(self) -> Hashable:
        return ("directions",)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([Classification._meta.db_table])

    def load(self) -> Vectors:
        """The file with what changed since it was written, or all rows anew."""
        first, last, _ = newest_numbers()
        store, mark = _store(), str(last)
        known = store.open()
        changed = None if known is None else _changed_since(known.mark, first, last)
        try:
            if known is None or changed is None or not _agrees(known, changed):
                return store.rebuild(_read(_rows()), mark)
            vectors = _patched(known, changed)
            return store.save(vectors, mark) if vectors.loose > _MOST_LOOSE else vectors
        except OSError as error:
            log.warning("The vectors of photos cannot be kept in a file, which costs memory: %s", error)
            return Vectors.none(DIMENSIONS).patched(_read(_rows()))

    def patch(self, value: Vectors, photos: Ids) -> Vectors | None:
        patched = _patched(value, photos)
        return patched if patched.loose <= _MOST_LOOSE else None

    def size(self, value: Vectors) -> int:
        """Ids and lengths, and the rows that are not in the file."""
        return len(value) * 16 + value.loose * DIMENSIONS


def _store() -> VectorStore:
    return VectorStore(settings.CACHE_PATH / "vectors" / "directions", model=str(VERSION), dimensions=DIMENSIONS)


def _rows() -> QuerySet[Any]:
    return Classification.objects.filter(version=VERSION).order_by("pk")


def _read(rows: QuerySet[Any]) -> Iterator[tuple[int, bytes]]:
    for pk, vector in rows.values_list("pk", "vector").iterator(_AT_ONCE):
        yield pk, bytes(vector)


def _changed_since(mark: str, first: int, last: int) -> Ids | None:
    """The photos that changed since the file was written; None if that cannot be told, or is too much."""
    written = int(mark) if mark.isascii() and mark.isdecimal() else -1
    if not (0 <= written <= last and first <= written + 1):
        return None
    # Another transaction may have taken an earlier number and ended later.
    changes = Change.objects.filter(pk__gt=written - LOOK_BACK, pk__lte=last).order_by()
    # Each photo once: one that is indexed changes a dozen times.
    keys = changes.values_list("photo_key", flat=True).distinct()[:MANY]
    found = np.unique(np.fromiter(keys, np.int64))
    return found[found > 0] if len(found) < MANY else None


def _patched(vectors: Vectors, photos: Ids) -> Vectors:
    rows: list[tuple[int, bytes]] = []
    for start in range(0, len(photos), _AT_ONCE):
        rows += _read(_rows().filter(pk__among=photos[start : start + _AT_ONCE].tolist()))
    return vectors.patched(rows, photos.tolist())


def _agrees(vectors: Vectors, changed: Ids) -> bool:
    """Whether the file is of this database: some of its rows are compared."""
    ids = np.setdiff1d(vectors.ids, changed)
    if not len(ids):
        return not _rows().exclude(pk__in=changed[:_AT_ONCE].tolist()).exists()
    some = ids[np.linspace(0, len(ids) - 1, min(_SAMPLE, len(ids))).astype(int)]
    rows = dict(_read(_rows().filter(pk__in=some.tolist())))
    known, kept = vectors.gather(some)
    return len(rows) == len(known) and all(
        rows.get(pk) == row.tobytes() for pk, row in zip(known.tolist(), kept, strict=True)
    )
