"""Photos and files as JSON in PhotoPrism's field names: as found by a search, and one with all its details."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from library.models import Camera, Details, File, Lens, Photo, PhotoLabel
from library.plugs import plugged
from library.search import Result
from places.models import Cell, Place

Json = dict[str, Any]

_NANOSECONDS: Final = 1000  # in a microsecond


def found_json(results: Sequence[Result]) -> list[Json]:
    """What a search found, as `GET /photos` answers it; the sections of other apps are added."""
    sections = _sections([result.photo for result in results])
    return [_found(result) | sections.get(result.photo.pk, {}) for result in results]


def photo_json(result: Result) -> Json:
    """One photo with its details, camera, place, labels and files; three queries."""
    photo = result.photo
    labels = PhotoLabel.objects.filter(photo=photo).select_related("label").order_by("uncertainty", "label__name")
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    return {
        **_facts(result),
        "TitleSrc": photo.title_src,
        "CaptionSrc": photo.caption_src,
        "DescriptionSrc": photo.caption_src,
        "CreatedBy": photo.created_by,
        "PublishedAt": _time(photo.published_at),
        "EstimatedAt": _time(photo.estimated_at),
        "Hash": result.primary.hash if result.primary else "",
        "Details": _details(details),
        "Camera": camera_json(photo.camera),
        "Lens": camera_json(photo.lens),
        "Cell": _cell(photo.cell, photo.place),
        "Place": _place(photo.place),
        "Albums": [],
        "Labels": [_label(row) for row in labels],
        "Files": _files(result),
        **_sections([photo]).get(photo.pk, {}),
    }


def file_json(file: File, photo_uid: str) -> Json:
    """One file; sizes in bytes, duration in nanoseconds, ModTime in seconds."""
    return {
        "UID": file.uid,
        "PhotoUID": photo_uid,
        "Name": file.name,
        "Root": file.root,
        "OriginalName": file.original_name,
        "Hash": file.hash,
        "Size": file.size,
        "InstanceID": file.instance_id,
        "Codec": file.codec,
        "FileType": file.type,
        "MediaType": file.media_type,
        "Mime": file.mime,
        "Primary": file.is_primary,
        "Sidecar": file.is_sidecar,
        "Missing": file.is_missing,
        "Portrait": file.is_portrait,
        "Video": file.is_video,
        "Duration": nanoseconds(file.duration),
        "FPS": file.fps,
        "Frames": file.frames,
        "Width": file.width,
        "Height": file.height,
        "Orientation": file.orientation,
        "OrientationSrc": file.orientation_src,
        "Projection": file.projection,
        "AspectRatio": file.aspect_ratio,
        "HDR": file.hdr,
        "Watermark": file.watermark,
        "ColorProfile": file.color_profile,
        "MainColor": file.main_color,
        "Colors": file.colors,
        "Luminance": file.luminance,
        "Diff": file.diff,
        "Chroma": file.chroma,
        "Software": file.software,
        "Error": file.error,
        "ModTime": file.mod_time // 1_000_000_000,
        "CreatedAt": _time(file.created_at),
        "UpdatedAt": _time(file.updated_at),
        "Markers": [],
    }


def camera_json(gear: Camera | Lens) -> Json:
    """A camera or a lens."""
    return {
        "ID": gear.pk,
        "Slug": gear.slug,
        "Name": str(gear),
        "Make": gear.make,
        "Model": gear.model,
        "Type": gear.type,
        "Description": gear.description,
        "Notes": gear.notes,
    }


def nanoseconds(duration: timedelta | None) -> int:
    """PhotoPrism's unit of time spans; 0 for none."""
    return duration // timedelta(microseconds=1) * _NANOSECONDS if duration else 0


def _found(result: Result) -> Json:
    photo, primary = result.photo, result.primary or File()
    return {
        "ID": f"{photo.pk}-{primary.pk or 0}",
        **_facts(result),
        "CameraMake": photo.camera.make,
        "CameraModel": photo.camera.model,
        "CameraType": photo.camera.type,
        "LensMake": photo.lens.make,
        "LensModel": photo.lens.model,
        "PlaceLabel": photo.place.label,
        "PlaceCity": photo.place.city,
        "PlaceState": photo.place.state,
        "PlaceCountry": photo.place.country,
        "InstanceID": primary.instance_id,
        "FileUID": primary.uid if primary.pk else "",
        "FileRoot": primary.root,
        "FileName": primary.name,
        "Hash": primary.hash,
        "Width": primary.width,
        "Height": primary.height,
        "Portrait": primary.is_portrait,
        "Merged": len(result.files) > 1,
        "Files": _files(result),
    }


