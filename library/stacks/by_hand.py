"""Stacks as people want them: stack a selection, take a file out, choose the file that is shown."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from library.access import Grant
from library.counts import recount_days
from library.events import CountsUpdated, PhotosCreated, PhotosDeleted, PhotosUpdated, publish
from library.media.related import base_prefix
from library.models import Details, File, Photo, PhotoKeyword, PhotoLabel
from library.models.photo import Stack
from library.search import visible_photos
from library.stacks.merging import merge, settle
from library.stacks.primaries import can_be_primary, settle_primary
from library.uid import new_uid

MOST: Final = 1000
"""Photos in one stack by hand."""


class NotStackable(Exception):
    """These photos or files cannot be put together or apart; the text says why."""


def stack(uids: Sequence[str], grant: Grant) -> Photo:
    """Makes one photo of those that the grant may see, and gives it. Raises NotStackable, PermissionDenied."""
    _allow(grant)
    with transaction.atomic():
        photos = list(visible_photos(grant).filter(uid__in=list(dict.fromkeys(uids))[: MOST + 1]))
        if not 2 <= len(photos) <= MOST:
            raise NotStackable(f"Select 2 to {MOST} photos to stack them.")
        if len({photo.owner_id for photo in photos}) > 1:
            raise NotStackable("Photos of different people cannot be stacked.")
        if len({photo.is_archived for photo in photos}) > 1:
            raise NotStackable("Photos in the archive cannot be stacked with others.")
        File.objects.filter(photo__in=photos).update(unstacked=False)
        merged = merge(photos)
        recount_days(merged.days)
        publish(PhotosDeleted(tuple(merged.gone)))
        _tell(merged.photo)
    return merged.photo


def unstack(photo: Photo, file_uid: str, grant: Grant) -> Photo:
    """Makes a photo of its own of one file and what belongs to it; it is never stacked again by itself.

    Raises NotStackable, PermissionDenied.
    """
    _allow(grant)
    with transaction.atomic():
        rows = list(File.objects.select_for_update().filter(photo=photo).order_by("pk"))
        file = _separable(rows, file_uid)
        made = _copy(photo, file)
        _move(file, rows, made)
        for changed in (photo, made):
            settle(changed)
        recount_days({photo.taken_at_local.date()})
        publish(PhotosCreated((made.uid,)))
        _tell(photo, made)
    return made


def set_primary(photo: Photo, file_uid: str, grant: Grant) -> None:
    """Shows this file of the photo from now on. Raises NotStackable, PermissionDenied."""
    _allow(grant)
    with transaction.atomic():
        rows = list(File.objects.select_for_update().filter(photo=photo).order_by("pk"))
        wanted = _named(rows, file_uid)
        if not can_be_primary(wanted):
            raise NotStackable("There is no picture of this file that could be shown.")
        if settle_primary(rows, prefer=wanted) is not wanted:
            raise NotStackable("A video stands behind the pictures of its stack.")
        settle(photo)
        _tell(photo)


def _allow(grant: Grant) -> None:
    if not grant.may("library.update_photo"):
        raise PermissionDenied


def _named(rows: Sequence[File], uid: str) -> File:
    found = next((row for row in rows if row.uid == uid), None)
    if found is None:
        raise NotStackable("The file does not belong to this photo.")
    return found


def _separable(rows: Sequence[File], uid: str) -> File:
    file = _named(rows, uid)
    if not file.is_original:
        raise NotStackable("Only an original can be taken out of a stack, not what belongs to it.")
    if file.is_primary:
        raise NotStackable("Make another file the primary one first.")
    if not can_be_primary(file):
        raise NotStackable("There is no picture of this file that could be shown.")
    return file


def _copy(photo: Photo, file: File) -> Photo:
    """A photo like the one it comes from, of the same day and place; title and approval stay what they were."""
    made = Photo.objects.get(pk=photo.pk)
    made.pk, made.uid, made.uuid = None, new_uid("p"), ""
    made._state.adding = True
    made.folder_id, made.name = file.folder_id, base_prefix(file.name)[:255]
    made.stack, made.panorama, made.faces = Stack.UNSTACKED, False, 0
    made.duration = file.duration
    made.created_at = timezone.now()
    made.save()
    if details := Details.objects.filter(photo=photo).first():
        texts = model_to_dict(details, exclude=["photo"])
        Details.objects.create(photo=made, **texts)
    for model, columns in _FOLLOWING:
        kept = list(model.objects.filter(photo=photo).values(*columns))
        model.objects.bulk_create([model(photo=made, **row) for row in kept])
    return made


_FOLLOWING: Final[Sequence[tuple[Any, tuple[str, ...]]]] = (
    (PhotoKeyword, ("keyword_id",)),
    (PhotoLabel, ("label_id", "src", "uncertainty")),
)


def _move(file: File, rows: Sequence[File], made: Photo) -> None:
    """The file and its sidecars; those of a name that another file of the stack has too stay with that one."""
    prefix = file.name[: len(file.name) - len(file.base_name)] + base_prefix(file.base_name)
    others = [row for row in rows if row.is_original and row is not file and not row.is_missing]
    is_alone = not any(
        row.folder_id == file.folder_id and base_prefix(row.base_name) == base_prefix(file.base_name) for row in others
    )
    for row in rows:
        belongs = row.name.startswith(f"{file.name}.") or (is_alone and row.name.startswith(f"{prefix}."))
        if row is file or (row.is_sidecar and belongs):
            row.photo, row.is_primary, row.unstacked = made, row is file, row is file
            row.save(update_fields=["photo", "is_primary", "unstacked", "updated_at"])


def _tell(*photos: Photo) -> None:
    publish(PhotosUpdated(tuple(photo.uid for photo in photos)))
    publish(CountsUpdated())
