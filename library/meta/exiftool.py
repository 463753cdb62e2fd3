"""ExifTool's JSON (`exiftool -j -n -G1`) -> Metadata."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from library.meta import tags
from library.meta.data import Metadata

# Groups in falling trust; within a tag the upper group wins, groups not named come last.
GROUPS: Final = (
    "ExifIFD",
    "IFD0",
    "GPS",
    "Keys",
    "ItemList",
    "UserData",
    "XMP",
    "IPTC",
    "Composite",
    "File",
    "PNG",
    "RIFF",
    "GIF",
    "QuickTime",
    "Track1",
)
# Thumbnails and further images inside the file, whose tags describe themselves.
IGNORED: Final = ("IFD1", "IFD2", "SubIFD", "PreviewImage", "InteropIFD", "ICC_Profile2", "MPImage")
VIDEO_CONTAINERS: Final = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "video/x-m4v"})

_RENAMED: Final[dict[str, str]] = {
    # What EXIF and XMP claim about the size is often that of an earlier version of the picture.
    "IFD0:ImageWidth": "ExifImageWidth",
    "IFD0:ImageHeight": "ExifImageHeight",
    "XMP-tiff:ImageWidth": "ExifImageWidth",
    "XMP-tiff:ImageHeight": "ExifImageHeight",
    # With -n ExifTool has these converted from APEX units; ShutterSpeed and Aperture say the same.
    "ExifIFD:ShutterSpeedValue": "",
    "ExifIFD:ApertureValue": "",
    "XMP-exif:ShutterSpeedValue": "",
    "XMP-exif:ApertureValue": "",
    "ExifIFD:CreateDate": "DateTimeDigitized",
    "Apple:HDRImageType": "HDRImageType",
    "Nikon:SerialNumber": "SerialNumber",
    "ExifIFD:SerialNumber": "SerialNumber",
    "XMP-fstop:Favorite": "Favorite",
    "XMP-microsoft:RatingPercent": "RatingPercent",
}


def from_exiftool(record: Mapping[str, object]) -> Metadata:
    """Metadata from one file's record, its keys "Group1:Tag", its values numeric (-n)."""
    ranked = sorted(record.items(), key=lambda item: _rank(item[0]))
    found: defaultdict[str, list[object]] = defaultdict(list)
    for key, value in ranked:
        group, _, tag = key.rpartition(":")
        if not group.startswith(IGNORED):
            found[_RENAMED.get(key, tag)].append(value)
    is_video = record.get("File:MIMEType") in VIDEO_CONTAINERS
    return tags.to_metadata(found, created_in_utc=is_video)


def _rank(key: str) -> int:
    group = key.partition(":")[0]
    family = "XMP" if group.startswith("XMP-") else group
    return GROUPS.index(family) if family in GROUPS else len(GROUPS)
