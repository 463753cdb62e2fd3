"""Metadata: what a file says about itself, as plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from library import sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A face somebody or some program marked: the middle and the size as shares (0 to 1) of the picture."""

    name: str = ""
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Everything known about one file; None, "", 0 and () mean unknown.

    `taken_at` is aware UTC. `taken_at_local` is the wall clock where the photo was taken,
    stored as if it were UTC. `time_zone` is an IANA name, "UTC", or an offset such as "UTC+2"
    or "UTC+05:30"; empty when the file names none, and then both times are equal.

    `src` is the source of all values; after a merge `source_of` tells that of each.
    """

    src: str = field(default=sources.META, compare=False)
    srcs: Mapping[str, str] = field(default_factory=dict, compare=False)

    taken_at: datetime | None = None
    taken_at_local: datetime | None = None
    time_zone: str = ""
    taken_src: str = ""

    title: str = ""
    caption: str = ""
    subject: str = ""
    artist: str = ""
    copyright: str = ""
    license: str = ""
    notes: str = ""
    software: str = ""
    keywords: tuple[str, ...] = ()

    camera_make: str = ""
    camera_model: str = ""
    camera_serial: str = ""
    camera_owner: str = ""
    lens_make: str = ""
    lens_model: str = ""

    iso: int = 0
    exposure: str = ""  # seconds as people write them: "1/250", "1.3"
    f_number: float = 0.0
    focal_length: int = 0  # mm, 35 mm equivalent when the file has it
    flash: bool = False

    lat: float | None = None  # degrees, north positive
    lng: float | None = None  # degrees, east positive
    altitude: int | None = None  # metres above sea level
    direction: float | None = None  # degrees the camera looked at, clockwise from north, 0 <= direction < 360

    width: int = 0  # pixels as stored, before orientation
    height: int = 0
    orientation: int = 0  # EXIF 1..8
    projection: str = ""
    color_profile: str = ""
    document_id: str = ""
    instance_id: str = ""
    codec: str = ""

    favorite: bool = False
    rating: int | None = None  # -1 rejected, 0 to 5 stars
    duration: timedelta | None = None
    frames: int = 0
    hdr: bool = False
    image_type: str = ""

    regions: tuple[Region, ...] = ()
    content_id: str = ""  # what Apple writes into both halves of a Live Photo

    def source_of(self, name: str) -> str:
        """The source of one value, "meta" or "xmp"."""
        return self.srcs.get(name, self.src)
