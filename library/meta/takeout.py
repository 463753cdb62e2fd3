"""Google Takeout: the JSON beside a picture -> Metadata."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from library import sources
from library.meta import clean, timestamps, values
from library.meta.data import Metadata
from library.meta.filetitles import is_generated
from library.meta.jsontext import read_json

_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FURTHEST: Final = 60_000_000_000  # seconds, about 1900 years
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}$")


def from_takeout(text: str) -> Metadata | None:
    """What Google Photos knew of a picture; None if the JSON is not about one, as that of an album.

    Its date is a moment without a wall clock, so it is in UTC until a place gives the zone.
    Raises NotJson.
    """
    record = read_json(text)
    if not isinstance(record, dict) or not _is_about_a_picture(record):
        return None
    taken = _moment(record.get("photoTakenTime"))
    lat, lng, altitude = _position(record)
    return Metadata(
        src=sources.META,
        taken_at=taken,
        taken_at_local=taken,
        time_zone="UTC" if taken else "",
        taken_src=sources.META if taken else "",
        title=_title(record),
        caption=clean.caption(values.text(record.get("description"))),
        subject=", ".join(_people(record)),
        lat=lat,
        lng=lng,
        altitude=altitude,
        favorite=record.get("favorited") is True,
    )


def _is_about_a_picture(record: Mapping[str, Any]) -> bool:
    return any(
        key in record for key in ("photoTakenTime", "creationTime", "geoData", "imageViews", "googlePhotosOrigin")
    )


def _moment(written: object) -> datetime | None:
    seconds = values.number(written.get("timestamp")) if isinstance(written, dict) else None
    if not seconds or abs(seconds) > _FURTHEST:
        return None
    moment = _UNIX + timedelta(seconds=seconds)
    return moment if timestamps.is_plausible_year(moment.year) else None


def _title(record: Mapping[str, Any]) -> str:
    """Google calls a picture by its file name unless somebody named it."""
    written = values.text(record.get("title"))
    return "" if _EXTENSION.search(written) or is_generated(written) else clean.title(written)


def _people(record: Mapping[str, Any]) -> list[str]:
    people = record.get("people")
    entries = [entry for entry in people if isinstance(entry, dict)] if isinstance(people, list) else []
    names = (clean.name(values.text(entry.get("name"))) for entry in entries[:100])
    return list(dict.fromkeys(name for name in names if name))


def _position(record: Mapping[str, Any]) -> tuple[float, float, int | None] | tuple[None, None, None]:
    """The position somebody gave, else the camera's; 0, 0 is none."""
    for key in ("geoData", "geoDataExif"):
        place = record.get(key)
        if not isinstance(place, dict):
            continue
        lat, lng, altitude = (values.number(place.get(name)) for name in ("latitude", "longitude", "altitude"))
        if lat is None or lng is None or not (lat or lng) or abs(lat) > 90 or abs(lng) > 180:
            continue
        return round(lat, 9), round(lng, 9), int(altitude) if altitude and abs(altitude) < 1_000_000 else None
    return None, None, None
