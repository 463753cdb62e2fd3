"""Photos, files and labels as JSON in the shapes of `library.shapes`: as found by a search, as viewed, and in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from library import sources
from library.access import Grant
from library.lent import file_for_grant, for_grant
from library.media.geometry import fit
from library.media.sizes import PUBLIC_SIZES
from library.models import Camera, Details, File, Folder, Lens, Photo, PhotoLabel
from library.models.photo import PhotoType
from library.plugs import plugged
from library.search import Result
from library.search.labels import FoundLabel, describe_labels
from library.shapes import (
    CellJson,
    DetailsJson,
    FileJson,
    FolderJson,
    FoundPhoto,
    GearJson,
    LabelJson,
    PhotoFacts,
    PhotoJson,
    PhotoLabelJson,
    PlaceJson,
    ThumbJson,
    ViewedPhoto,
)
from library.whereabouts import Whereabouts
from places.models import Cell, Place

NEVER: Final = "0001-01-01T00:00:00Z"
"""What PhotoPrism's searches say where a time is not known and may not be null."""

_Sections = dict[int, dict[str, Any]]

_NANOSECONDS: Final = 1000  # in a microsecond
_PLAYING: Final = frozenset([PhotoType.VIDEO, PhotoType.LIVE, PhotoType.ANIMATED, PhotoType.AUDIO])


def found_json(results: Sequence[Result], grant: Grant) -> list[FoundPhoto]:
    """What a search found, as `GET /photos` answers it."""
    of_files = _file_sections(results, grant)
    where = Whereabouts.of(grant)
    told = [where.json_of(_found(result, of_files), result.photo) for result in results]
    return [for_grant(photo, grant) for photo in told]


def viewed_json(results: Sequence[Result], grant: Grant) -> list[ViewedPhoto]:
    """What a search found, as a viewer needs it, with the addresses of thumbs and downloads."""
    where = Whereabouts.of(grant)
    return [where.json_of(_viewed(result, grant), result.photo) for result in results]


def photo_json(result: Result, grant: Grant) -> PhotoJson:
    """One photo with its details, camera, place, labels and files."""
    photo = result.photo
    details = Details.objects.filter(photo=photo).first() or Details(photo=photo)
    shown: PhotoJson = {
        **_facts(result, _file_sections([result], grant)),
        "ID": photo.pk,
        # Apps know no source of its own for people.
        "TitleSrc": sources.AUTO if photo.title_src == sources.PEOPLE else photo.title_src,
        "CaptionSrc": photo.caption_src,
        "DescriptionSrc": photo.caption_src,
        "CreatedBy": photo.created_by,
        "EditedAt": time_or_none(photo.edited_at),
        "CheckedAt": time_or_none(photo.checked_at),
        "DeletedAt": time_or_none(photo.deleted_at),
        "PublishedAt": time_json(photo.published_at),
        "EstimatedAt": time_json(photo.estimated_at),
        "Details": _details(details),
        "Camera": gear_json(photo.camera),
        "Lens": gear_json(photo.lens),
        "Cell": _cell(photo.cell, photo.place, grant),
        "Place": _place(photo.place, grant),
        "Albums": [],
        "Labels": _labels(photo, grant),
        "TextLines": 0,
    }
    if photo.published_at is None:
        del shown["PublishedAt"]
    if photo.estimated_at is None or grant.hides_places:
        del shown["EstimatedAt"]
    sections = _sections("PHOTO_SECTIONS", [photo], grant).get(photo.pk, {})
    told = Whereabouts.of(grant).json_of(shown | sections, photo)
    return for_grant(cast("PhotoJson", told), grant)


def one_file_json(file: File, grant: Grant) -> FileJson:
    """One file alone, with what other apps add."""
    more = _sections("FILE_SECTIONS", [file], grant).get(file.pk, {})
    return file_for_grant(file_json(file, file.photo.uid if file.photo else "", more), grant)


