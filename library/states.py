"""Changes of state, one photo or many: archive, restore, private, approve, like. One way for API, pages and admin."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from library.access import Grant
from library.counts import recount_days
from library.events import CountsUpdated, Event, PhotosArchived, PhotosRestored, PhotosUpdated, publish
from library.models import Favorite, Photo
from library.models.photo import HIDDEN, PhotoType
from library.quality import FAVORITE_POINTS, REVIEW_BELOW
from library.search import visible_photos

Change: TypeAlias = Callable[[QuerySet[Any]], object]
Announce: TypeAlias = Callable[[tuple[str, ...]], Event]

# Photos in one statement: within what every database takes as parameters.
BATCH: Final = 500


def archive(uids: Iterable[str], grant: Grant) -> list[str]:
    """Takes photos off the timeline; nothing happens to their files. The UIDs that changed."""
    now = timezone.now()
    return _change(
        uids,
        grant,
        "library.archive_photo",
        lambda photos: photos.update(deleted_at=now, updated_at=now),
        where=Q(deleted_at__isnull=True),
        announce=PhotosArchived,
    )


def restore(uids: Iterable[str], grant: Grant) -> list[str]:
    """Brings photos back from the archive. The UIDs that changed."""
    now = timezone.now()
    return _change(
        uids,
        grant,
        "library.archive_photo",
        lambda photos: photos.update(deleted_at=None, updated_at=now),
        where=Q(deleted_at__isnull=False),
        announce=PhotosRestored,
    )


def set_private(uids: Iterable[str], grant: Grant, *, private: bool) -> list[str]:
    """Private photos are shown to their owner and to administrators alone. The UIDs that changed.

    Who would not see a photo then may not make it private: they would lose it.
    """
    chosen = list(uids)
    if not grant.may("library.view_private") or (private and _would_lose(chosen, grant)):
        raise PermissionDenied("Only an administrator makes photos of the shared library private.")
    now = timezone.now()
    return _change(
        chosen,
        grant,
        "library.update_photo",
        lambda photos: photos.update(private=private, updated_at=now),
        where=Q(private=not private),
        announce=PhotosUpdated,
    )


def _would_lose(uids: Sequence[str], grant: Grant) -> bool:
    """Whether any of the photos belongs to somebody else or to all."""
    if grant.sees_all:
        return False
    others = visible_photos(grant).exclude(owner=grant.user_id)
    return any(others.filter(uid__in=uids[start : start + BATCH]).exists() for start in range(0, len(uids), BATCH))


def toggle_private(uids: Iterable[str], grant: Grant) -> list[str]:
    """Makes a selection private, or public if all of it is private already. The UIDs that changed."""
    chosen = list(uids)
    return set_private(chosen, grant, private=True) or set_private(chosen, grant, private=False)


def approve(uids: Iterable[str], grant: Grant) -> list[str]:
    """Ends the review: the photos count as good enough whatever their score. The UIDs that changed."""
    now = timezone.now()
    return _change(
        uids,
        grant,
        "library.update_photo",
        lambda photos: photos.update(
            quality=Greatest("quality", REVIEW_BELOW), edited_at=Coalesce("edited_at", now), updated_at=now
        ),
        where=Q(quality__gt=HIDDEN, quality__lt=REVIEW_BELOW) | Q(edited_at__isnull=True, quality__gt=HIDDEN),
        announce=PhotosUpdated,
    )


def like(uids: Iterable[str], grant: Grant) -> list[str]:
    """Marks photos as favourites of the grant's account, which also raises their score. The UIDs that changed."""

    if grant.user_id is None:
        raise PermissionDenied
    user_id = grant.user_id

    def mark(photos: QuerySet[Any]) -> None:
        _score(photos.exclude(pk__in=Favorite.objects.values("photo")), points=FAVORITE_POINTS)
        rows = [Favorite(user_id=user_id, photo_id=pk) for pk in photos.values_list("pk", flat=True)]
        Favorite.objects.bulk_create(rows, ignore_conflicts=True)

    return _change(uids, grant, "library.react_to_photo", mark, where=~_liked_by(grant), announce=PhotosUpdated)


def unlike(uids: Iterable[str], grant: Grant) -> list[str]:
    """Takes the account's mark away. The UIDs that changed."""

    def unmark(photos: QuerySet[Any]) -> None:
        Favorite.objects.filter(user=grant.user_id, photo__in=photos.values_list("pk", flat=True)).delete()
        _score(photos.exclude(pk__in=Favorite.objects.values("photo")), points=-FAVORITE_POINTS)

    return _change(uids, grant, "library.react_to_photo", unmark, where=_liked_by(grant), announce=PhotosUpdated)


def _change(
    uids: Iterable[str], grant: Grant, permission: str, change: Change, *, where: Q, announce: Announce
) -> list[str]:
    """Changes those of the photos that the grant may see and that are not yet so; recounts their days, tells it."""
    if not grant.may(permission):
        raise PermissionDenied
    changed: list[str] = []
    days = set()
    with transaction.atomic():
        for some in _portions(dict.fromkeys(uids)):
            rows = _locked(visible_photos(grant).filter(where, uid__in=some))
            change(Photo.objects.filter(pk__in=[pk for pk, _, _ in rows]))
            changed += [uid for _, uid, _ in rows]
            days |= {taken.date() for _, _, taken in rows}
        recount_days(days)
        if changed:
            publish(announce(tuple(changed)))
            publish(CountsUpdated())
    return changed


def _locked(photos: QuerySet[Any]) -> list[tuple[int, str, datetime]]:
    """Key, UID and wall clock of the photos; all who change some wait for each other in the order of the keys."""
    keys = list(photos.order_by("pk").values_list("pk", flat=True))
    locked = Photo.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    return list(locked.values_list("pk", "uid", "taken_at_local"))


def _liked_by(grant: Grant) -> Q:
    return Q(pk__in=Favorite.objects.filter(user=grant.user_id).values("photo"))


def _score(photos: QuerySet[Any], *, points: int) -> None:
    """A favourite's points come and go; below the review's limit only plain pictures that nobody approved fall."""
    approved = Q(edited_at__isnull=False) | ~Q(type=PhotoType.IMAGE)
    floor = Case(When(approved, then=Value(REVIEW_BELOW)), default=Value(0))
    photos.filter(quality__gt=HIDDEN).update(quality=Greatest(F("quality") + points, floor), updated_at=timezone.now())


def _portions(uids: Iterable[str]) -> Iterator[Sequence[str]]:
    rest = iter(uids)
    while some := list(islice(rest, BATCH)):
        yield some
