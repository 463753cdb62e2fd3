"""The YAML files of photos that became part of another: left behind, they would bring those back in a new database."""

import logging
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from library.media.sidecarpaths import sidecar_name
from library.models import File, Photo
from library.models.photo import Stack

log = logging.getLogger(__name__)


def backup_name(photo: Photo, first: File | None) -> str:
    """Of its YAML file below the sidecar folder: a photo kept out of its stack is called by its whole file name."""
    whole = first.base_name if first and photo.stack == Stack.UNSTACKED else photo.name
    return sidecar_name(photo.folder.path, whole)


def backups_of(photos: Iterable[Photo]) -> set[str]:
    """The names of the YAML files that these photos have or would have."""
    chosen = {photo.pk: photo for photo in photos}
    rows = File.objects.filter(photo__in=chosen, is_sidecar=False).order_by("is_primary", "-name")
    first = {row.photo_id: row for row in rows}
    return {backup_name(photo, first.get(pk)) for pk, photo in chosen.items()}


def forget_backups(names: Iterable[str]) -> None:
    """Deletes these YAML files as soon as the change at hand is committed."""
    for name in sorted(names):
        transaction.on_commit(partial(_delete, name), robust=True)


def _delete(name: str) -> None:
    try:
        (Path(settings.SIDECAR_PATH) / name).unlink(missing_ok=True)
    except OSError as error:
        log.warning("The sidecar file %s cannot be deleted: %s", name, error)
