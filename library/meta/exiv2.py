"""exiv2's EXIF, IPTC and XMP keys -> Metadata."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from library.meta import applenote, tags, values
from library.meta.data import Metadata, Region

Found = Mapping[str, object]

# exiv2 key -> ExifTool tag; for keys of the same tag the upper one wins.
KEYS: Final[dict[str, str]] = {
    "Exif.Photo.DateTimeOriginal": "DateTimeOriginal",
    "Exif.Image.DateTimeOriginal": "DateTimeOriginal",
    "Xmp.exif.DateTimeOriginal": "DateTimeOriginal",
    "Xmp.photoshop.DateCreated": "DateCreated",
    "Exif.Photo.DateTimeDigitized": "DateTimeDigitized",
    "Xmp.exif.DateTimeDigitized": "DateTimeDigitized",
    "Xmp.xmp.CreateDate": "CreateDate",
    "Xmp.xmp.ModifyDate": "ModifyDate",
    "Xmp.tiff.DateTime": "ModifyDate",
    "Exif.Image.DateTime": "ModifyDate",
    "Exif.Photo.OffsetTimeOriginal": "OffsetTimeOriginal",
    "Exif.Photo.OffsetTimeDigitized": "OffsetTimeDigitized",
    "Exif.Photo.OffsetTime": "OffsetTime",
    "Xmp.dc.title": "Title",
    "Xmp.photoshop.Headline": "Headline",
    "Iptc.Application2.Headline": "Headline",
    "Iptc.Application2.ObjectName": "ObjectName",
    "Exif.Image.XPTitle": "XPTitle",
    "Xmp.dc.description": "Description",
    "Exif.Image.ImageDescription": "ImageDescription",
    "Xmp.tiff.ImageDescription": "ImageDescription",
    "Iptc.Application2.Caption": "Caption-Abstract",
    "Exif.Image.XPSubject": "XPSubject",
    "Xmp.dc.subject": "Subject",
    "Xmp.iptcExt.PersonInImage": "PersonInImage",
    "Xmp.lr.hierarchicalSubject": "HierarchicalSubject",
    "Xmp.mediapro.CatalogSets": "CatalogSets",
    "Xmp.acdsee.caption": "Title",
    "Xmp.acdsee.notes": "Caption",
    "Xmp.digiKam.TagsList": "TagsList",
    "Xmp.MicrosoftPhoto.LastKeywordXMP": "LastKeywordXMP",
    "Iptc.Application2.Keywords": "Keywords",
    "Exif.Image.XPKeywords": "XPKeywords",
    "Exif.Photo.UserComment": "UserComment",
    "Xmp.exif.UserComment": "UserComment",
    "Exif.Image.XPComment": "XPComment",
    "Exif.Image.Artist": "Artist",
    "Xmp.tiff.Artist": "Artist",
    "Xmp.dc.creator": "Creator",
    "Iptc.Application2.Byline": "By-line",
    "Xmp.aux.OwnerName": "OwnerName",
    "Exif.Canon.OwnerName": "OwnerName",
    "Exif.Image.XPAuthor": "XPAuthor",
    "Xmp.dc.rights": "Rights",
    "Exif.Image.Copyright": "Copyright",
    "Xmp.tiff.Copyright": "Copyright",
    "Iptc.Application2.Copyright": "CopyrightNotice",
    "Xmp.xmpRights.WebStatement": "WebStatement",
    "Xmp.xmpRights.UsageTerms": "UsageTerms",
    "Xmp.cc.license": "License",
    "Exif.Image.Software": "Software",
    "Xmp.tiff.Software": "Software",
    "Xmp.xmp.CreatorTool": "CreatorTool",
    "Exif.Image.Make": "Make",
    "Xmp.tiff.Make": "Make",
    "Exif.Image.Model": "Model",
    "Xmp.tiff.Model": "Model",
    "Exif.Photo.BodySerialNumber": "SerialNumber",
    "Exif.Image.CameraSerialNumber": "CameraSerialNumber",
    "Xmp.exifEX.BodySerialNumber": "SerialNumber",
    "Xmp.aux.SerialNumber": "SerialNumber",
    "Exif.Canon.SerialNumber": "SerialNumber",
    "Exif.Nikon3.SerialNumber": "SerialNumber",
    "Exif.Nikon3.SerialNO": "SerialNumber",
    "Exif.OlympusEq.SerialNumber": "SerialNumber",
    "Exif.Photo.CameraOwnerName": "CameraOwnerName",
    "Xmp.exifEX.CameraOwnerName": "CameraOwnerName",
    "Exif.Photo.LensMake": "LensMake",
    "Xmp.exifEX.LensMake": "LensMake",
    "Exif.Photo.LensModel": "LensModel",
    "Xmp.exifEX.LensModel": "LensModel",
    "Exif.Canon.LensModel": "LensModel",
    "Exif.OlympusEq.LensModel": "LensModel",
    "Exif.Panasonic.LensType": "LensModel",
    "Xmp.aux.Lens": "Lens",
    "Exif.Photo.ISOSpeedRatings": "ISO",
    "Xmp.exif.ISOSpeedRatings": "ISO",
    "Xmp.exifEX.PhotographicSensitivity": "ISO",
    "Exif.Image.ISOSpeedRatings": "ISO",
    "Exif.Photo.RecommendedExposureIndex": "RecommendedExposureIndex",
    "Exif.Photo.ISOSpeed": "ISOSpeed",
    "Exif.Photo.StandardOutputSensitivity": "StandardOutputSensitivity",
    "Exif.Photo.ExposureTime": "ExposureTime",
    "Exif.Image.ExposureTime": "ExposureTime",
    "Xmp.exif.ExposureTime": "ExposureTime",
    "Exif.Photo.ShutterSpeedValue": "ShutterSpeedValue",
    "Xmp.exif.ShutterSpeedValue": "ShutterSpeedValue",
    "Exif.Photo.FNumber": "FNumber",
    "Exif.Image.FNumber": "FNumber",
    "Xmp.exif.FNumber": "FNumber",
    "Exif.Photo.ApertureValue": "ApertureValue",
    "Xmp.exif.ApertureValue": "ApertureValue",
    "Exif.Photo.FocalLengthIn35mmFilm": "FocalLengthIn35mmFormat",
    "Xmp.exif.FocalLengthIn35mmFilm": "FocalLengthIn35mmFormat",
    "Exif.Photo.FocalLength": "FocalLength",
    "Exif.Image.FocalLength": "FocalLength",
    "Xmp.exif.FocalLength": "FocalLength",
    "Exif.Photo.Flash": "Flash",
    "Exif.Image.Flash": "Flash",
    "Exif.GPSInfo.GPSLatitude": "GPSLatitude",
    "Exif.GPSInfo.GPSLatitudeRef": "GPSLatitudeRef",
    "Exif.GPSInfo.GPSLongitude": "GPSLongitude",
    "Exif.GPSInfo.GPSLongitudeRef": "GPSLongitudeRef",
    "Exif.GPSInfo.GPSAltitude": "GPSAltitude",
    "Exif.GPSInfo.GPSAltitudeRef": "GPSAltitudeRef",
    "Xmp.exif.GPSLatitude": "GPSLatitude",
    "Xmp.exif.GPSLongitude": "GPSLongitude",
    "Xmp.exif.GPSAltitude": "GPSAltitude",
    "Xmp.exif.GPSAltitudeRef": "GPSAltitudeRef",
    "Exif.GPSInfo.GPSImgDirection": "GPSImgDirection",
    "Xmp.exif.GPSImgDirection": "GPSImgDirection",
    "Xmp.exif.GPSTimeStamp": "GPSDateTime",
    "Exif.Photo.PixelXDimension": "ExifImageWidth",
    "Exif.Photo.PixelYDimension": "ExifImageHeight",
    "Exif.Image.ImageWidth": "ExifImageWidth",
    "Exif.Image.ImageLength": "ExifImageHeight",
    "Exif.Image.Orientation": "Orientation",
    "Xmp.tiff.Orientation": "Orientation",
    "Xmp.GPano.ProjectionType": "ProjectionType",
    "Xmp.photoshop.ICCProfile": "ICCProfileName",
    "Xmp.xmpMM.OriginalDocumentID": "OriginalDocumentID",
    "Xmp.xmpMM.DocumentID": "DocumentID",
    "Xmp.xmpMM.InstanceID": "InstanceID",
    "Exif.Photo.ImageUniqueID": "ImageUniqueID",
    "Xmp.exif.ImageUniqueID": "ImageUniqueID",
    "Xmp.iptcExt.DigImageGUID": "DigitalImageGUID",
    "Xmp.xmp.Rating": "Rating",
    "Exif.Image.Rating": "Rating",
    "Xmp.acdsee.rating": "Rating",
    "Xmp.MicrosoftPhoto.Rating": "RatingPercent",
    "Exif.Image.RatingPercent": "RatingPercent",
    "Xmp.fstop.favorite": "Favorite",
}

_CANON_ISO_STEPS: Final = {16: 50, 17: 100, 18: 200, 19: 400, 20: 800}
_CANON_LONGEST_SCALE: Final = 640


def from_exiv2(
    exif: Found,
    iptc: Found,
    xmp: Found,
    *,
    comment: str = "",
    color_profile: str = "",
    size: tuple[int, int] = (0, 0),
    regions: tuple[Region, ...] = (),
    created_in_utc: bool = False,
    more: Mapping[str, object] | None = None,
) -> Metadata:
    """Metadata from exiv2's three dictionaries, each key in exiv2's own form.

    `comment` is the comment segment of a JPEG, `size` the stored width and height in pixels;
    without a size, the one EXIF claims is taken. `more` are tags found elsewhere in the file,
    as ExifTool names them, for `tags.to_metadata`.
    """
    found = renamed({**exif, **iptc, **xmp})
    for tag, value in {**_apple(exif), **(more or {})}.items():
        found[tag].append(value)
    found["SubSecDateTimeOriginal"].append(_exact(exif, "Original"))
    found["SubSecCreateDate"].append(_exact(exif, "Digitized"))
    found["DateTimeCreated"].append(_iptc_time(iptc))
    found["GPSDateTime"].insert(0, _gps_time(exif))
    found["ISO"].append(_canon_iso(exif))
    found["Comment"].append(comment)
    found["ProfileDescription"].append(color_profile)
    found["ImageWidth"].append(size[0])
    found["ImageHeight"].append(size[1])
    return tags.to_metadata(found, regions=regions, created_in_utc=created_in_utc)


def renamed(everything: Found) -> defaultdict[str, list[object]]:
    """What stands under exiv2's keys by ExifTool's tags, the most trusted first."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for key, tag in KEYS.items():
        if key in everything:
            found[tag].append(everything[key])
    return found