def file_json(file: File, photo_uid: str, more: Mapping[str, Any]) -> FileJson:
    """One file; sizes in bytes, duration in nanoseconds, ModTime in seconds. `more` is what other apps add."""
    shown: FileJson = {
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
        "CreatedAt": time_json(file.created_at),
        "UpdatedAt": time_json(file.updated_at),
        "Markers": [],
    }
    return cast("FileJson", {**shown, **more})


def gear_json(gear: Camera | Lens) -> GearJson:
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


def label_json(found: FoundLabel) -> LabelJson:
    """A label with the number of photos and the picture that the grant sees."""
    label = found.label
    return {
        "ID": label.pk,
        "UID": label.uid,
        "Slug": label.slug,
        "CustomSlug": label.custom_slug,
        "Name": label.name,
        "Favorite": label.favorite,
        "Priority": label.priority,
        "Description": label.description,
        "Notes": label.notes,
        "PhotoCount": found.photo_count,
        "Thumb": found.thumb,
        "ThumbSrc": label.thumb_src,
        "CreatedAt": time_json(label.created_at),
        "UpdatedAt": time_json(label.updated_at),
        "DeletedAt": time_json(label.deleted_at),
    }


def folder_json(folder: Folder) -> FolderJson:
    """A directory of a root; PhotoPrism's keys, of which type and order say nothing here."""
    return {
        "UID": folder.uid,
        "Root": folder.root,
        "Path": folder.path,
        "Type": "",
        "Title": folder.title,
        "Category": folder.category,
        "Description": folder.description,
        "Order": "name",
        "Country": folder.country,
        "Year": folder.year,
        "Month": folder.month,
        "Day": folder.day,
        "Favorite": folder.favorite,
        "Private": folder.private,
        "Ignore": folder.ignore,
        "Watch": folder.watch,
        "CreatedAt": time_json(folder.created_at),
        "UpdatedAt": time_json(folder.updated_at),
    }


def _found(result: Result, of_files: _Sections) -> FoundPhoto:
    photo, primary = result.photo, result.primary or File()
    shown: FoundPhoto = {
        **_facts(result, of_files),
        "ID": f"{photo.pk}-{primary.pk or 0}",
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
        "Width": primary.width,
        "Height": primary.height,
        "Portrait": primary.is_portrait,
        "Merged": len(result.files) > 1,
        "EditedAt": time_json(photo.edited_at),
        "CheckedAt": time_json(photo.checked_at),
        "DeletedAt": time_json(photo.deleted_at),
    }
    if photo.deleted_at is None:
        del shown["DeletedAt"]
    return shown


def _viewed(result: Result, grant: Grant) -> ViewedPhoto:
    photo, primary = result.photo, result.primary or File()
    played = _played(result)
    return {
        "UID": photo.uid,
        "Type": photo.type,
        "Title": photo.title,
        "Caption": photo.caption,
        "Description": photo.caption,
        "Lat": photo.lat or 0,
        "Lng": photo.lng or 0,
        "TakenAtLocal": time_json(photo.taken_at_local),
        "TimeZone": photo.time_zone,
        "Favorite": result.is_favorite,
        "Rating": photo.rating or 0,
        "Playable": photo.type in _PLAYING,
        "Duration": nanoseconds(photo.duration),
        "Width": primary.width,
        "Height": primary.height,
        "Hash": (played or primary).hash,
        "Codec": (played or primary).codec,
        "Mime": (played or primary).mime,
        "Thumbs": _thumbs(primary, grant),
        "DownloadUrl": f"/api/v1/dl/{primary.hash}?t={grant.download_token}",
    }


def _played(result: Result) -> File | None:
    """The file that plays where a video or a live picture is shown."""
    if result.photo.type not in _PLAYING:
        return None
    return next((file for file in result.files if file.is_video), None)


