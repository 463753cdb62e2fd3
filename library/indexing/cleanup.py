"""Removes what nothing needs any more: thumbs and made videos without a file, photos without any file row."""

import re
import time
from pathlib import Path

from django.conf import settings

from library import counts
from library.media import videocache
from library.models import File, Photo

LONGEST_WRITE = 3600  # seconds
_HASH = re.compile(r"([0-9a-f]{40})[_.]")


def clean_up() -> int:
    """Deletes orphaned thumbs, videos and photos; how many. Does nothing while the index is empty.

    Originals are not touched, nor are rows of missing files: they may come back.
    """
    if not File.objects.exists():
        return 0
    return _remove_photos() + sum(_remove_orphans(folder) for folder in _cache_folders())


def _remove_photos() -> int:
    orphans = Photo.objects.filter(files__isnull=True)
    days = {taken.date() for taken in orphans.values_list("taken_at_local", flat=True)}
    removed, _ = orphans.delete()
    counts.recount_days(days)
    return removed


def _cache_folders() -> list[Path]:
    """The folders a/b/c in which the thumbs and videos of hashes abc... lie."""
    roots = (settings.CACHE_PATH / name for name in ("thumbnails", "videos"))
    return [path for root in roots for path in root.glob("?/?/?") if path.is_dir()]


def _remove_orphans(folder: Path) -> int:
    paths = list(folder.iterdir())
    made = {path: found[1] for path in paths if (found := _HASH.match(path.name))}
    known = set(File.objects.filter(hash__in=set(made.values())).values_list("hash", flat=True))
    orphans = [path for path, file_hash in made.items() if file_hash not in known]
    orphans += [path for path in paths if path.name.startswith(".") and _is_left_behind(path)]
    for path in orphans:
        videocache.remove(path)
    return len(orphans)


def _is_left_behind(part: Path) -> bool:
    """Whether a half-written thumb belongs to a process that was killed: nobody writes one for an hour."""
    try:
        return time.time() - part.stat().st_mtime > LONGEST_WRITE
    except FileNotFoundError:
        return False
