"""Makes one photo of several: files, words, labels, albums and marks move, and no edit by hand is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import ForeignKey, Model, UniqueConstraint

from library import sources
from library.models import Details, Favorite, File, Photo, PhotoLabel
from library.models.photo import PhotoType, Stack
from library.quality import FAVORITE_POINTS, HIDDEN, HIGHEST, REVIEW_BELOW
from library.stacks.backups import backups_of, forget_backups
from library.stacks.kinds import Member, kind_of
from library.stacks.primaries import can_be_primary, settle_primary

# Values that come from one source together: the columns, the source's first.
_GROUPS: Final = (
    ("title_src", "title"),
    ("caption_src", "caption"),
    ("taken_src", "taken_at", "taken_at_local", "time_zone", "year", "month", "day"),
    ("place_src", "place_id", "cell_id", "cell_accuracy", "lat", "lng", "altitude", "direction", "country"),
    ("rating_src", "rating"),
    ("camera_src", "camera_id", "camera_serial", "lens_id", "iso", "exposure", "f_number", "focal_length", "scan"),
    ("type_src", "type"),
)
_DETAILS: Final = ("keywords", "notes", "subject", "artist", "copyright", "license", "software")


@dataclass(slots=True)
class Merged:
    """The photo that stays, the UIDs of those that are gone, and the local days whose counts are wrong now."""

    photo: Photo
    gone: list[str] = field(default_factory=list)
    days: set[date] = field(default_factory=set)


def merge(photos: Iterable[Photo]) -> Merged:
    """Moves everything to the best photo, that of the lowest id among equals, and deletes the others.

    PhotoPrism's rule of who stays, but that a picture is never named after the video that moves it. The caller counts
    the days and tells what happened, in the same transaction.
    """
    chosen = list(photos)
    stills = set(
        File.objects.filter(photo__in=chosen, is_video=False, is_sidecar=False).values_list("photo", flat=True)
    )
    first, *others = sorted(chosen, key=lambda photo: (photo.pk not in stills, -photo.quality, photo.pk))
    merged = Merged(first, days={first.taken_at_local.date()})
    with transaction.atomic():
        backups = backups_of([first, *others])
        for other in others:
            merged.days.add(other.taken_at_local.date())
            merged.gone.append(other.uid)
            _take(first, other)
        first.stack = Stack.STACKED
        first.save()
        settle(first)
        forget_backups(backups - backups_of([first]))
    merged.days.add(first.taken_at_local.date())
    return merged


def settle(photo: Photo) -> None:
    """Brings what follows from a stack's files in line: primary, type, megapixels; and whether it is one still."""
    rows = list(File.objects.filter(photo=photo).order_by("pk"))
    primary = settle_primary(rows)
    present = [row for row in rows if can_be_primary(row)]
    values = _kind(photo, primary, present) | _duration(present)
    if present:
        values["resolution"] = round(max(row.width * row.height for row in present) / 1_000_000)
    if values.get("type", photo.type) != PhotoType.IMAGE and HIDDEN < photo.quality < REVIEW_BELOW:
        values["quality"] = REVIEW_BELOW
    if photo.stack == Stack.STACKED and sum(row.is_original for row in rows) < 2:
        values["stack"] = Stack.STACKABLE
    if changed := {name: value for name, value in values.items() if getattr(photo, name) != value}:
        for name, value in changed.items():
            setattr(photo, name, value)
        photo.save(update_fields=[*changed, "updated_at"])


def _kind(photo: Photo, primary: File | None, rows: Sequence[File]) -> dict[str, Any]:
    """A RAW makes the whole a RAW, as the main file of a name does; else the file that is shown says what it is."""
    if photo.type_src == sources.MANUAL:
        return {}
    main_first = sorted(rows, key=lambda row: (row.media_type != "raw", row is not primary, row.pk))
    members = [Member(row.media_type, row.type, row.frames, row.duration, row.video_length > 0) for row in main_first]
    kind = kind_of(members, has_unique_id=bool(photo.uuid))
    return {"type": PhotoType(kind)} if kind else {}


