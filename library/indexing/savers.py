"""The core savers: rows from the draft, all in one transaction; they open no file."""

from typing import Any

from library import sources
from library.indexing.draft import Draft, FileDraft, Skip
from library.indexing.gear import camera_for, lens_for
from library.indexing.judging import judge
from library.indexing.rows import save_changes, set_by_source, set_fields
from library.media import colors
from library.media.related import base_prefix
from library.meta.data import Metadata
from library.meta.kinds import is_panorama, media_kind
from library.models import Details, Photo
from library.models.gear import UNKNOWN
from library.models.photo import PhotoType
from places.locate import cell_for

MAX_EXPOSURE = 64


def save_photo(draft: Draft) -> None:
    """The photo's row: dates, place, camera, type, title and score, each only where its source may speak."""
    if not draft.shown:
        # A photo that was shown before keeps its row and its thumbs; the error list says what is wrong now.
        raise Skip(draft.main.reason or "No picture could be made of it.")
    photo = draft.photo or Photo(created_at=draft.workshop.now)
    if photo.pk:
        draft.days.add(photo.taken_at_local.date())
    values = {
        "folder_id": draft.folder_id,
        "name": base_prefix(draft.main.ref.name)[:255],
        **_texts(photo, draft.metadata),
        **_dates(photo, draft),
        **_position(photo, draft),
        **_gear(photo, draft.metadata),
        **_pictures(photo, draft),
    }
    changed = set_fields(photo, values)
    changed += set_fields(photo, judge(photo, draft))
    save_changes(photo, changed)
    draft.photo = photo
    draft.days.add(photo.taken_at_local.date())


def save_details(draft: Draft) -> None:
    """The long texts: notes, subject, artist, copyright, licence, software."""
    details = Details.objects.filter(photo=draft.photo).first() or Details(photo=draft.photo)
    metadata, values = draft.metadata, dict[str, Any]()
    for name in ("notes", "subject", "artist", "copyright", "license", "software"):
        values |= set_by_source(details, name, getattr(metadata, name)[:1024], sources.META)
    values |= set_by_source(details, "keywords", ", ".join(metadata.keywords), sources.META)
    changed = set_fields(details, values)
    if details._state.adding:
        details.save(force_insert=True)
    elif changed:
        details.save(update_fields=changed)


def _texts(photo: Photo, metadata: Metadata) -> dict[str, Any]:
    values = set_by_source(photo, "title", metadata.title[:200], sources.META)
    values |= set_by_source(photo, "caption", metadata.caption[:4096], sources.META)
    if metadata.document_id:
        values["uuid"] = metadata.document_id[:64]
    if metadata.rating is not None and photo.rating is None:
        values["rating"] = metadata.rating
    return values


def _dates(photo: Photo, draft: Draft) -> dict[str, Any]:
    """The moment, the wall clock and its parts; -1 for parts that nothing tells."""
    metadata = draft.metadata
    if metadata.taken_at is None or metadata.taken_at_local is None:
        return {}
    is_known = photo.pk is not None
    if is_known and not sources.better(metadata.taken_src, photo.taken_src):
        return {}
    if is_known and not metadata.taken_src and metadata.taken_at > photo.taken_at:
        # The age of a file only ever moves forward, by copying; the earlier date is nearer to the truth.
        return {}
    local = metadata.taken_at_local
    has_parts = metadata.taken_src or (draft.workshop.now - metadata.taken_at).days >= 1
    return {
        "taken_at": metadata.taken_at,
        "taken_at_local": local,
        "taken_src": metadata.taken_src,
        "time_zone": metadata.time_zone,
        "year": local.year if has_parts else -1,
        "month": local.month if has_parts else -1,
        "day": local.day if has_parts else -1,
    }


def _position(photo: Photo, draft: Draft) -> dict[str, Any]:
    location, metadata = draft.location, draft.metadata
    if location is None or (photo.pk and not sources.better(sources.META, photo.place_src)):
        return {}
    cell = cell_for(location)
    return {
        "lat": metadata.lat,
        "lng": metadata.lng,
        "altitude": metadata.altitude,
        "cell": cell,
        "place": cell.place,
        "place_src": sources.META,
        "country": location.country,
    }


def _gear(photo: Photo, metadata: Metadata) -> dict[str, Any]:
    if photo.pk and not sources.better(sources.META, photo.camera_src):
        return {}
    camera, lens = camera_for(metadata), lens_for(metadata)
    return {
        "camera": camera,
        "camera_src": "" if camera.slug == UNKNOWN else sources.META,
        "camera_serial": metadata.camera_serial[:160],
        "lens": lens,
        "iso": metadata.iso,
        "exposure": metadata.exposure[:MAX_EXPOSURE],
        "f_number": metadata.f_number,
        "focal_length": metadata.focal_length,
        "scan": camera.makes_scans,
    }


def _pictures(photo: Photo, draft: Draft) -> dict[str, Any]:
    """What the files show: type, panorama, resolution, main colour."""
    first = draft.shown[0]
    largest = max(draft.shown, key=_pixels)
    values: dict[str, Any] = {
        "panorama": is_panorama(first.width, first.height, draft.metadata.projection),
        "resolution": round(_pixels(largest) / 1_000_000),
        "color": colors.NAMES.index(first.colors.main_color) if first.colors else 0,
        "duration": draft.metadata.duration,
    }
    if photo.type_src != sources.MANUAL:
        kind = media_kind(first.media_type, frames=first.frames)  # type: ignore[arg-type] # shown, so not a sidecar
        values["type"] = PhotoType(kind)
    return values


def _pixels(file: FileDraft) -> int:
    return file.width * file.height
