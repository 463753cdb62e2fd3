"""The YAML beside a photo: its values under PhotoPrism's names, written and read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import yaml

from library import sources, uid
from library.meta import clean, timestamps, values
from library.meta.data import Metadata
from library.meta.yamltext import NotYaml, read_yaml

MAX_LIST: Final = 1000
Reader = Callable[[object], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What is known of a photo beside its files. `photo`, `gear` and `details` hold the valid columns only.

    `favorites` and `owner` are names of users, `labels` names with their uncertainty, `hashes` the
    SHA-1 of the photo's originals and `names` their base names; `more` is what other apps have added.
    """

    uid: str = ""
    photo: Mapping[str, Any] = field(default_factory=dict)
    gear: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[tuple[str, int], ...] = ()
    favorites: tuple[str, ...] = ()
    is_favorite: bool = False
    owner: str = ""
    hashes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def _text(limit: int) -> Reader:
    return lambda value: clean.unicode(values.text(value))[:limit] if isinstance(value, str) else None


def _long_text(value: object) -> str | None:
    return values.text(value) if isinstance(value, str) else None


def _source(value: object) -> str | None:
    return value if isinstance(value, str) and value in sources.PRIORITY else None


def _one_of(*names: str) -> Reader:
    return lambda value: value if value in names else None


def _whole(lowest: int, highest: int) -> Reader:
    def read(value: object) -> int | None:
        number = values.number(value)
        return int(number) if number is not None and lowest <= number <= highest else None

    return read


def _number(lowest: float, highest: float) -> Reader:
    def read(value: object) -> float | None:
        number = values.number(value)
        return number if number is not None and lowest <= number <= highest else None

    return read


