"""Short builders of real rows: make_photo(), make_file(), make_folder() and what they refer to. No files are needed."""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.contrib.auth.models import User
from django.utils.text import slugify

from albums.models import Album, PhotoAlbum
from faces.models import Marker, Subject
from library.classify.packing import pack
from library.counts import recount_days
from library.models import (
    Camera,
    Category,
    Classification,
    Details,
    Favorite,
    File,
    Folder,
    Keyword,
    Label,
    Lens,
    Photo,
    PhotoKeyword,
    PhotoLabel,
)
from library.models.folder import Root, path_key
from library.ocr.recognizer import Line
from library.seen_texts import save_lines
from places.models import Cell, Place

_numbers = itertools.count(1)
# As a search for "30 may" also finds what is called "301".
_IN_LETTERS = str.maketrans("0123456789", "bcdfghjklm")
ARCHIVED_AT = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


def make_photo(
    *,
    taken: datetime | str = "2024-05-17 12:00:00",
    labels: Iterable[str] = (),
    keywords: Iterable[str] = (),
    favorite_of: User | Iterable[User] = (),
    archived: bool = False,
    folder: str = "2024/05",
    place: str = "",
    camera: str = "",
    lens: str = "",
    file: dict[str, Any] | None = None,
    details: dict[str, Any] | None = None,
    text: Iterable[str] = (),
    **fields: Any,
) -> Photo:
    """A listed photo with one JPEG of its own; every column of Photo can be given by name.

    `taken` is the wall clock; `place` the label of a place in `country`; `file` the columns of the primary file,
    None of which has to be given; `text` the lines that were read in its picture.
    """
    number = next(_numbers)
    moment = _moment(taken)
    values: dict[str, Any] = {
        "folder": make_folder(folder),
        "name": f"photo-{number}".translate(_IN_LETTERS),
        "taken_at": moment,
        "taken_at_local": moment,
        "taken_src": "meta",
        "year": moment.year,
        "month": moment.month,
        "day": moment.day,
        "quality": 3,
        "deleted_at": ARCHIVED_AT if archived else None,
    }
    if place:
        values["place"] = make_place(place, country=fields.get("country", "zz"))
    if camera:
        values["camera"] = make_camera(camera)
    if lens:
        values["lens"] = make_lens(lens)
    photo = Photo.objects.create(**{**values, **fields})
    make_file(photo, **(file or {}))
    Details.objects.create(photo=photo, keywords=", ".join(keywords), **(details or {}))
    _describe(photo, labels, keywords)
    _mark(photo, favorite_of)
    if text:
        make_text(photo, *text)
    recount_days([moment.date()])
    return photo


def make_file(photo: Photo, **fields: Any) -> File:
    """A file of the photo, the primary one if it is the first; 4000 x 3000 pixels, a hash of its own."""
    number = next(_numbers)
    extension = fields.get("type", "jpg")
    of_its_own = f"-{number}".translate(_IN_LETTERS) if photo.files.exists() else ""
    name = f"{photo.folder.path}/{photo.name}{of_its_own}.{extension}"
    values: dict[str, Any] = {
        "folder": photo.folder,
        "root": Root.ORIGINALS,
        "name": name.lstrip("/"),
        "hash": hashlib.sha1(f"file {number}".encode(), usedforsecurity=False).hexdigest(),
        "size": 3_000_000 + number,
        "mod_time": 1_715_947_200_000_000_000,
        "type": "jpg",
        "media_type": "image",
        "mime": "image/jpeg",
        "codec": "jpeg",
        "is_primary": not photo.files.exists(),
        "width": 4000,
        "height": 3000,
        "thumbhash": bytes(21),
        **fields,
    }
    width, height = values["width"], values["height"]
    values.setdefault("aspect_ratio", round(width / height, 2) if height else 0)
    values.setdefault("is_portrait", height > width)
    values.setdefault("path_key", path_key(values["root"], values["name"]))
    return File.objects.create(photo=photo, **values)


def make_folder(path: str = "", **fields: Any) -> Folder:
    """The folder of originals with this path; the same row for the same path."""
    key = path_key(Root.ORIGINALS, path)
    values = {"path": path, "title": path.rpartition("/")[2], **fields}
    return Folder.objects.get_or_create(path_key=key, defaults=values)[0]


def make_label(name: str, **fields: Any) -> Label:
    slug = slugify(name)
    values = {"name": name.title(), "custom_slug": slug, **fields}
    return Label.objects.get_or_create(slug=slug, defaults=values)[0]


