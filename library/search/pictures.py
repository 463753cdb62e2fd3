"""What all pictures of the library show, in memory: their likeliest classes, or vectors of the operator's own model."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, QuerySet

from library.classify.packing import KEPT
from library.meaning.likeness import Classes, Roots, unpacked
from library.models import Classification, PictureVector
from library.search.idsets import Ids
from library.search.remembered import portions
from library.vectors import Vectors, VectorStore

_AT_ONCE: Final = 20_000
# Vectors that changed since the file was written; with more it is written anew.
_MOST_LOOSE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """The classes of each photo and the roots of their probabilities, at the place of its id: (n, 10) of each."""

    classes: Classes
    roots: Roots


@dataclass(frozen=True, slots=True)
class LikelyClasses:
    """What `classify.packing` keeps of each photo: 30 bytes for every id."""

    @property
    def key(self) -> Hashable:
        return "likely classes"

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([Classification._meta.db_table])

    def load(self) -> Table:
        highest = Classification.objects.aggregate(highest=Max("photo"))["highest"] or 0
        table = _blank(highest + 1)
        rows = Classification.objects.order_by().values_list("photo", "classes").iterator(_AT_ONCE)
        while some := list(islice(rows, _AT_ONCE)):
            _fill(table, some)
        return table

    def patch(self, value: Table, photos: Ids) -> Table:
        grown = _blank(max(len(value.classes), int(photos.max()) + 1))
        grown.classes[: len(value.classes)], grown.roots[: len(value.roots)] = value.classes, value.roots
        grown.roots[photos] = 0
        for some in portions(photos):
            rows = Classification.objects.filter(photo__among=some)
            _fill(grown, list(rows.values_list("photo", "classes")))
        return grown

    def size(self, value: Table) -> int:
        return int(value.classes.nbytes + value.roots.nbytes)


@dataclass(frozen=True, slots=True)
class PictureVectors:
    """The vectors that a model has made of pictures: a file mapped into memory, and what changed since."""

    model: str
    dimensions: int

    @property
    def key(self) -> Hashable:
        return ("picture vectors", self.model, self.dimensions)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset([PictureVector._meta.db_table])

    def load(self) -> Vectors:
        told = self._rows.aggregate(count=Count("pk"), newest=Max("made_at"))
        mark = f"{told['count']} {told['newest']}"
        path = settings.CACHE_PATH / "vectors" / "pictures"
        store = VectorStore(path, model=self.model, dimensions=self.dimensions)
        opened = store.open()
        if opened is not None and opened.mark == mark:
            return opened
        try:
            return store.rebuild(_read(self._rows.iterator(_AT_ONCE)), mark)
        except OSError:
            # The file only saves memory and time.
            return Vectors.none(self.dimensions, mark).patched(_read(self._rows.iterator(_AT_ONCE)))

    def patch(self, value: Vectors, photos: Ids) -> Vectors | None:
        if value.loose + len(photos) > _MOST_LOOSE:
            return None
        rows = [row for some in portions(photos) for row in _read(self._rows.filter(photo__among=some))]
        return value.patched(rows, set(photos.tolist()) - {pk for pk, _ in rows})

    def size(self, value: Vectors) -> int:
        """What is mapped belongs to the system."""
        return value.loose * self.dimensions + 12 * len(value)

    @property
    def _rows(self) -> QuerySet[Any]:
        return PictureVector.objects.filter(model=self.model).order_by().values_list("photo", "vector")


def _blank(length: int) -> Table:
    return Table(np.zeros((length, KEPT), np.uint16), np.zeros((length, KEPT), np.uint8))


def _fill(table: Table, some: list[tuple[int, Any]]) -> None:
    ids = np.fromiter((pk for pk, _ in some), np.int64, len(some))
    # A photo that has come since the highest was asked for is told by the next change.
    here = ids < len(table.classes)
    classes, roots = unpacked([bytes(packed) for _, packed in some])
    table.classes[ids[here]], table.roots[ids[here]] = classes[here], roots[here]


def _read(rows: Iterable[tuple[int, Any]]) -> Iterable[tuple[int, bytes]]:
    """PostgreSQL hands out views of its memory."""
    return ((pk, bytes(vector)) for pk, vector in rows)