def _moment(value: object) -> datetime | None:
    """ISO 8601; a time without a zone is UTC. A date alone or in a year that cannot be is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None
        moment = moment and moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment and timestamps.is_plausible_year(moment.year) else None


def _switch(value: object) -> bool | None:
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


_TYPES: Final = ("image", "raw", "live", "video", "animated", "vector", "document", "audio")

# YAML key -> column of Photo and how its value is read; of two keys for one column the upper one counts.
PHOTO: Final[dict[str, tuple[str, Reader]]] = {
    "Type": ("type", _one_of(*_TYPES)),
    "TypeSrc": ("type_src", _source),
    "Title": ("title", _text(200)),
    "TitleSrc": ("title_src", _source),
    "Caption": ("caption", _long_text),
    "CaptionSrc": ("caption_src", _source),
    "Description": ("caption", _long_text),
    "DescriptionSrc": ("caption_src", _source),
    "OriginalName": ("original_name", _text(755)),
    "TakenAt": ("taken_at", _moment),
    "TakenAtLocal": ("taken_at_local", _moment),
    "TakenSrc": ("taken_src", _source),
    "TimeZone": ("time_zone", _text(64)),
    "Year": ("year", _whole(-1, 9999)),
    "Month": ("month", _whole(-1, 12)),
    "Day": ("day", _whole(-1, 31)),
    "Lat": ("lat", _number(-90, 90)),
    "Lng": ("lng", _number(-180, 180)),
    "Altitude": ("altitude", _whole(-100_000, 1_000_000)),
    "Direction": ("direction", _number(0, 360)),
    "Country": ("country", _text(2)),
    "PlaceSrc": ("place_src", _source),
    "ISO": ("iso", _whole(0, 10_000_000)),
    "Exposure": ("exposure", _text(64)),
    "FNumber": ("f_number", _number(0, 1000)),
    "FocalLength": ("focal_length", _whole(0, 100_000)),
    "CameraSerial": ("camera_serial", _text(160)),
    "CameraSrc": ("camera_src", _source),
    "Rating": ("rating", _whole(-1, 5)),
    "RatingSrc": ("rating_src", _source),
    "Stack": ("stack", _whole(-1, 1)),
    "Private": ("private", _switch),
    "Scan": ("scan", _switch),
    "CreatedAt": ("created_at", _moment),
    "EditedAt": ("edited_at", _moment),
    "DeletedAt": ("deleted_at", _moment),
}
GEAR: Final = {
    "CameraMake": "camera_make",
    "CameraModel": "camera_model",
    "LensMake": "lens_make",
    "LensModel": "lens_model",
}
DETAILS: Final = {
    "Keywords": "keywords",
    "Notes": "notes",
    "Subject": "subject",
    "Artist": "artist",
    "Copyright": "copyright",
    "License": "license",
    "Software": "software",
}
_OWN_KEYS: Final = frozenset(
    {*PHOTO, *GEAR, "UID", "Details", "Labels", "Favorites", "Favorite", "Owner", "Hashes", "Files"}
)


def read_backup(text: str) -> Backup:
    """The backup in a YAML text; each broken value is left out alone. Raises NotYaml."""
    found = read_yaml(text)
    if not isinstance(found, dict):
        raise NotYaml("The YAML file is not about a picture.")
    written = values.text(found.get("UID"))
    return Backup(
        uid=written if uid.is_uid(written, "p") else "",
        photo=_columns(found),
        gear={column: values.text(found.get(key))[:160] for key, column in GEAR.items() if found.get(key)},
        details=_details(found.get("Details")),
        labels=tuple(_labels(found.get("Labels"))),
        favorites=_texts(found.get("Favorites")),
        is_favorite=bool(_switch(found.get("Favorite"))),
        owner=values.text(found.get("Owner"))[:150],
        hashes=_texts(found.get("Hashes")),
        names=_texts(found.get("Files")),
        more={key: value for key, value in found.items() if isinstance(key, str) and key not in _OWN_KEYS},
    )


def write_backup(record: Mapping[str, Any]) -> str:
    """The text of a YAML file with these values, in their order; empty ones are left out."""
    kept = {key: value for key, value in record.items() if value not in ("", None, [], {}, ())}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=120)


def to_metadata(backup: Backup) -> Metadata:
    """What a YAML file among the originals may say: texts, date, place; never who owns or sees the photo."""
    photo, details = backup.photo, backup.details
    taken = photo.get("taken_at")
    local = photo.get("taken_at_local") or taken
    has_place = "lat" in photo and "lng" in photo and bool(photo["lat"] or photo["lng"])
    return Metadata(
        src=sources.YAML,
        taken_at=taken,
        taken_at_local=local if taken else None,
        time_zone=photo.get("time_zone", "") if taken else "",
        taken_src=sources.YAML if taken else "",
        title=clean.title(photo.get("title", "")),
        caption=clean.caption(photo.get("caption", "")),
        lat=photo["lat"] if has_place else None,
        lng=photo["lng"] if has_place else None,
        altitude=photo.get("altitude") if has_place else None,
        rating=photo.get("rating"),
        keywords=tuple(word.strip() for word in details.get("keywords", "").split(",") if word.strip()),
        subject=details.get("subject", ""),
        artist=details.get("artist", ""),
        copyright=details.get("copyright", ""),
        license=details.get("license", ""),
        notes=details.get("notes", ""),
    )


def _columns(found: Mapping[Any, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for key, (column, read) in PHOTO.items():
        if key in found and column not in columns and (value := read(found[key])) is not None:
            columns[column] = value
    return columns


def _details(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    columns: dict[str, str] = {}
    for key, column in DETAILS.items():
        if text := values.text(found.get(key)):
            columns[column] = text
            columns[f"{column}_src"] = _source(found.get(f"{key}Src")) or ""
    return columns


def _labels(found: object) -> list[tuple[str, int]]:
    entries = found[:MAX_LIST] if isinstance(found, list) else []
    rows = [(entry, 0) if isinstance(entry, str) else _label(entry) for entry in entries]
    return [(clean.clip(name, clean.MAX_NAME), uncertainty) for name, uncertainty in rows if name.strip()]


def _label(entry: object) -> tuple[str, int]:
    if not isinstance(entry, dict):
        return "", 0
    return values.text(entry.get("Name")), _whole(0, 100)(entry.get("Uncertainty")) or 0


def _texts(found: object) -> tuple[str, ...]:
    return tuple(values.text(entry) for entry in found[:MAX_LIST]) if isinstance(found, list) else ()