def make_group(parent: str, *labels: str) -> Label:
    """A label that the others lie below."""
    above = make_label(parent)
    for name in labels:
        Category.objects.get_or_create(label=make_label(name), parent=above)
    return above


def make_camera(name: str, **fields: Any) -> Camera:
    """`make_camera("Canon EOS 6D")`: the first word is the maker."""
    make, _, model = name.partition(" ")
    values = {"name": name, "make": make, "model": model, **fields}
    return Camera.objects.get_or_create(slug=slugify(name), defaults=values)[0]


def make_lens(name: str, **fields: Any) -> Lens:
    make, _, model = name.partition(" ")
    values = {"name": name, "make": make, "model": model, **fields}
    return Lens.objects.get_or_create(slug=slugify(name), defaults=values)[0]


def make_place(label: str, *, country: str = "zz", **fields: Any) -> Place:
    """`make_place("Bergen, Vestland, Norway", country="no")`: city and state are read from the label."""
    parts = [part.strip() for part in label.split(",")]
    values = {"label": label, "city": parts[0], "state": parts[1] if len(parts) > 2 else "", "country": country}
    key = f"{country}:{hashlib.sha1(label.encode(), usedforsecurity=False).hexdigest()[:12]}"
    return Place.objects.get_or_create(id=key, defaults={**values, **fields})[0]


def make_album(title: str, *photos: Photo, **fields: Any) -> Album:
    """An album with these photos in it; with a `filter` it is a smart one."""
    values = {"title": title, "slug": slugify(title), **fields}
    album = Album.objects.create(**values)
    PhotoAlbum.objects.bulk_create(PhotoAlbum(album=album, photo=photo) for photo in photos)
    return album


def make_subject(name: str, *photos: Photo, **fields: Any) -> Subject:
    """A person with a face in each of these photos."""
    values = {"name": name, "slug": slugify(name), **fields}
    subject = Subject.objects.get_or_create(name=name, defaults=values)[0]
    for photo in photos:
        make_marker(photo, subject=subject)
    return subject


def make_marker(photo: Photo, **fields: Any) -> Marker:
    """A face in the photo's primary file, of nobody if no `subject` is given."""
    return Marker.objects.create(file=photo.files.get(is_primary=True), src="image", **fields)


def make_text(photo: Photo, *lines: str) -> None:
    """What was read in the photo's picture, one line below the other."""
    height = 1 / max(len(lines), 1)
    read = [Line(text, 98, _area(0.1, at * height, 0.8, height / 2)) for at, text in enumerate(lines)]
    save_lines(photo, photo.files.get(is_primary=True).hash, read, ARCHIVED_AT)


def _area(x: float, y: float, width: float, height: float) -> tuple[float, ...]:
    return (x, y, x + width, y, x + width, y + height, x, y + height)


def make_unknowns() -> None:
    """The rows that every photo may refer to; the first migrations make them, emptying the tables removes them."""
    place = Place.objects.get_or_create(id="zz", defaults={"label": "Unknown"})[0]
    Cell.objects.get_or_create(id="zz", defaults={"place": place})
    for kind in (Camera, Lens):
        kind.objects.get_or_create(id=1, defaults={"slug": "zz", "name": "Unknown", "model": "Unknown"})


def _describe(photo: Photo, labels: Iterable[str], keywords: Iterable[str]) -> None:
    for name in labels:
        PhotoLabel.objects.create(photo=photo, label=make_label(name), src="manual")
    for word in keywords:
        PhotoKeyword.objects.create(photo=photo, keyword=Keyword.objects.get_or_create(keyword=word.lower())[0])


def _mark(photo: Photo, users: User | Iterable[User]) -> None:
    for user in [users] if isinstance(users, User) else users:
        Favorite.objects.create(photo=photo, user=user)


def _moment(taken: datetime | str) -> datetime:
    moment = datetime.fromisoformat(taken) if isinstance(taken, str) else taken
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def make_seen(photo: Photo, classes: Mapping[int, float]) -> Classification:
    """What the label model would have kept of a picture: the probabilities of some classes of ImageNet."""
    probabilities = np.zeros(1000, np.float32)
    probabilities[list(classes)] = list(classes.values())
    return Classification.objects.create(
        photo=photo, version=1, seen_at=ARCHIVED_AT, classes=pack(probabilities), vector=bytes(128)
    )
