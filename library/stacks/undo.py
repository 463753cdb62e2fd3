"""Takes a stack made or taken apart by hand back: the rows it changed are remembered for some minutes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CASCADE, Field, ForeignKey, Model
from django.utils import timezone

from library.access import Grant
from library.counts import recount_days
from library.events import CountsUpdated, PhotosCreated, PhotosDeleted, PhotosUpdated, publish
from library.models import File, Photo
from library.search import visible_photos
from library.stacks.backups import backups_of, forget_backups
from library.uid import new_token

KEPT: Final = 600
"""Seconds; the page offers it for six."""

Row = dict[str, Any]


class TooLate(Exception):
    """The change cannot be taken back any more; the text says why."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """Rows as they were: `photos` by all their columns, `files` by what a stack changes, `others` by their model.

    `after` has the moment of the last change of each photo that was there when the change was done.
    """

    photos: list[Row]
    files: list[Row]
    others: dict[str, list[Row]]
    after: dict[int, datetime]


def undoable(uids: Iterable[str], grant: Grant, change: Callable[[], Photo]) -> tuple[Photo, str]:
    """Makes a change to the stacks of these photos: the photo it gives, and the token that takes it back."""
    token = new_token(24)
    with transaction.atomic():
        photos = list(visible_photos(grant).filter(uid__in=list(uids)).order_by("pk"))
        others = {column.model._meta.label: _rows(column.model, column.name, photos) for column in _others()}
        before = _rows(Photo, "pk", photos), _files(photos), others
        made = change()
        touched = Photo.objects.filter(pk__in={made.pk, *(photo.pk for photo in photos)})
        memory = _Memory(*before, dict(touched.values_list("pk", "updated_at")))
        transaction.on_commit(partial(cache.set, _key(grant, token), memory, KEPT))
    return made, token


def undo(token: str, grant: Grant) -> list[str]:
    """Brings the photos back as they were; their UIDs. Raises TooLate, PermissionDenied."""
    if not grant.may("library.update_photo"):
        raise PermissionDenied
    memory: _Memory | None = cache.get(_key(grant, token))
    if memory is None:
        raise TooLate("This was too long ago to be taken back.")
    with transaction.atomic():
        now = Photo.objects.select_for_update().filter(pk__in=memory.after).order_by("pk")
        changed = {photo.pk: photo for photo in now}
        if {pk: photo.updated_at for pk, photo in changed.items()} != memory.after:
            raise TooLate("The photos have changed since; this cannot be taken back any more.")
        _tell(memory, changed, _restore(memory, changed))
    cache.delete(_key(grant, token))
    return [row["uid"] for row in memory.photos]


def _key(grant: Grant, token: str) -> str:
    return f"stack-undo:{grant.user_id}:{token}"


def _rows(model: type[Model], column: str, photos: Sequence[Photo]) -> list[Row]:
    """The rows of a table that hang on the photos, with all that is stored in them."""
    names = [field.attname for field in model._meta.concrete_fields if not field.generated]
    return list(model._default_manager.filter(**{f"{column}__in": [photo.pk for photo in photos]}).values(*names))


def _files(photos: Sequence[Photo]) -> list[Row]:
    rows = File.objects.filter(photo__in=photos).values("pk", "photo_id", "is_primary", "unstacked")
    return [dict(row) for row in rows]


def _others() -> Iterator[ForeignKey[Any, Any]]:
    """Every column for a photo but that of files, found by the models: the apps above are not known here."""
    for relation in Photo._meta.get_fields(include_hidden=True):
        column: Field[Any, Any] | None = getattr(relation, "field", None)
        if relation.auto_created and isinstance(column, ForeignKey) and column.model is not File:
            yield column


def _restore(memory: _Memory, changed: dict[int, Photo]) -> set[str]:
    """Writes the rows back; the UIDs of the photos that were gone."""
    now, back = timezone.now(), set[str]()
    for row in memory.photos:
        values = {**row, "updated_at": now}
        if row["id"] in changed:
            Photo.objects.filter(pk=row["id"]).update(**values)
        else:
            Photo(**values).save_base(raw=True, force_insert=True)
            back.add(row["uid"])
    for row in memory.files:
        place = {name: value for name, value in row.items() if name != "pk"}
        File.objects.filter(pk=row["pk"]).update(**place, updated_at=now)
    for column in _others():
        _put_back(column, memory.others[column.model._meta.label])
    return back


def _put_back(column: ForeignKey[Any, Any], rows: Sequence[Row]) -> None:
    """Of what only refers to a photo, without being a part of it, nothing but the reference."""
    model, is_part = column.model, column.remote_field.on_delete is CASCADE
    there = set(
        model._default_manager.filter(pk__in=[_key_of(model, row) for row in rows]).values_list("pk", flat=True)
    )
    for row in rows:
        key = _key_of(model, row)
        if key in there:
            model._default_manager.filter(pk=key).update(**row if is_part else {column.attname: row[column.attname]})
        elif is_part:
            # As stored, with the moment it was made.
            model(**row).save_base(raw=True, force_insert=True)


def _key_of(model: type[Model], row: Row) -> Any:
    return row[model._meta.pk.attname]


def _tell(memory: _Memory, changed: dict[int, Photo], back: set[str]) -> None:
    """Deletes what the change made, counts the days, and says what is there and what is not."""
    kept = {row["id"]: row for row in memory.photos}
    made = [photo for pk, photo in changed.items() if pk not in kept]
    days: set[date] = {photo.taken_at_local.date() for photo in changed.values()}
    forget_backups(backups_of(made) - backups_of(Photo.objects.filter(pk__in=kept).select_related("folder")))
    for photo in made:
        photo.delete()
    recount_days(days | {row["taken_at_local"].date() for row in kept.values()})
    for event, uids in (
        (PhotosDeleted, [photo.uid for photo in made]),
        (PhotosCreated, sorted(back)),
        (PhotosUpdated, [row["uid"] for row in kept.values()]),
    ):
        if uids:
            publish(event(tuple(uids)))
    publish(CountsUpdated())
