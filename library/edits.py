"""Edits of a photo's values by hand, which outrank whatever its files say from then on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from library import sources, states
from library.access import Grant
from library.counts import recount_days, recount_places
from library.events import CountsUpdated, PhotosUpdated, publish
from library.judging import Judged, file_name_of, judge, relink, words_of
from library.meta import timezones
from library.models import Camera, Details, Lens, Photo
from places.locate import cell_for, look_up
from places.models import UNKNOWN

DETAILS: Final = ("keywords", "notes", "subject", "artist", "copyright", "license")


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment, what clocks showed then, and the name of their zone."""

    taken_at: datetime
    taken_at_local: datetime
    time_zone: str

    @classmethod
    def of(cls, photo: Photo) -> "Clock":
        return cls(photo.taken_at, photo.taken_at_local, photo.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The new values; None leaves a value as it is. An empty text gives it back to what the files say.

    Of the dates `taken_at_local` counts before `taken_at`, and both before the zone alone, which keeps the
    wall clock. `lat` and `lng` of 0 take the position away; `place_src` tells where a new one is from, and `clock` what
    time it was with it, for those who take an edit back. `details` has columns of Details.
    """

    title: str | None = None
    caption: str | None = None
    favorite: bool | None = None
    private: bool | None = None
    taken_at: datetime | None = None
    taken_at_local: datetime | None = None
    time_zone: str | None = None
    lat: float | None = None
    lng: float | None = None
    altitude: int | None = None
    country: str | None = None
    place_src: str = sources.MANUAL
    clock: Clock | None = None
    camera: Camera | None = None
    lens: Lens | None = None
    iso: int | None = None
    f_number: float | None = None
    exposure: str | None = None
    focal_length: int | None = None
    rating: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def edit(photo: Photo, grant: Grant, values: Edit) -> None:
    """Writes the edit of a photo that the grant may see. Raises PermissionDenied."""
    with transaction.atomic():
        _edit_values(photo, grant, values)
        if values.private is not None:
            states.set_private([photo.uid], grant, private=values.private)
        if values.favorite is not None:
            (states.like if values.favorite else states.unlike)([photo.uid], grant)


def _edit_values(photo: Photo, grant: Grant, values: Edit) -> None:
    """Only what differs counts as edited: apps send the whole photo back."""
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    changed = {**_texts(photo, values), **_dates(photo, values), **_place(photo, values), **_gear(photo, values)}
    changed |= _rating(photo, values)
    texts = dict(_details(details, values))
    if not changed and not texts:
        return
    if not grant.may("library.update_photo"):
        raise PermissionDenied
    file_name = file_name_of(photo)
    before, day, place = words_of(photo, details, file_name), photo.taken_at_local.date(), photo.place_id
    # Only these columns, should another request have written others in between.
    now = timezone.now()
    Photo.objects.filter(pk=photo.pk).update(**changed, edited_at=now, updated_at=now)
    if texts:
        details, _ = Details.objects.update_or_create(photo=photo, defaults=texts)
    photo.refresh_from_db()
    Photo.objects.filter(pk=photo.pk).update(**judge(photo, Judged.of(photo, details)))
    photo.refresh_from_db()
    relink(photo, before, words_of(photo, details, file_name))
    states.approve([photo.uid], grant)
    recount_days({day, photo.taken_at_local.date()})
    if place != photo.place_id:
        recount_places({str(place), str(photo.place_id)})
    publish(PhotosUpdated((photo.uid,)))
    publish(CountsUpdated())


def _texts(photo: Photo, values: Edit) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name, text in (("title", values.title), ("caption", values.caption)):
        if text is not None and text != getattr(photo, name):
            changed |= {name: text, f"{name}_src": sources.MANUAL if text else sources.AUTO}
    return changed


def _dates(photo: Photo, values: Edit) -> dict[str, Any]:
    """Moment, wall clock and zone always fit each other."""
    zone = photo.time_zone if values.time_zone is None else values.time_zone
    if values.taken_at_local is not None and _differ(values.taken_at_local, photo.taken_at_local):
        local = values.taken_at_local.replace(tzinfo=UTC)
        moment = timezones.to_utc(local, zone)
    elif values.taken_at is not None and _differ(values.taken_at, photo.taken_at):
        moment = values.taken_at
        local = timezones.to_local(moment, zone)
    elif zone != photo.time_zone:
        local = photo.taken_at_local
        moment = timezones.to_utc(local, zone)
    else:
        return {}
    return {
        "taken_at": moment,
        "taken_at_local": local,
        "time_zone": zone,
        "taken_src": sources.MANUAL,
        "year": local.year,
        "month": local.month,
        "day": local.day,
    }


def _differ(given: datetime, known: datetime) -> bool:
    """The API tells times to the second."""
    return given.replace(microsecond=0) != known.replace(microsecond=0)


def _place(photo: Photo, values: Edit) -> dict[str, Any]:
    lat = _or_known(values.lat, photo.lat)
    lng = _or_known(values.lng, photo.lng)
    changed: dict[str, Any] = {}
    if abs(lat - (photo.lat or 0)) > _SAME_PLACE or abs(lng - (photo.lng or 0)) > _SAME_PLACE:
        changed |= _located(photo, values, lat, lng)
    elif values.country is not None and values.country != photo.country:
        changed["country"] = values.country
    if values.altitude is not None and values.altitude != (photo.altitude or 0):
        changed["altitude"] = values.altitude
    return changed | {"place_src": values.place_src} if changed else {}


_SAME_PLACE: Final = 1e-7  # degrees, a centimetre


def _located(photo: Photo, values: Edit, lat: float, lng: float) -> dict[str, Any]:
    """Cell, place, country and, unless a person gave the date, the zone that follow from a position."""
    is_dated = bool(photo.taken_src == sources.MANUAL or _dates(photo, values))
    returned = _clock(photo, values.clock) if values.clock and not is_dated else {}
    if not lat and not lng:
        place = {"lat": None, "lng": None, "cell": UNKNOWN, "place": UNKNOWN, "country": values.country or UNKNOWN}
        return place | returned
    found: dict[str, Any] = {"lat": lat, "lng": lng, "cell_accuracy": 0}
    if settings.OPTIONS.disable_places:
        return found | returned
    location = look_up(lat, lng)
    cell = cell_for(location)
    found |= {"cell": cell.pk, "place": cell.place_id, "country": location.country}
    if location.time_zone and not is_dated and not returned:
        settled = timezones.settle(photo.taken_at, photo.taken_at_local, photo.time_zone, location.time_zone)
        returned = _clock(photo, Clock(*settled, location.time_zone))
    return found | returned


def _clock(photo: Photo, clock: Clock) -> dict[str, Any]:
    local = clock.taken_at_local
    parts = {"year": local.year, "month": local.month, "day": local.day} if photo.year > 0 else {}
    return {"taken_at": clock.taken_at, "taken_at_local": local, "time_zone": clock.time_zone, **parts}


def _or_known(given: float | None, known: float | None) -> float:
    return given if given is not None else known or 0.0


def _gear(photo: Photo, values: Edit) -> dict[str, Any]:
    given = {
        "camera": values.camera and values.camera.pk,
        "lens": values.lens and values.lens.pk,
        "iso": values.iso,
        "f_number": values.f_number,
        "exposure": values.exposure,
        "focal_length": values.focal_length,
    }
    known = {"camera": photo.camera_id, "lens": photo.lens_id}
    changed = {
        name: value
        for name, value in given.items()
        if value is not None and value != (known[name] if name in known else getattr(photo, name))
    }
    return changed | {"camera_src": sources.MANUAL} if changed else {}


def _rating(photo: Photo, values: Edit) -> dict[str, Any]:
    if values.rating is None or values.rating == (photo.rating or 0):
        return {}
    return {"rating": values.rating, "rating_src": sources.MANUAL}


def _details(details: Details, values: Edit) -> Iterator[tuple[str, Any]]:
    for name in DETAILS:
        text = values.details.get(name)
        if text is not None and text != getattr(details, name):
            yield name, text
            yield f"{name}_src", sources.MANUAL if text else sources.AUTO
