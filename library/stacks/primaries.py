"""Which file of a photo is shown."""

from collections.abc import Sequence
from typing import Final

from library.models import File

PREVIEW_FORMATS: Final = frozenset({"jpg", "png"})


def choose_primary(rows: Sequence[File]) -> File | None:
    """The first JPEG or PNG that can be shown, else another picture; a video's poster only where there is none."""
    shown = [row for row in rows if can_be_primary(row)]
    shown.sort(key=lambda row: (row.is_video, row.type not in PREVIEW_FORMATS))
    return shown[0] if shown else None


def settle_primary(rows: Sequence[File], *, prefer: File | None = None) -> File | None:
    """Leaves one file primary: `prefer`, else the one that is so already, else the one that is chosen."""
    has_still = any(can_be_primary(row) and not row.is_video for row in rows)
    kept = [row for row in (prefer, *rows) if row and _may_stay(row, has_still=has_still, is_wanted=row is prefer)]
    chosen = kept[0] if kept else choose_primary(rows)
    for row in rows:
        if row.is_primary != (row is chosen):
            row.is_primary = row is chosen
            row.save(update_fields=["is_primary", "updated_at"])
    return chosen


def can_be_primary(row: File) -> bool:
    """Whether there is a picture of the file."""
    return bool(row.width) and not row.error and not row.is_missing and not row.is_sidecar


def _may_stay(row: File, *, has_still: bool, is_wanted: bool) -> bool:
    return (row.is_primary or is_wanted) and can_be_primary(row) and not (row.is_video and has_still)
