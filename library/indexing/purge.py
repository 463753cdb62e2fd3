"""Marks what is gone from the originals; rows are kept, so that a file that comes back has its story."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction

from library import counts
from library.indexing import folders, troubles
from library.indexing.identity import is_on_disk
from library.models import Duplicate, ErrorLog, File, Folder, Photo
from library.models.folder import Root, path_key
from library.models.photo import HIDDEN
from library.stacks.primaries import choose_primary

AT_A_TIME = 500


def mark_missing(names: Iterable[str]) -> int:
    """Flags the originals of these names as missing and forgets troubles and duplicates there. How many files."""
    return sum(_mark([path_key(Root.ORIGINALS, name) for name in some]) for some in _portions(names))


def mark_unvisited(start: str, visited: Collection[int], unread: Collection[str]) -> int:
    """Flags everything in folders below `start` that the scan did not meet, but spares what it could not read."""
    lost = [
        (pk, path)
        for pk, path in folders.below(start)
        if pk not in visited and not any(path == spared or path.startswith(f"{spared}/") for spared in unread)
    ]
    missing = 0
    for pk, _ in lost:
        names = File.objects.filter(folder=pk, root=Root.ORIGINALS, is_missing=False).values_list("name", flat=True)
        others = Duplicate.objects.filter(folder=pk).values_list("name", flat=True)
        missing += mark_missing([*names, *others, *_troubled(pk)])
        Folder.objects.filter(pk=pk).update(missing=True)
    return missing


def _troubled(folder_id: int) -> list[str]:
    return list(ErrorLog.objects.filter(folder=folder_id).values_list("name", flat=True))


def _mark(keys: list[str]) -> int:
    with transaction.atomic():
        rows = [row for row in File.objects.filter(path_key__in=keys, is_missing=False) if not is_on_disk(row.name)]
        File.objects.filter(pk__in=[row.pk for row in rows]).update(is_missing=True, is_primary=False)
        Duplicate.objects.filter(path_key__in=keys).delete()
        troubles.forget_keys(keys)
        counts.recount_days(_settle({row.photo_id for row in rows if row.photo_id}))
    return len(rows)


def _settle(photo_ids: set[int]) -> set[date]:
    """Gives photos that lost their primary file another, or hides them. The days concerned."""
    days = set()
    for photo in Photo.objects.filter(pk__in=photo_ids):
        rows = list(File.objects.filter(photo=photo).order_by("pk"))
        if any(row.is_primary for row in rows):
            continue
        if primary := choose_primary(rows):
            File.objects.filter(pk=primary.pk).update(is_primary=True)
        else:
            Photo.objects.filter(pk=photo.pk).update(quality=HIDDEN)
            days.add(photo.taken_at_local.date())
    return days


def _portions(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, AT_A_TIME)):
        yield some
