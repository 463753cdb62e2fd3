"""The field rules: from tags named as ExifTool names them to Metadata.

Every reader (exiv2, ExifTool, XMP) only renames what it finds; which tag wins is decided here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from library import sources, uid
from library.meta import cameras, clean, kinds, timestamps, timezones, values
from library.meta.data import Metadata, Region
from library.meta.timestamps import Timestamp

Tags = Mapping[str, Sequence[object]]
"""Per tag name everything that was found under it, the most trusted first."""

TAKEN: Final = (
    "SubSecDateTimeOriginal",
    "SubSecDateTimeCreated",
    "DateTimeOriginal",
    "CreationDate",
    "DateTimeCreated",
    "DateCreated",
    "SubSecCreateDate",
    "DateTimeDigitized",
    "ContentCreateDate",
)
TAKEN_LATER: Final = ("ModifyDate",)
TAKEN_IN_UTC: Final = ("GPSDateTime",)
CREATED: Final = ("CreateDate", "MediaCreateDate", "TrackCreateDate")
OFFSETS: Final = ("OffsetTimeOriginal", "OffsetTimeDigitized", "OffsetTime", "TimeZone")

TITLE: Final = ("Title", "Headline", "ObjectName", "XPTitle")
CAPTION: Final = ("Description", "ImageDescription", "Caption", "Caption-Abstract", "XPSubject")
SUBJECT: Final = ("Subject", "PersonInImage", "ObjectName", "HierarchicalSubject", "CatalogSets")
MAX_KEYWORDS: Final = 500
KEYWORDS: Final = ("Keywords", "Subject", "XPKeywords")
# Whole branches of a tree of words, "People/Ann": only where the words do not stand alone as well.
KEYWORD_PATHS: Final = ("LastKeywordXMP", "HierarchicalSubject", "TagsList", "CatalogSets")
NOTES: Final = ("Comment", "UserComment", "XPComment")
ARTIST: Final = ("Artist", "Creator", "By-line", "OwnerName", "Owner", "XPAuthor")
COPYRIGHT: Final = ("Rights", "Copyright", "CopyrightNotice", "WebStatement")
LICENSE: Final = ("UsageTerms", "License")
SOFTWARE: Final = ("Software", "CreatorTool")

SERIAL: Final = ("SerialNumber", "BodySerialNumber", "CameraSerialNumber")
OWNER: Final = ("CameraOwnerName", "OwnerName")
LENS: Final = ("LensModel", "Lens", "LensID")
ISO: Final = ("ISO", "RecommendedExposureIndex", "ISOSpeed", "StandardOutputSensitivity")

DOCUMENT_IDS: Final = (
    "ContentIdentifier",
    "MediaGroupUUID",
    "BurstUUID",
    "OriginalDocumentID",
    "DocumentID",
    "ImageUniqueID",
    "DigitalImageGUID",
)
INSTANCE_IDS: Final = ("InstanceID", "DocumentID")

_NO_ISO: Final = 65535
_HIGHEST_ALTITUDE: Final = 1_000_000  # metres; above are only broken values
_HDR_IMAGE: Final = 3


def to_metadata(
    tags: Tags, *, src: str = sources.META, created_in_utc: bool = False, regions: tuple[Region, ...] = ()
) -> Metadata:
    """Metadata from tags; each broken value is dropped alone.

    `src` is the source of them all. `created_in_utc`: creation dates without a zone are UTC, as
    in QuickTime and MP4. `regions` are the faces, which tags cannot hold.
    """
    taken = _taken(tags, created_in_utc=created_in_utc)
    taken_at, taken_at_local, time_zone = taken or (None, None, "")
    lat, lng = _position(tags)
    make = cameras.camera_make(_text(tags, "Make"))
    hdr = _whole(tags, "HDRImageType") == _HDR_IMAGE
    return Metadata(
        taken_at=taken_at,
        taken_at_local=taken_at_local,
        time_zone=time_zone,
        taken_src=src if taken else "",
        src=src,
        title=clean.title(_text(tags, *TITLE)),
        caption=_caption(tags),
        subject=", ".join(_unique(_first_list(tags, *SUBJECT))),
        artist=_person(tags, *ARTIST),
        copyright=_text(tags, *COPYRIGHT),
        license=_text(tags, *LICENSE),
        notes=clean.caption(_text(tags, *NOTES)),
        software=_text(tags, *SOFTWARE),
        keywords=_keywords(tags),
        camera_make=make,
        camera_model=cameras.camera_model(_text(tags, "Model"), make),
        camera_serial=_serial(tags),
        camera_owner=_text(tags, *OWNER),
        lens_make=cameras.camera_make(_text(tags, "LensMake")),
        lens_model=_lens(tags),
        iso=_iso(tags),
        exposure=_exposure(tags),
        f_number=_f_number(tags),
        focal_length=_focal_length(tags),
        flash=bool(_whole(tags, "Flash", "FlashFired") & 1),
        lat=lat,
        lng=lng,
        altitude=_altitude(tags) if lat is not None else None,
        direction=_direction(tags),
        width=_pixels(tags, "ImageWidth", "ExifImageWidth"),
        height=_pixels(tags, "ImageHeight", "ExifImageHeight"),
        orientation=_orientation(tags),
        projection=kinds.projection(_text(tags, "ProjectionType")),
        color_profile=_text(tags, "ProfileDescription", "ICCProfileName"),
        document_id=_first_uuid(tags, *DOCUMENT_IDS),
        instance_id=_first_uuid(tags, *INSTANCE_IDS),
        codec=_text(tags, "CompressorID", "VideoCodecID").lower(),
        favorite=_whole(tags, "Favorite") > 0,
        rating=_rating(tags),
        duration=_duration(tags),
        frames=max(0, _whole(tags, "FrameCount")),
        hdr=hdr,
        image_type="HDR" if hdr else "",
        regions=regions,
        content_id=_first_uuid(tags, "ContentIdentifier", "MediaGroupUUID"),
    )


def _taken(tags: Tags, *, created_in_utc: bool) -> tuple[datetime, datetime, str] | None:
    """Moment, wall clock and zone from the first date that can be read."""
    offset = next((name for written in _texts(tags, *OFFSETS) if (name := timezones.zone_name(written))), "")
    default_zone = "UTC" if created_in_utc else offset
    for names, zone in ((TAKEN, offset), (CREATED, default_zone), (TAKEN_LATER, offset), (TAKEN_IN_UTC, "UTC")):
        for written in _texts(tags, *names):
            if stamp := timestamps.parse(written):
                taken = _moment(stamp, stamp.zone or zone)
                return _with_utc_clock(taken, tags) if created_in_utc else taken
    return None


def _moment(stamp: Timestamp, zone: str) -> tuple[datetime, datetime, str]:
    local = stamp.local.replace(tzinfo=UTC)
    return timezones.to_utc(local, zone), local, zone


def _with_utc_clock(taken: tuple[datetime, datetime, str], tags: Tags) -> tuple[datetime, datetime, str]:
    """A wall clock without a zone, completed by the UTC clock of the same video.

    Clocks further apart than any two places were never set together: then UTC counts. Equal
    clocks tell nothing, since many cameras write their wall clock as UTC.
    """
    _, local, zone = taken
    created = next((stamp for written in _texts(tags, *CREATED) if (stamp := timestamps.parse(written))), None)
    if zone or created is None:
        return taken
    moment = created.local.replace(tzinfo=UTC)
    if not timezones.can_be_same_moment(moment, local):
        return moment, moment, "UTC"
    zone = timezones.zone_between(moment, local)
    return _moment(Timestamp(local.replace(tzinfo=None)), "" if zone == "UTC" else zone)


def _position(tags: Tags) -> tuple[float, float] | tuple[None, None]:
    """Latitude and longitude; 0, 0 is what a receiver without a fix writes."""
    lat = _degrees(tags, "GPSLatitude", limit=90)
    lng = _degrees(tags, "GPSLongitude", limit=180)
    if lat is None or lng is None or (lat == 0 and lng == 0):
        return None, None
    return lat, lng


def _degrees(tags: Tags, name: str, *, limit: float) -> float | None:
    reference = _text(tags, name + "Ref")
    angles = (values.degrees(value, reference) for value in tags.get(name, ()))
    return next((round(angle, 9) for angle in angles if angle is not None and abs(angle) <= limit), None)


def _altitude(tags: Tags) -> int | None:
    metres = _number(tags, "GPSAltitude")
    if metres is None or abs(metres) > _HIGHEST_ALTITUDE:
        return None
    below_sea = _whole(tags, "GPSAltitudeRef") == 1
    return int(-abs(metres) if below_sea else metres)


def _direction(tags: Tags) -> float | None:
    """Where the camera looked; a value beyond the circle was never measured."""
    degrees = _number(tags, "GPSImgDirection")
    return round(degrees % 360, 2) % 360 if degrees is not None and 0 <= degrees <= 360 else None


def _caption(tags: Tags) -> str:
    return next((caption for written in _texts(tags, *CAPTION) if (caption := clean.caption(written))), "")


def _person(tags: Tags, *names: str) -> str:
    """All people under the first tag that names any: "Ann, Bob"."""
    return ", ".join(_unique(_first_list(tags, *names)))


def _keywords(tags: Tags) -> tuple[str, ...]:
    written = list(_texts(tags, *KEYWORDS)) or [re.split(r"[|/]", path)[-1] for path in _texts(tags, *KEYWORD_PATHS)]
    separate = (part.strip() for words in written for part in words.replace(";", ",").split(","))
    known = _unique(clean.clip(part, clean.MAX_NAME) for part in separate if not values.is_empty(part))
    return tuple(known[:MAX_KEYWORDS])


def _serial(tags: Tags) -> str:
    return _text(tags, *SERIAL).removeprefix("NO=").strip()


def _lens(tags: Tags) -> str:
    return next((lens for written in _texts(tags, *LENS) if (lens := cameras.lens_model(written))), "")


def _iso(tags: Tags) -> int:
    found = (values.whole(value) for name in ISO for value in tags.get(name, ()))
    return next((iso for iso in found if iso > 0 and iso != _NO_ISO), 0)


def _exposure(tags: Tags) -> str:
    """Exposure time as people write it, from seconds or from APEX units."""
    seconds = _positive(tags, "ExposureTime", "ShutterSpeed")
    apex = _number(tags, "ShutterSpeedValue")
    if not seconds and apex is not None and -20 <= apex <= 20 and apex:
        seconds = 2.0**-apex
    if not seconds:
        return ""
    # Cameras show fractions up to a quarter of a second and decimals above.
    return f"1/{round(1 / seconds)}" if seconds < 0.25001 else f"{seconds:.1f}".removesuffix(".0")


def _f_number(tags: Tags) -> float:
    found = _positive(tags, "FNumber", "Aperture")
    apex = _positive(tags, "ApertureValue")
    if not found and apex and apex <= 20:
        found = 2.0 ** (apex / 2)
    return round(found, 1) if found < 1000 else 0.0


def _focal_length(tags: Tags) -> int:
    found = _positive(tags, "FocalLengthIn35mmFormat") or _positive(tags, "FocalLength")
    return round(found) if found < 100_000 else 0


def _orientation(tags: Tags) -> int:
    found = _whole(tags, "Orientation")
    return found if 1 <= found <= 8 else 0


def _rating(tags: Tags) -> int | None:
    for name in ("Rating", "RatingPercent"):
        stars = _number(tags, name)
        if stars is not None and (name == "RatingPercent" or stars > 5):
            stars = ceil(stars / 25) + 1 if 0 < stars <= 100 else 0
        if stars is not None and -1 <= stars <= 5:
            return round(stars)
    return None


def _duration(tags: Tags) -> timedelta | None:
    seconds = _positive(tags, "Duration", "MediaDuration", "TrackDuration")
    return timedelta(seconds=seconds) if 0 < seconds < 10_000_000 else None


def _pixels(tags: Tags, *names: str) -> int:
    found = _positive(tags, *names)
    return round(found) if found < 1_000_000 else 0


def _first_uuid(tags: Tags, *names: str) -> str:
    return next((found for written in _texts(tags, *names) if (found := uid.clean_uuid(written))), "")


def _first_list(tags: Tags, *names: str) -> list[str]:
    lists = (list(values.texts(value)) for name in names for value in tags.get(name, ()))
    return next((found for found in lists if found), [])


def _texts(tags: Tags, *names: str) -> Iterator[str]:
    for name in names:
        yield from (text for text in values.texts(list(tags.get(name, ()))) if not values.is_empty(text))


def _text(tags: Tags, *names: str) -> str:
    return next(_texts(tags, *names), "")


def _number(tags: Tags, *names: str) -> float | None:
    found = (values.number(value) for name in names for value in tags.get(name, ()))
    return next((number for number in found if number is not None), None)


def _positive(tags: Tags, *names: str) -> float:
    found = (values.number(value) for name in names for value in tags.get(name, ()))
    return next((number for number in found if number is not None and number > 0), 0.0)


def _whole(tags: Tags, *names: str) -> int:
    found = _number(tags, *names)
    return round(found) if found is not None else 0


def _unique(texts: Iterator[str] | Sequence[str]) -> list[str]:
    """Each text once, in the first spelling."""
    return list({text.casefold(): text for text in reversed(list(texts))}.values())[::-1]
