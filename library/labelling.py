"""Labels that a person puts on a photo, confirms, or takes away; and which label a name means."""

from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from library import sources
from library.events import PhotosUpdated, publish
from library.judging import rejudge, words_now
from library.meta import clean
from library.models import Label, Photo, PhotoLabel
from library.search.words import REMOVED
from library.seen_labels import sees

# By a person, or read from a text that a person can change: taken away, it is no finding to be remembered as wrong.
_SAID: Final = frozenset([sources.MANUAL, sources.TITLE, sources.SUBJECT, sources.KEYWORD])


class NoLabel(ValueError):
    """The name is of no use as that of a label."""


def label_called(name: str) -> Label | None:
    """What a name means: by today's slug or the first, and what was merged by the label it is now.

    A label that people hid is given too, with its `deleted_at`: programs leave it alone, people bring it back.
    """
    slug = clean.slug(name)
    rows = Label.objects.filter(Q(slug=slug) | Q(custom_slug=slug)).select_related("merged_into").order_by("pk")
    found = [row for row in rows if slug]
    living = [row for row in found if row.deleted_at is None]
    merged = [row.merged_into for row in found if row.merged_into and row.merged_into.deleted_at is None]
    today = [row for row in living if row.custom_slug == slug]
    return next(iter([*today, *living, *merged, *(row.merged_into or row for row in found)]), None)


def add_label(photo: Photo, name: str, *, uncertainty: int = 0, priority: int = 0) -> Label:
    """Puts a label on the photo, made if there is none of that name; a hidden one is there again. Raises NoLabel."""
    slug = clean.slug(name)
    if not slug:
        raise NoLabel(_("“%s” is no name of a label.") % name[:40])
    with transaction.atomic():
        label = label_called(name)
        if label is None:
            values = {"name": clean.name(name), "custom_slug": slug, "priority": priority}
            label, _made = Label.objects.get_or_create(slug=slug, defaults=values)
        if label.deleted_at is not None:
            Label.objects.filter(pk=label.pk).update(deleted_at=None)
        row, _made = PhotoLabel.objects.get_or_create(photo=photo, label=label, defaults={"uncertainty": REMOVED})
        _write(row, photo, uncertainty)
    return label


@transaction.atomic
def judge_label(row: PhotoLabel, uncertainty: int) -> None:
    """Says by hand how sure a label is: 0 that it is there, 100 that it is not."""
    _write(row, row.photo, uncertainty)


@transaction.atomic
def remove_label(row: PhotoLabel) -> None:
    """Takes the label from its photo. What a program has seen stays known as wrong, so that it is not seen again."""
    _write(row, row.photo, REMOVED)
    if row.src in _SAID and not sees(row.photo, row.label.slug):
        PhotoLabel.objects.filter(pk=row.pk).delete()


def _write(row: PhotoLabel, photo: Photo, uncertainty: int) -> None:
    before = words_now(photo)
    PhotoLabel.objects.filter(pk=row.pk).update(src=sources.MANUAL, uncertainty=uncertainty)
    _tally(row, photo, (uncertainty < REMOVED) - (row.uncertainty < REMOVED))
    now = timezone.now()
    Photo.objects.filter(pk=photo.pk).update(edited_at=now, updated_at=now)
    rejudge(photo, before)
    publish(PhotosUpdated((photo.uid,)))


def _tally(row: PhotoLabel, photo: Photo, difference: int) -> None:
    """The kept number is that of the shared library; to count it anew could take a second."""
    if difference and photo.listed and photo.owner_id is None:
        # MariaDB refuses an unsigned number below nought, even where it would not be kept.
        counted = Label.objects.filter(pk=row.label_id, photo_count__gte=max(0, -difference))
        counted.update(photo_count=F("photo_count") + difference)