def _duration(rows: Sequence[File]) -> dict[str, Any]:
    lengths = [row.duration for row in rows if row.duration]
    return {"duration": max(lengths)} if lengths else {}


def _take(keep: Photo, other: Photo) -> None:
    """Everything of the other photo, then the other is gone."""
    for group in _GROUPS:
        _take_better(keep, other, *group)
    _take_state(keep, other)
    _take_details(keep, other)
    _take_labels(keep, other)
    for model, column, unique in _pointing_at_photos():
        _move_rows(model, column, unique, keep, other)
    other.delete()


def _take_better(keep: Model, other: Model, src: str, *columns: str) -> None:
    """The values of the source that ranks higher; among equals the photo that stays keeps its own."""
    theirs, ours = sources.priority(getattr(other, src)), sources.priority(getattr(keep, src))
    if not getattr(other, columns[0]) or (theirs <= ours and getattr(keep, columns[0])):
        return
    for name in (src, *columns):
        setattr(keep, name, getattr(other, name))


def _take_state(keep: Photo, other: Photo) -> None:
    """What people decided of either holds for both; what one of them keeps from others stays kept from them."""
    keep.private = keep.private or other.private
    keep.rating = other.rating if keep.rating is None else keep.rating
    keep.uuid = keep.uuid or other.uuid
    keep.created_at = min(keep.created_at, other.created_at)
    keep.edited_at = max((moment for moment in (keep.edited_at, other.edited_at) if moment), default=None)
    if keep.edited_at and keep.quality > HIDDEN:
        keep.quality = max(keep.quality, REVIEW_BELOW)
    keep.deleted_at = keep.deleted_at and other.deleted_at
    keep.faces = max(keep.faces, other.faces)
    if Favorite.objects.filter(photo=other).exists() and not Favorite.objects.filter(photo=keep).exists():
        keep.quality = min(keep.quality + FAVORITE_POINTS, HIGHEST)


def _take_details(keep: Photo, other: Photo) -> None:
    theirs = Details.objects.filter(photo=other).first()
    if theirs is None:
        return
    ours = Details.objects.filter(photo=keep).first() or Details(photo=keep)
    for name in _DETAILS:
        _take_better(ours, theirs, f"{name}_src", name)
    ours.save()
    theirs.delete()


def _take_labels(keep: Photo, other: Photo) -> None:
    """Where both have a label: what the better source says of it."""
    ours = {row.label_id: row for row in PhotoLabel.objects.filter(photo=keep)}
    for theirs in PhotoLabel.objects.filter(photo=other, label__in=ours):
        row = ours[theirs.label_id]
        if sources.priority(theirs.src) > sources.priority(row.src):
            row.src, row.uncertainty = theirs.src, theirs.uncertainty
            row.save(update_fields=["src", "uncertainty"])


def _pointing_at_photos() -> Iterator[tuple[type[Model], str, str]]:
    """Every table with a column for a photo: its model, the column, and the column that may repeat per photo only once.

    Found by the models themselves, so that the apps above need not be named.
    """
    for relation in Photo._meta.get_fields(include_hidden=True):
        column = getattr(relation, "field", None)
        if not (relation.auto_created and isinstance(column, ForeignKey)) or column.unique:
            continue
        model = column.model
        constraints = [
            c for c in model._meta.constraints if isinstance(c, UniqueConstraint) and column.name in c.fields
        ]
        unique = next((name for rule in constraints for name in rule.fields if name != column.name), "")
        yield model, column.name, unique


def _move_rows(model: type[Model], column: str, unique: str, keep: Photo, other: Photo) -> None:
    rows = model._default_manager.filter(**{column: other})
    if unique:
        # As a list: MariaDB cannot delete from a table that the condition reads.
        known = list(model._default_manager.filter(**{column: keep}).values_list(unique, flat=True))
        rows.filter(**{f"{unique}__in": known}).delete()
    rows.update(**{column: keep})