def _facts(result: Result) -> Json:
    """The columns of a photo, with 0, "" and false where PhotoPrism has no null."""
    photo = result.photo
    return {
        "UID": photo.uid,
        "DocumentID": photo.uuid,
        "Type": photo.type,
        "TypeSrc": photo.type_src,
        "TakenAt": _time(photo.taken_at),
        "TakenAtLocal": _time(photo.taken_at_local),
        "TakenSrc": photo.taken_src,
        "TimeZone": photo.time_zone,
        "Path": photo.folder.path,
        "Name": photo.name,
        "OriginalName": photo.original_name,
        "Title": photo.title,
        "Caption": photo.caption,
        "Description": photo.caption,
        "Year": photo.year,
        "Month": photo.month,
        "Day": photo.day,
        "Country": photo.country,
        "Stack": photo.stack,
        "Favorite": result.is_favorite,
        "Private": photo.private,
        "Iso": photo.iso,
        "FocalLength": photo.focal_length,
        "FNumber": photo.f_number,
        "Exposure": photo.exposure,
        "Faces": photo.faces,
        "Quality": photo.quality,
        "Resolution": photo.resolution,
        "Duration": nanoseconds(photo.duration),
        "Color": photo.color,
        "Scan": photo.scan,
        "Panorama": photo.panorama,
        "CameraID": photo.camera_id,
        "CameraSrc": photo.camera_src,
        "CameraSerial": photo.camera_serial,
        "LensID": photo.lens_id,
        "Altitude": photo.altitude or 0,
        "Lat": photo.lat or 0,
        "Lng": photo.lng or 0,
        "Direction": photo.direction,
        "Rating": photo.rating,
        "CellID": photo.cell_id,
        "CellAccuracy": photo.cell_accuracy,
        "PlaceID": photo.place_id,
        "PlaceSrc": photo.place_src,
        "CreatedAt": _time(photo.created_at),
        "UpdatedAt": _time(photo.updated_at),
        "EditedAt": _time(photo.edited_at),
        "CheckedAt": _time(photo.checked_at),
        "DeletedAt": _time(photo.deleted_at),
    }


def _files(result: Result) -> list[Json]:
    return [file_json(file, result.photo.uid) for file in result.files]


def _details(details: Details) -> Json:
    return {
        "Keywords": details.keywords,
        "KeywordsSrc": details.keywords_src,
        "Notes": details.notes,
        "NotesSrc": details.notes_src,
        "Subject": details.subject,
        "SubjectSrc": details.subject_src,
        "Artist": details.artist,
        "ArtistSrc": details.artist_src,
        "Copyright": details.copyright,
        "CopyrightSrc": details.copyright_src,
        "License": details.license,
        "LicenseSrc": details.license_src,
        "Software": details.software,
        "SoftwareSrc": details.software_src,
    }


def _cell(cell: Cell, place: Place) -> Json:
    return {
        "ID": cell.pk,
        "Name": cell.name,
        "Street": cell.street,
        "Postcode": cell.postcode,
        "Category": cell.category,
        "Place": _place(place),
    }


def _place(place: Place) -> Json:
    return {
        "PlaceID": place.pk,
        "Label": place.label,
        "District": place.district,
        "City": place.city,
        "State": place.state,
        "Country": place.country,
        "Keywords": place.keywords,
        "Favorite": place.favorite,
        "PhotoCount": place.photo_count,
    }


def _label(row: PhotoLabel) -> Json:
    label = row.label
    return {
        "PhotoID": row.photo_id,
        "LabelID": row.label_id,
        "LabelSrc": row.src,
        "Uncertainty": row.uncertainty,
        "Label": {
            "ID": label.pk,
            "UID": label.uid,
            "Slug": label.slug,
            "CustomSlug": label.custom_slug,
            "Name": label.name,
            "Priority": label.priority,
            "Favorite": label.favorite,
            "Description": label.description,
            "Notes": label.notes,
            "PhotoCount": label.photo_count,
            "Thumb": label.thumb,
            "ThumbSrc": label.thumb_src,
        },
    }


def _sections(photos: Iterable[Photo]) -> dict[int, Json]:
    """What the wired apps add to each photo, by its id."""
    shown, merged = list(photos), dict[int, Json]()
    for section in plugged("PHOTO_SECTIONS"):
        for pk, values in section(shown).items():
            merged[pk] = merged.get(pk, {}) | values
    return merged


def _time(moment: datetime | None) -> str | None:
    """`2024-05-30T18:00:00Z`, without fractions of a second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
