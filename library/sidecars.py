"""Keeps what people did to a photo in a YAML file of the storage, from which a new index takes it back."""

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from library import sources
from library.meta.backup import DETAILS, write_backup
from library.models import Details, Favorite, File, Photo, PhotoLabel
from library.models.photo import Stack
from library.plugs import plugged
from library.search.words import REMOVED
from library.stacks.backups import backup_name

log = logging.getLogger(__name__)

BATCH: Final = 200
_BY_HAND: Final = [sources.MANUAL, sources.ADMIN, sources.BATCH]
_EDITED: Final = (
    Q(edited_at__isnull=False)
    | Q(deleted_at__isnull=False)
    | Q(private=True)
    | Q(stack=Stack.UNSTACKED)
    | Q(owner__isnull=False)
    | Q(rating_src__in=_BY_HAND)
    | Q(pk__in=Favorite.objects.values("photo"))
    | Q(pk__in=PhotoLabel.objects.filter(src__in=_BY_HAND).values("photo"))
)


def write_sidecars(uids: Iterable[str]) -> int:
    """Writes the YAML file of each of these photos that a person has touched; how many are new or changed.

    A file that is there already is brought up to date even if nothing is left worth keeping.
    """
    if not settings.OPTIONS.sidecar_yaml:
        return 0
    return sum(_write_some(list(some)) for some in _portions(dict.fromkeys(uids)))


def yaml_of(photo: Photo) -> str:
    """The text of a photo's YAML file as it would be written now; the photo has its folder, camera, lens and owner."""
    return write_backup(_Rows([photo]).record(photo))


def sidecar_path(photo: Photo, files: Iterable[File]) -> Path:
    """Where the YAML file of a photo is or would be."""
    return Path(settings.SIDECAR_PATH) / backup_name(photo, next(iter(files), None))


def _write_some(uids: list[str]) -> int:
    photos = list(Photo.objects.filter(uid__in=uids).select_related("folder", "camera", "lens", "owner"))
    if not photos:
        return 0
    rows = _Rows(photos)
    written = 0
    for photo in photos:
        path = sidecar_path(photo, rows.files.get(photo.pk, []))
        if photo.pk in rows.edited or rows.sections.get(photo.pk) or _is_there(path):
            written += _replace(path, write_backup(rows.record(photo)))
    return written


class _Rows:
    """All rows about some photos, a query per table."""

    def __init__(self, photos: list[Photo]) -> None:
        ids = [photo.pk for photo in photos]
        self.edited = set(Photo.objects.filter(_EDITED, pk__in=ids).values_list("pk", flat=True))
        self.details = {row.photo_id: row for row in Details.objects.filter(photo__in=ids)}
        self.files: dict[int, list[File]] = {}
        originals = File.objects.filter(photo__in=ids, is_sidecar=False).order_by("-is_primary", "name")
        for file in originals:
            self.files.setdefault(file.photo_id or 0, []).append(file)
        self.favorites: dict[int, list[str]] = {}
        for pk, name in (
            Favorite.objects.filter(photo__in=ids).order_by("user__username").values_list("photo", "user__username")
        ):
            self.favorites.setdefault(pk, []).append(name)
        self.labels: dict[int, list[dict[str, Any]]] = {}
        labels = PhotoLabel.objects.filter(Q(src__in=_BY_HAND) | Q(uncertainty__gte=REMOVED), photo__in=ids)
        labels = labels.filter(label__merged_into__isnull=True)
        for pk, name, uncertainty in labels.order_by("label__name").values_list("photo", "label__name", "uncertainty"):
            self.labels.setdefault(pk, []).append({"Name": name, "Uncertainty": uncertainty})
        self.sections: dict[int, dict[str, Any]] = {}
        for section in plugged("SIDECAR_SECTIONS"):
            for pk, values in section(photos).items():
                self.sections.setdefault(pk, {}).update(values)

    def record(self, photo: Photo) -> dict[str, Any]:
        """The values of one photo under PhotoPrism's names."""
        files = self.files.get(photo.pk, [])
        return {
            "UID": photo.uid,
            **_facts(photo),
            "Details": _details(self.details.get(photo.pk)),
            "Labels": self.labels.get(photo.pk, []),
            "Favorites": self.favorites.get(photo.pk, []),
            "Owner": photo.owner.get_username() if photo.owner else "",
            **self.sections.get(photo.pk, {}),
            "Files": [file.base_name for file in files],
            "Hashes": [file.hash for file in files],
            "CreatedAt": _time(photo.created_at),
            "EditedAt": _time(photo.edited_at),
            "DeletedAt": _time(photo.deleted_at),
        }


def _facts(photo: Photo) -> dict[str, Any]:
    return {
        "Type": photo.type,
        "TypeSrc": photo.type_src,
        "Title": photo.title,
        "TitleSrc": photo.title_src,
        "Caption": photo.caption,
        "CaptionSrc": photo.caption_src,
        "OriginalName": photo.original_name,
        "TakenAt": _time(photo.taken_at),
        "TakenAtLocal": _time(photo.taken_at_local),
        "TakenSrc": photo.taken_src,
        "TimeZone": photo.time_zone,
        "Year": photo.year,
        "Month": photo.month,
        "Day": photo.day,
        "Lat": photo.lat,
        "Lng": photo.lng,
        "Altitude": photo.altitude,
        "Direction": photo.direction,
        "Country": photo.country,
        "PlaceSrc": photo.place_src,
        "CameraMake": photo.camera.make,
        "CameraModel": photo.camera.model,
        "CameraSerial": photo.camera_serial,
        "CameraSrc": photo.camera_src,
        "LensMake": photo.lens.make,
        "LensModel": photo.lens.model,
        "ISO": photo.iso,
        "Exposure": photo.exposure,
        "FNumber": photo.f_number,
        "FocalLength": photo.focal_length,
        "Rating": photo.rating,
        "RatingSrc": photo.rating_src,
        "Stack": photo.stack,
        "Private": photo.private,
        "Scan": photo.scan,
    }


def _details(details: Details | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, column in DETAILS.items():
        if details is not None and (text := getattr(details, column)):
            found |= {key: text, f"{key}Src": getattr(details, f"{column}_src")}
    return found


def _is_there(path: Path) -> bool:
    """False also for a name that is too long for a file."""
    try:
        return path.exists()
    except OSError:
        return False


def _replace(path: Path, text: str) -> bool:
    """Writes the file whole or not at all; False if it says the same already or cannot be written."""
    content = text.encode("utf-8", "replace")
    made = None
    try:
        if path.exists() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".yml", delete=False) as file:
            made = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except OSError:
        # The database has the truth; a full disk must not keep anybody from editing.
        log.exception("The sidecar file %s cannot be written.", path)
        if made is not None:
            made.unlink(missing_ok=True)
        return False
    return True


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""


def _portions(uids: Iterable[str]) -> Iterator[list[str]]:
    rest = list(uids)
    for start in range(0, len(rest), BATCH):
        yield rest[start : start + BATCH]
