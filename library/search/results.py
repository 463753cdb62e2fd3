"""The photos of a page with their files, in few queries; those of a page of thousands a part at a time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

from django.db.models import Q

from library.access import Grant
from library.models import Favorite, File, Photo

# Photos that are read with their files at a time.
AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Result:
    """One photo as it is shown: its files, the primary one first, and whether the asking account likes it."""

    photo: Photo
    files: tuple[File, ...]
    is_favorite: bool

    @property
    def primary(self) -> File | None:
        """The file whose preview is shown."""
        return next((file for file in self.files if file.is_primary), self.files[0] if self.files else None)


class Results(Sequence[Result]):
    """The results of these ids in their order; each part is read, and asked whether the grant sees it, when it is used.

    Apps ask for everything at once: a hundred thousand photos with their files would fill gigabytes.
    """

    def __init__(self, ids: Sequence[int], grant: Grant, seen: Q) -> None:
        self._grant, self._seen = grant, seen
        self._ids = ids
        self._read = self._part(ids) if len(ids) <= AT_ONCE else None

    def __len__(self) -> int:
        return len(self._ids if self._read is None else self._read)

    def __iter__(self) -> Iterator[Result]:
        for part in self.parts():
            yield from part

    @overload
    def __getitem__(self, place: int) -> Result: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Result, ...]: ...

    def __getitem__(self, place: int | slice) -> Result | tuple[Result, ...]:
        if self._read is not None:
            return self._read[place]
        if isinstance(place, slice):
            return self._part(self._ids[place])
        return self._part([self._ids[place]])[0]

    def parts(self) -> Iterator[tuple[Result, ...]]:
        """A few hundred at a time."""
        if self._read is not None:
            yield self._read
            return
        for start in range(0, len(self._ids), AT_ONCE):
            yield self._part(self._ids[start : start + AT_ONCE])

    def _part(self, ids: Sequence[int]) -> tuple[Result, ...]:
        rows = Photo.objects.with_gear().filter(self._seen).in_bulk(ids)
        return results_of([rows[pk] for pk in ids if pk in rows], self._grant)


@dataclass(frozen=True, slots=True)
class Page:
    """Part of what was found; `after` is the mark of the page that follows, "" if there is none."""

    results: Results
    count: int
    offset: int
    has_more: bool
    after: str

    @property
    def photos(self) -> tuple[Photo, ...]:
        return tuple(result.photo for result in self.results)


def results_of(photos: Sequence[Photo], grant: Grant) -> tuple[Result, ...]:
    """Each photo with its files and the account's favourite; two queries whatever their number."""
    ids = [photo.pk for photo in photos]
    files = _files_of(ids)
    liked = liked_of(ids, grant)
    return tuple(Result(photo, tuple(files[photo.pk]), photo.pk in liked) for photo in photos)


def liked_of(ids: Sequence[int], grant: Grant) -> frozenset[int]:
    """Which of the photos the account has marked."""
    if not ids or grant.user_id is None:
        return frozenset()
    return frozenset(Favorite.objects.filter(user=grant.user_id, photo__in=ids).values_list("photo", flat=True))


def _files_of(ids: Sequence[int]) -> dict[int, list[File]]:
    files: dict[int, list[File]] = defaultdict(list)
    rows = File.objects.filter(photo__in=ids, deleted_at__isnull=True, is_missing=False)
    for file in rows.order_by("photo", "-is_primary", "pk") if ids else ():
        files[file.photo_id or 0].append(file)
    return files
