"""What becomes of a group: one is kept and the others are archived or stacked with it, or all are different after all.

Nothing here touches a file, and each change can be taken back for some minutes.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, UniqueConstraint

from library import states
from library.access import Grant
from library.events import PhotosUpdated, publish
from library.models import Favorite, File, Lookalike, Photo, Verdict
from library.quality import FAVORITE_POINTS, HIDDEN, HIGHEST
from library.search import tidied_photos
from library.stacks import by_hand
from library.stacks.by_hand import NotStackable
from library.stacks.undo import KEPT, TooLate, undoable
from library.stacks.undo import undo as undo_stack
from library.uid import new_token, new_uid

_STACK: Final = "stack:"


class NotSettled(Exception):
    """The group has changed meanwhile; the text says how."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Of the photos of a group the one to keep, and the others."""

    keep: str
    others: tuple[str, ...]


@dataclass(slots=True)
class _Memory:
    """What has to be done to take a change back."""

    archived: list[str] = field(default_factory=list)
    given: dict[str, list[int]] = field(
        default_factory=dict
    )  # rows that the kept photo got, by the label of their model
    quality: tuple[int, int, int] | None = None  # of the kept photo: its id, before, after
    verdict: str = ""
    apart: list[tuple[int, str, str]] = field(default_factory=list)  # photo, group, kind


def archive_others(choice: Choice, grant: Grant, *, pass_on: bool = True) -> tuple[list[str], str]:
    """Archives the others: the UIDs that changed, and the token that takes it back. Raises NotSettled.

    With `pass_on` the one that is kept gets their favourites and albums. Who archived one of them meanwhile did it too.
    """
    _allow(grant)
    memory = _Memory()
    with transaction.atomic():
        kept, others = _locked(choice, grant)
        if pass_on:
            _pass_on(kept, others, memory)
        memory.archived = states.archive([photo.uid for photo in others], grant)
        if memory.given or memory.quality:
            publish(PhotosUpdated((kept.uid,)))
        return memory.archived, _remember(memory, grant)


def stack_all(choice: Choice, grant: Grant) -> tuple[str, str]:
    """Makes one photo of all, which shows the one to keep; its UID and the token. Raises NotSettled, NotStackable."""
    _allow(grant)
    with transaction.atomic():
        kept, others = _locked(choice, grant)
        uids = [kept.uid, *(photo.uid for photo in others)]
        shown = File.objects.filter(photo=kept, is_primary=True).values_list("uid", flat=True).first() or ""
        made, token = undoable(uids, grant, lambda: _stacked(uids, shown, grant))
    return made.uid, _STACK + token


def set_apart(uids: Sequence[str], grant: Grant) -> str:
    """Remembers that no two of these photos are one picture; the token that takes it back. Raises NotSettled."""
    _allow(grant)
    with transaction.atomic():
        photos = list(tidied_photos(grant).filter(uid__in=list(uids)[: by_hand.MOST]).order_by("pk"))
        rows = list(Lookalike.objects.filter(photo__in=photos).values_list("photo", "group", "kind"))
        if len(rows) < 2 or len({group for _, group, _ in rows}) > 1:
            raise NotSettled("These photos are no group any more; look again.")
        memory = _Memory(verdict=new_uid("v"), apart=rows)
        Verdict.objects.bulk_create(Verdict(photo_id=pk, verdict=memory.verdict) for pk, _, _ in rows)
        Lookalike.objects.filter(photo__in=[pk for pk, _, _ in rows]).delete()
        return _remember(memory, grant)


def undo(token: str, grant: Grant) -> list[str]:
    """Takes one of these changes back; the UIDs of the photos that are as before. Raises TooLate, PermissionDenied."""
    _allow(grant)
    if token.startswith(_STACK):
        return undo_stack(token.removeprefix(_STACK), grant)
    memory: _Memory | None = cache.get(_key(grant, token))
    if memory is None:
        raise TooLate("This was too long ago to be taken back.")
    with transaction.atomic():
        restored = states.restore(memory.archived, grant)
        _take_back(memory)
        if memory.quality:
            kept = Photo.objects.filter(pk=memory.quality[0]).values_list("uid", flat=True)
            publish(PhotosUpdated(tuple(kept)))
    cache.delete(_key(grant, token))
    apart = Photo.objects.filter(pk__in=[pk for pk, _, _ in memory.apart]).order_by("pk")
    return [*restored, *apart.values_list("uid", flat=True)]