def _apple(exif: Found) -> dict[str, object]:
    """exiv2 prints the bytes of a note as numbers."""
    written = str(exif.get("Exif.Photo.MakerNote", ""))
    if not written.startswith(_APPLE):
        return {}
    try:
        return applenote.read_note(bytes(int(number) for number in written.split()))
    except ValueError:
        return {}


_APPLE: Final = " ".join(str(byte) for byte in applenote.MARK)


def _exact(exif: Found, which: str) -> str:
    """A date with its fraction of a second and offset, which EXIF keeps in three tags."""
    date = values.text(exif.get(f"Exif.Photo.DateTime{which}"))
    fraction = values.text(exif.get(f"Exif.Photo.SubSecTime{which}"))
    offset = values.text(exif.get(f"Exif.Photo.OffsetTime{which}"))
    if not date or not (fraction.isdigit() or offset):
        return ""
    return f"{date}.{fraction}{offset}" if fraction.isdigit() else f"{date}{offset}"


def _canon_iso(exif: Found) -> float:
    """The speed old Canon cameras keep in their own tags only; 0 if there is none.

    Either a step of the camera's menu, or thirty-seconds of a stop for base speed and gain.
    """
    setting = values.whole(exif.get("Exif.CanonCs.ISOSpeed"))
    base = values.number(exif.get("Exif.CanonSi.ISOSpeed"))
    gain = values.number(exif.get("Exif.CanonSi.AutoISO"))
    if setting in _CANON_ISO_STEPS:
        return _CANON_ISO_STEPS[setting]
    if not base or gain is None or max(abs(base), abs(gain)) > _CANON_LONGEST_SCALE:
        return 0
    return 100 / 32 * 2 ** (base / 32) * 2 ** (gain / 32)


def _iptc_time(iptc: Found) -> str:
    """IPTC's date and time; its "+00:00" is what exiv2 prints when no zone is written."""
    date = values.text(iptc.get("Iptc.Application2.DateCreated"))
    time = values.text(iptc.get("Iptc.Application2.TimeCreated")).removesuffix("+00:00")
    return f"{date} {time}".strip() if date else ""


def _gps_time(exif: Found) -> str:
    """The satellites' clock: a date, and hours, minutes, seconds as three fractions."""
    date = values.text(exif.get("Exif.GPSInfo.GPSDateStamp"))
    parts = [values.number(part) for part in values.text(exif.get("Exif.GPSInfo.GPSTimeStamp")).split()]
    if not date or len(parts) != 3 or any(part is None or not 0 <= part < 100 for part in parts):
        return ""
    hours, minutes, seconds = (part or 0.0 for part in parts)
    return f"{date} {int(hours):02}:{int(minutes):02}:{seconds:09.6f}Z"
