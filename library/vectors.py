"""Pure: vectors of photos in a file that every process maps into memory, and which of them are nearest to one.

A vector is a row of signed bytes that tells a direction; likeness is the cosine of the angle between two, from -1 to 1.
The file holds the state of the rows at one `mark`, which its owner chooses, such as the number of the last change that
was read. It is never changed, only replaced, so a reader keeps the one that it has opened. One that is missing, broken
or of another model is opened as None and has to be made again.

    store = VectorStore(folder / "directions", model="3", dimensions=128)
    vectors = store.open() or store.rebuild(all_rows(), mark)
    vectors = vectors.patched(changed_rows, removed_ids)     # in this process alone
    store.save(vectors, mark)                                # for all, and for the next start
    ids, likeness = vectors.nearest(vectors.of(photo), 100)
"""

import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ids: TypeAlias = NDArray[np.int64]
Rows: TypeAlias = NDArray[np.int8]
Scores: TypeAlias = NDArray[np.float32]

BLOCK: Final = 4_096
"""Rows that are compared at once: 2 MB as floats of 128 dimensions, which a processor's cache holds."""

_MAGIC: Final = b"vectors1"
_HEAD: Final = 4_096  # bytes before the rows: the magic and JSON, filled with spaces
_WRITTEN: Final = 8_192  # rows that are written at once
_ABANDONED: Final = 3_600.0  # seconds after which nobody writes on


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """Some rows with their ids, in any order; `alive` says which still count, None that all do."""

    ids: Ids
    rows: Rows
    norms: Scores
    order: Ids | None  # of the ids, None if they ascend
    alive: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, ids: Ids, rows: Rows, norms: Scores | None = None) -> "_Segment":
        ascending = bool(np.all(ids[1:] > ids[:-1]))
        return cls(ids, rows, _norms(rows) if norms is None else norms, None if ascending else np.argsort(ids))

    def __len__(self) -> int:
        return len(self.ids) if self.alive is None else int(self.alive.sum())

    def places(self, ids: Ids) -> tuple[NDArray[np.bool_], Ids]:
        """Which of the ids are here, and for these the places of their rows."""
        if not len(self.ids):
            return np.zeros(len(ids), bool), np.empty(0, np.int64)
        near = np.minimum(np.searchsorted(self.ids, ids, sorter=self.order), len(self.ids) - 1)
        places = near if self.order is None else self.order[near]
        here = self.ids[places] == ids
        if self.alive is not None:
            here &= self.alive[places]
        return here, places[here]

    def without(self, ids: Ids) -> "_Segment":
        here, places = self.places(ids)
        if not here.any():
            return self
        alive = np.ones(len(self.ids), bool) if self.alive is None else self.alive.copy()
        alive[places] = False
        return replace(self, alive=alive)

    def kept(self) -> "_Segment":
        """Without the rows that do not count any more."""
        return self if self.alive is None else _Segment.of(self.ids[self.alive], self.rows[self.alive])


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The vectors at one moment: those of the file, and in front of them what changed since."""

    dimensions: int
    mark: str
    segments: tuple[_Segment, ...]

    @classmethod
    def none(cls, dimensions: int, mark: str = "") -> "Vectors":
        return cls(dimensions, mark, ())

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    @property
    def loose(self) -> int:
        """How many rows are held by this process alone; with many of them it is time to save."""
        return sum(len(segment.ids) for segment in self.segments[1:])

    @property
    def ids(self) -> Ids:
        """The photos that have a vector, in no order."""
        kept = [segment.ids if segment.alive is None else segment.ids[segment.alive] for segment in self.segments]
        return np.concatenate(kept) if kept else np.empty(0, np.int64)

    def of(self, photo: int) -> Rows | None:
        """The vector of a photo, of shape (dimensions,)."""
        found, rows = self.gather(np.array([photo], np.int64))
        return rows[0] if len(found) else None

    def gather(self, ids: Ids) -> tuple[Ids, Rows]:
        """Those of the photos that have a vector, and their vectors, of shape (n, dimensions), in the same order."""
        rows = np.zeros((len(ids), self.dimensions), np.int8)
        known = np.zeros(len(ids), bool)
        for segment in self.segments:
            here, places = segment.places(ids)
            rows[here], known = segment.rows[places], known | here
        return ids[known], rows[known]

    def patched(self, rows: Iterable[tuple[int, bytes]], removed: Iterable[int] = ()) -> "Vectors":
        """With other vectors for some photos and none for those removed; held in this process alone."""
        new = _segment(_fitting(rows, self.dimensions), self.dimensions)
        gone = np.unique(np.concatenate([new.ids, np.fromiter(removed, np.int64)]))
        segments = [segment.without(gone) for segment in self.segments]
        file, loose = segments[:1], [segment.kept() for segment in segments[1:]]
        return replace(self, segments=(*file, _joined([*loose, new], self.dimensions)))

    def likeness(self, vector: Rows | Scores) -> tuple[Ids, Scores]:
        """Every photo that has a vector, in no order, and how like the given one it is. Four bytes a photo."""
        query = _unit(vector)
        scores = [_scores(segment, query) for segment in self.segments]
        return self.ids, np.concatenate(scores) if scores else np.empty(0, np.float32)

    def nearest(
        self, vector: Rows | Scores, count: int, among: Ids | None = None, *, at_least: float = -1.0
    ) -> tuple[Ids, Scores]:
        """At most `count` photos with their likeness, the most like first and the older of equals; of those `among`."""
        if among is None:
            ids, scores = self.likeness(vector)
        else:
            ids, scores = self._likeness_of(among, _unit(vector))
        best = np.flatnonzero(scores >= at_least)
        if len(best) > count:
            best = best[np.argpartition(-scores[best], count - 1)[:count]] if count > 0 else best[:0]
        best = best[np.lexsort((ids[best], -scores[best]))]
        return ids[best], scores[best]

    def _likeness_of(self, among: Ids, query: Scores) -> tuple[Ids, Scores]:
        ids, scores = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for segment in self.segments:
            here, places = segment.places(among)
            ids.append(among[here])
            scores.append(_scores(segment, query, places))
        return np.concatenate(ids), np.concatenate(scores)


class VectorStore:
    """The file of one kind of vectors. Any process may read, rebuild and save it at any time."""

    def __init__(self, path: Path, *, model: str, dimensions: int) -> None:
        self.path = path
        self.model = model
        self.dimensions = dimensions

    def open(self) -> Vectors | None:
        """What the file holds, mapped and not read; None if it cannot be used."""
        try:
            with self.path.open("rb") as file:
                head = _head(file.read(_HEAD))
                content = np.memmap(file, np.uint8, "r")
            return self._opened(head, content)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def rebuild(self, rows: Iterable[tuple[int, bytes]], mark: str) -> Vectors:
        """Writes these vectors, one a photo, and opens them. Memory does not grow with the rows. Raises OSError."""
        return self._replace(_blocks(_fitting(rows, self.dimensions), self.dimensions), mark)

    def save(self, vectors: Vectors, mark: str) -> Vectors:
        """Writes what a process holds and opens it. Raises OSError."""
        return self._replace(_alive_blocks(vectors), mark)

    def _replace(self, blocks: Iterable[tuple[Ids, Rows]], mark: str) -> Vectors:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._clear_away()
        with NamedTemporaryFile(dir=self.path.parent, prefix=f".{self.path.name}.", delete=False) as file:
            written = Path(file.name)
            try:
                self._write(file, blocks, mark)
                written.replace(self.path)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
        opened = self.open()
        if opened is None:
            raise OSError(f"{self.path} cannot be read back.")
        return opened

    def _clear_away(self) -> None:
        """What writers that were killed have left."""
        for left in self.path.parent.glob(f".{self.path.name}.*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()

    def _write(self, file: IO[bytes], blocks: Iterable[tuple[Ids, Rows]], mark: str) -> None:
        """The rows, their lengths, their ids; the head last, so that nothing half written looks whole."""
        ids, norms = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        file.write(b"\0" * _HEAD)
        for numbers, rows in blocks:
            file.write(rows.tobytes())
            ids.append(numbers)
            norms.append(_norms(rows))
        numbers = np.concatenate(ids)
        file.write(b"\0" * _gap(len(numbers), self.dimensions))
        file.write(np.concatenate(norms).tobytes())
        file.write(numbers.tobytes())
        head = {
            "model": self.model,
            "dimensions": self.dimensions,
            "count": len(numbers),
            "mark": mark,
            "sum": zlib.crc32(numbers.tobytes()),
        }
        file.seek(0)
        file.write(_MAGIC + json.dumps(head).encode().ljust(_HEAD - len(_MAGIC)))
        file.flush()
        os.fsync(file.fileno())

    def _opened(self, head: dict[str, Any], content: NDArray[np.uint8]) -> Vectors | None:
        count, dimensions = int(head["count"]), self.dimensions
        if (head["model"], head["dimensions"]) != (self.model, dimensions) or count < 0:
            return None
        norms_at = _HEAD + count * dimensions + _gap(count, dimensions)
        ids_at = norms_at + count * 4
        if len(content) != ids_at + count * 8:
            return None
        ids = content[ids_at:].view(np.int64)
        if zlib.crc32(ids.tobytes()) != head["sum"]:
            return None
        rows = content[_HEAD : _HEAD + count * dimensions].view(np.int8).reshape(count, dimensions)
        norms = content[norms_at:ids_at].view(np.float32)
        return Vectors(dimensions, str(head["mark"]), (_Segment.of(np.array(ids), rows, norms),))


def _head(start: bytes) -> dict[str, Any]:
    """Raises ValueError."""
    if not start.startswith(_MAGIC):
        raise ValueError("This is no file of vectors.")
    head = json.loads(start[len(_MAGIC) :])
    if not isinstance(head, dict):
        raise ValueError("This is no head of a file of vectors.")
    return head


def _gap(count: int, dimensions: int) -> int:
    """Bytes after the rows, so that numbers of eight bytes follow where they belong."""
    return -(count * dimensions + count * 4) % 8


def _scores(segment: _Segment, query: Scores, places: Ids | None = None) -> Scores:
    """The likeness of the rows at some places, or of all that count; block by block, so that no copy is made of all."""
    norms = segment.norms if places is None else segment.norms[places]
    count = len(norms)
    scores = np.empty(count, np.float32)
    floats = np.empty((min(BLOCK, count), len(query)), np.float32)
    for start in range(0, count, BLOCK):
        end = min(start + BLOCK, count)
        some = floats[: end - start]
        some[...] = segment.rows[start:end] if places is None else segment.rows[places[start:end]]
        # Row by row: a product of matrices takes threads, which wait for each other where the machine has much to do.
        np.vecdot(some, query, out=scores[start:end])
    scores /= norms
    return scores if places is not None or segment.alive is None else scores[segment.alive]


def _unit(vector: Rows | Scores) -> Scores:
    floats = np.asarray(vector, np.float32)
    return floats / (float(np.linalg.norm(floats)) or 1.0)


def _norms(rows: Rows) -> Scores:
    """The lengths; 1 for a vector of nothing, which is like none."""
    floats = rows.astype(np.float32)
    lengths: Scores = np.sqrt(np.einsum("ij,ij->i", floats, floats))
    return np.where(lengths > 0, lengths, np.float32(1))


def _fitting(rows: Iterable[tuple[int, bytes]], dimensions: int) -> Iterator[tuple[int, bytes]]:
    """Without vectors of another length, which a row of another model has."""
    return ((pk, vector) for pk, vector in rows if len(vector) == dimensions)


def _blocks(rows: Iterator[tuple[int, bytes]], dimensions: int) -> Iterator[tuple[Ids, Rows]]:
    while some := list(islice(rows, _WRITTEN)):
        ids = np.fromiter((pk for pk, _ in some), np.int64, len(some))
        yield ids, np.frombuffer(b"".join(vector for _, vector in some), np.int8).reshape(-1, dimensions)


def _alive_blocks(vectors: Vectors) -> Iterator[tuple[Ids, Rows]]:
    for segment in vectors.segments:
        for start in range(0, len(segment.ids), _WRITTEN):
            part = slice(start, start + _WRITTEN)
            alive = slice(None) if segment.alive is None else segment.alive[part]
            yield segment.ids[part][alive], segment.rows[part][alive]


def _segment(rows: Iterator[tuple[int, bytes]], dimensions: int) -> _Segment:
    """Of a photo that is there twice the last counts."""
    latest = dict(rows)
    return _joined([_Segment.of(*block) for block in _blocks(iter(latest.items()), dimensions)], dimensions)


def _joined(segments: list[_Segment], dimensions: int) -> _Segment:
    ids = np.concatenate([np.empty(0, np.int64), *(segment.ids for segment in segments)])
    return _Segment.of(ids, np.concatenate([np.empty((0, dimensions), np.int8), *(one.rows for one in segments)]))
