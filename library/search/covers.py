"""The pictures that stand for labels, places, people and the like: hashes of files that the grant may open."""

from collections.abc import Iterable
from typing import Final

from library.access import Grant
from library.models import File
from library.search import visible_files

# Ids in one statement.
_AT_ONCE: Final = 500


def hashes(photos: Iterable[int]) -> dict[int, str]:
    """The hash of each photo's primary file, by the photo's number; they have to be photos that are seen."""
    ids = list(photos)
    found: dict[int, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        files = File.objects.filter(photo__in=ids[start : start + _AT_ONCE], is_primary=True, deleted_at__isnull=True)
        found.update((photo or 0, file_hash) for photo, file_hash in files.values_list("photo", "hash"))
    return found


def seen_thumbs(thumbs: Iterable[str], grant: Grant) -> set[str]:
    """Which of the kept thumbs, a file's hash alone or with an area behind a dash, are of photos that are seen."""
    kept = {thumb: thumb.partition("-")[0] for thumb in thumbs if thumb}
    if not kept:
        return set()
    seen = set(visible_files(grant).filter(hash__in=set(kept.values())).values_list("hash", flat=True))
    return {thumb for thumb, file_hash in kept.items() if file_hash in seen}
