"""Which photo in the library is the same picture, by PhotoPrism's rules of unique id and of place and time."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q

from library import sources
from library.models import Photo
from library.models.gear import UNKNOWN
from library.models.photo import HIDDEN, Stack
from library.querysets import PhotoQuerySet


def partner_of(photo: Photo) -> Photo | None:
    """The photo that this one is stacked with, or None. At most two look-ups by index, whatever the folder's size."""
    return next((found for candidates in candidates_of(photo) if (found := candidates.first())), None)


def candidates_of(photo: Photo) -> Iterator[PhotoQuerySet]:
    """The photos that each rule which applies would stack this one with, best first."""
    if photo.stack == Stack.UNSTACKED or photo.deleted_at is not None:
        return
    others = Photo.objects.filter(owner=photo.owner_id, deleted_at__isnull=True, quality__gt=HIDDEN)
    others = others.exclude(pk=photo.pk).exclude(stack=Stack.UNSTACKED).order_by("-quality", "pk")
    for rule in (_by_unique_id(photo), _by_place_and_time(photo)):
        if rule is not None:
            yield others.filter(rule)


def is_unique_id(text: str) -> bool:
    """Whether an id is a UUID and means something: cameras write zeros where they have none."""
    try:
        return uuid.UUID(text).int != 0
    except ValueError:
        return False


def _by_unique_id(photo: Photo) -> Q | None:
    return Q(uuid=photo.uuid) if settings.OPTIONS.stack_uuid and is_unique_id(photo.uuid) else None


def _by_place_and_time(photo: Photo) -> Q | None:
    """Position and moment as their own files tell them, and the same camera."""
    is_told = photo.taken_src == photo.place_src == sources.META and photo.has_position
    if not settings.OPTIONS.stack_meta or not is_told or photo.camera.slug == UNKNOWN:
        return None
    return Q(
        taken_at=photo.taken_at,
        taken_src=sources.META,
        place_src=sources.META,
        # As ranges, so that databases go by the moment: thousands of photos may have been taken at one position.
        lat__range=(photo.lat, photo.lat),
        lng__range=(photo.lng, photo.lng),
        camera=photo.camera_id,
        camera_serial=photo.camera_serial,
    )
