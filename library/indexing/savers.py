"""The core savers: rows from the draft, all in one transaction; they open no file."""

from typing import Any

from library import sources
from library.indexing.draft import Draft, FileDraft, Skip
from library.indexing.file_rows import LONGEST_NAME
from library.indexing.gear import camera_for, lens_for
from library.indexing.rows import save_changes, set_by_source, set_fields
from library.judging import Judged, judge, label_facts, people_on
from library.media import colors
from library.media.related import base_prefix
from library.meta.data import Metadata
from library.meta.kinds import is_panorama
from library.meta.timezones import settle
from library.models import Details, Photo
from library.models.gear import UNKNOWN
from library.models.photo import PhotoType, Stack
from library.stacks.kinds import Member, kind_of
from places.locate import cell_for, look_up

MAX_EXPOSURE = 64


def save_photo(draft: Draft) -> None:
    """The photo's row: dates, place, camera, type, title and score, each only where its source may speak."""
    if not draft.shown:
        # A photo that was shown before keeps its row and its thumbs; the error list says what is wrong now.
        raise Skip(draft.main.reason or "No picture could be made of it.")
    if not draft.leads:
        draft.days.add(draft.photo.taken_at_local.date())
        return
    photo = draft.photo or Photo(created_at=draft.workshop.now)
    if photo.pk:
        draft.days.add(photo.taken_at_local.date())
    values = {
        "folder_id": draft.folder_id,
        "name": base_prefix(draft.main.ref.name)[:255],
        **_original_name(draft),
        **_texts(photo, draft.metadata),
        **_dates(photo, draft),
        **_position(photo, draft),
        **_gear(photo, draft.metadata),
        **_pictures(photo, draft),
    }
    changed = set_fields(photo, values)
    draft.photo = photo
    changed += set_fields(photo, judge(photo, judged(draft)))
    save_changes(photo, changed)
    draft.days.add(photo.taken_at_local.date())


def judged(draft: Draft) -> Judged:
    """What the draft tells for the judgement of its photo."""
    return Judged(
        file_name=draft.main.ref.name,
        pixels=max((_pixels(file) for file in draft.shown), default=0),
        keywords=draft.metadata.keywords,
        labels=label_facts(draft.photo),
        people=people_on(draft.photo),
    )


def save_details(draft: Draft) -> None:
    """The long texts: notes, subject, artist, copyright, licence, software."""
    if not draft.leads:
        return
    details = Details.objects.filter(photo=draft.photo).first() or Details(photo=draft.photo)
    metadata, values = draft.metadata, dict[str, Any]()
    for name in ("notes", "subject", "artist", "copyright", "license", "software"):
        values |= set_by_source(details, name, getattr(metadata, name)[:1024], metadata.source_of(name))
    values |= set_by_source(details, "keywords", ", ".join(metadata.keywords), metadata.source_of("keywords"))
    changed = set_fields(details, values)
    if details._state.adding:
        details.save(force_insert=True)
    elif changed:
        details.save(update_fields=changed)


def _original_name(draft: Draft) -> dict[str, Any]:
    """The name that an imported picture had, without its extension."""
    name = draft.main.original_name
    return {"original_name": name.rpartition(".")[0][-LONGEST_NAME:]} if name else {}


def _texts(photo: Photo, metadata: Metadata) -> dict[str, Any]:
    values = set_by_source(photo, "title", metadata.title[:200], metadata.source_of("title"))
    values |= set_by_source(photo, "caption", metadata.caption[:4096], metadata.source_of("caption"))
    values |= set_by_source(photo, "rating", metadata.rating, metadata.source_of("rating"))
    if metadata.document_id:
        values["uuid"] = metadata.document_id[:64]
    return values


def _dates(photo: Photo, draft: Draft) -> dict[str, Any]:
    """The moment, the wall clock and its parts; -1 for parts that nothing tells."""
    metadata = draft.metadata
    if metadata.taken_at is None or metadata.taken_at_local is None:
        return {}
    is_known = photo.taken_at is not None
    if is_known and not sources.better(metadata.taken_src, photo.taken_src):
        return {}
    if is_known and not metadata.taken_src and metadata.taken_at > photo.taken_at:
        # The age of a file only ever moves forward, by copying; the earlier date is nearer to the truth.
        return {}
    moment, local, zone = metadata.taken_at, metadata.taken_at_local, metadata.time_zone
    if sources.priority(photo.place_src) > sources.priority(metadata.source_of("lat")) and photo.has_position:
        # The place is another than the files say, so the clock goes by that.
        zone = look_up(photo.lat or 0.0, photo.lng or 0.0).time_zone or draft.written_zone
        moment, local = settle(moment, local, draft.written_zone, zone)
    has_parts = metadata.taken_src or (draft.workshop.now - metadata.taken_at).days >= 1
    return {
        "taken_at": moment,
        "taken_at_local": local,
        "taken_src": metadata.taken_src,
        "time_zone": zone,
        "year": local.year if has_parts else -1,
        "month": local.month if has_parts else -1,
        "day": local.day if has_parts else -1,
    }


def _position(photo: Photo, draft: Draft) -> dict[str, Any]:
    location, metadata = draft.location, draft.metadata
    src = metadata.source_of("lat")
    if location is None or not sources.better(src, photo.place_src):
        return {}
    cell = cell_for(location)
    return {
        "lat": metadata.lat,
        "lng": metadata.lng,
        "altitude": metadata.altitude,
        "direction": metadata.direction,
        "cell": cell,
        "place": cell.place,
        "place_src": src,
        "country": location.country,
    }


def _gear(photo: Photo, metadata: Metadata) -> dict[str, Any]:
    src = metadata.source_of("camera_model" if metadata.camera_model else "camera_make")
    if not sources.better(src, photo.camera_src):
        return {}
    camera, lens = camera_for(metadata), lens_for(metadata)
    if photo.stack == Stack.STACKED and camera.slug == UNKNOWN:
        # Another file of the stack may have known it.
        return {}
    return {
        "camera": camera,
        "camera_src": "" if camera.slug == UNKNOWN else src,
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
        "duration": next((file.duration for file in draft.shown if file.duration), None),
    }
    members = [_member(file) for file in draft.shown]
    if photo.type_src != sources.MANUAL and (kind := kind_of(members, has_unique_id=bool(draft.metadata.document_id))):
        values["type"] = PhotoType(kind)
    return values


def _member(file: FileDraft) -> Member:
    name = file.format.name if file.format else ""
    return Member(file.media_type, name, frames=file.frames, duration=file.duration, has_video=file.clip is not None)


def _pixels(file: FileDraft) -> int:
    return file.width * file.height