def _thumbs(primary: File, grant: Grant) -> dict[str, ThumbJson]:
    """The sizes in which the whole picture is offered, with the pixels that each has of it."""
    width, height = primary.width or 1, primary.height or 1
    shown: dict[str, ThumbJson] = {}
    for size in PUBLIC_SIZES:
        w, h = fit(width, height, size.width, size.height)
        shown[size.name] = {"w": w, "h": h, "src": f"/api/v1/t/{primary.hash}/{grant.preview_token}/{size.name}"}
    return shown


def _facts(result: Result, of_files: _Sections) -> PhotoFacts:
    """The columns of a photo, with 0, "" and false where PhotoPrism has no null."""
    photo = result.photo
    return {
        "UID": photo.uid,
        "DocumentID": photo.uuid,
        "Type": photo.type,
        "TypeSrc": photo.type_src,
        "TakenAt": time_json(photo.taken_at),
        "TakenAtLocal": time_json(photo.taken_at_local),
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
        "CameraID": photo.camera.pk,
        "CameraSrc": photo.camera_src,
        "CameraSerial": photo.camera_serial,
        "LensID": photo.lens.pk,
        "Altitude": photo.altitude or 0,
        "Lat": photo.lat or 0,
        "Lng": photo.lng or 0,
        "Direction": photo.direction,
        "Rating": photo.rating or 0,
        "RatingSrc": photo.rating_src,
        "CellID": photo.cell.pk,
        "CellAccuracy": photo.cell_accuracy,
        "PlaceID": photo.place.pk,
        "PlaceSrc": photo.place_src,
        "CreatedAt": time_json(photo.created_at),
        "UpdatedAt": time_json(photo.updated_at),
        "Hash": result.primary.hash if result.primary else "",
        "Files": [file_json(file, photo.uid, of_files.get(file.pk, {})) for file in result.files],
    }


def _details(details: Details) -> DetailsJson:
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


def _cell(cell: Cell, place: Place, grant: Grant) -> CellJson:
    return {
        "ID": cell.pk,
        "Name": cell.name,
        "Street": cell.street,
        "Postcode": cell.postcode,
        "Category": cell.category,
        "Place": _place(place, grant),
    }


def _place(place: Place, grant: Grant) -> PlaceJson:
    """The kept number is that of the shared library, which is nothing to those who see a part of it."""
    return {
        "PlaceID": place.pk,
        "Label": place.label,
        "District": place.district,
        "City": place.city,
        "State": place.state,
        "Country": place.country,
        "Keywords": place.keywords,
        "Favorite": place.favorite,
        "PhotoCount": place.photo_count if grant.scope is None else 0,
    }


def _labels(photo: Photo, grant: Grant) -> list[PhotoLabelJson]:
    """The labels of a photo, the surest first, those that a person took away last; none that is hidden."""
    known = PhotoLabel.objects.filter(photo=photo, label__deleted_at__isnull=True)
    rows = list(known.select_related("label").order_by("uncertainty", "label__name"))
    described = describe_labels([row.label for row in rows], grant)
    return [
        {
            "PhotoID": row.photo_id,
            "LabelID": row.label_id,
            "LabelSrc": row.src,
            "Uncertainty": row.uncertainty,
            "Label": label_json(described[row.label_id]),
        }
        for row in rows
    ]


def _file_sections(results: Sequence[Result], grant: Grant) -> _Sections:
    return _sections("FILE_SECTIONS", [file for result in results for file in result.files], grant)


def _sections(name: str, rows: Iterable[Photo | File], grant: Grant) -> _Sections:
    """What the wired apps add to each photo or file, by its id."""
    shown, merged = list(rows), _Sections()
    for section in plugged(name):
        for pk, values in section(shown, grant).items():
            merged[pk] = merged.get(pk, {}) | values
    return merged


def time_json(moment: datetime | None) -> str:
    """`2024-05-30T18:00:00Z`, without fractions of a second."""
    return time_or_none(moment) or NEVER


def time_or_none(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z" if moment else None