def _allow(grant: Grant) -> None:
    if not (grant.may("library.archive_photo") and grant.may("library.update_photo")):
        raise PermissionDenied


def _locked(choice: Choice, grant: Grant) -> tuple[Photo, list[Photo]]:
    """The photos as they are now, all of one group and the one to keep among them."""
    wanted = dict.fromkeys((choice.keep, *choice.others))
    keys = list(tidied_photos(grant).filter(uid__in=list(wanted)[: by_hand.MOST + 1]).values_list("pk", flat=True))
    locked = Photo.objects.select_for_update().filter(pk__in=keys, deleted_at__isnull=True).order_by("pk")
    photos = {photo.uid: photo for photo in locked}
    kept = photos.pop(choice.keep, None)
    if kept is None:
        raise NotSettled("The photo to keep is not there any more, so nothing was changed.")
    groups = set(Lookalike.objects.filter(photo__in=[kept, *photos.values()]).values_list("group", flat=True))
    together = Lookalike.objects.filter(photo__in=[kept, *photos.values()]).count() == len(photos) + 1
    if not photos or len(groups) != 1 or not together:
        raise NotSettled("These photos are no group any more; look again.")
    return kept, list(photos.values())


def _stacked(uids: Sequence[str], shown: str, grant: Grant) -> Photo:
    made = by_hand.stack(uids, grant)
    # A video stands behind the pictures of its stack, whichever was chosen.
    with suppress(NotStackable):
        by_hand.set_primary(made, shown, grant)
    return made


def _pass_on(kept: Photo, others: Sequence[Photo], memory: _Memory) -> None:
    """Gives the kept photo the links that people made to the others, where all belong to the same person."""
    givers = [photo for photo in others if photo.owner_id == kept.owner_id]
    was_liked = Favorite.objects.filter(photo=kept).exists()
    for model, column, unique in _passed_on():
        known = set(model._default_manager.filter(**{column: kept}).values_list(unique, flat=True))
        rows = {
            getattr(row, unique): row
            for row in model._default_manager.filter(**{f"{column}__in": givers}).order_by("-pk")
            if getattr(row, unique) not in known
        }
        given = []
        for row in rows.values():
            row.pk, row._state.adding = None, True
            setattr(row, column, kept)
            row.save(force_insert=True)
            given.append(row.pk)
        if given:
            memory.given[model._meta.label] = given
    if not was_liked and Favorite.objects.filter(photo=kept).exists() and kept.quality > HIDDEN:
        after = min(kept.quality + FAVORITE_POINTS, HIGHEST)
        memory.quality = (kept.pk, kept.quality, after)
        Photo.objects.filter(pk=kept.pk).update(quality=after)


def _passed_on() -> list[tuple[Any, str, str]]:
    """The tables that link photos to something by hand and say so, with their columns for photo and thing."""
    found = []
    for relation in Photo._meta.get_fields(include_hidden=True):
        column = getattr(relation, "field", None)
        model: type[Model] | None = getattr(column, "model", None)
        if column is None or model is None or not relation.auto_created or not getattr(model, "is_passed_on", False):
            continue
        rules = [rule for rule in model._meta.constraints if isinstance(rule, UniqueConstraint)]
        names = {name for rule in rules if column.name in rule.fields for name in rule.fields}
        found.append((model, column.name, f"{(names - {column.name}).pop()}_id"))
    return found


def _take_back(memory: _Memory) -> None:
    for model, _, _ in _passed_on():
        model._default_manager.filter(pk__in=memory.given.get(model._meta.label, [])).delete()
    if memory.quality:
        pk, before, after = memory.quality
        Photo.objects.filter(pk=pk, quality=after).update(quality=before)
    if memory.verdict:
        Verdict.objects.filter(verdict=memory.verdict).delete()
        there = set(Photo.objects.filter(pk__in=[pk for pk, _, _ in memory.apart]).values_list("pk", flat=True))
        rows = [Lookalike(photo_id=pk, group=group, kind=kind) for pk, group, kind in memory.apart if pk in there]
        Lookalike.objects.bulk_create(rows, ignore_conflicts=True)


def _remember(memory: _Memory, grant: Grant) -> str:
    token = new_token(24)
    transaction.on_commit(partial(cache.set, _key(grant, token), memory, KEPT))
    return token


def _key(grant: Grant, token: str) -> str:
    return f"duplicates-undo:{grant.user_id}:{token}"
