"""The photos of a page with their files, in few queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from library.access import Grant
from library.models import Favorite, File, Photo


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


@dataclass(frozen=True, slots=True)
class Page:
    """Part of what was found; `after` is the mark of the page that follows, "" if there is none."""

    results: tuple[Result, ...]
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
