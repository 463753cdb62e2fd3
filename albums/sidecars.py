"""What the YAML file of a photo says about its albums."""

from collections.abc import Iterable
from typing import Any

from albums.models import AlbumType, PhotoAlbum
from library.models import Photo


def albums_of(photos: Iterable[Photo]) -> dict[int, dict[str, Any]]:
    """The albums into which each photo was put by hand, by the photo's id."""
    found: dict[int, dict[str, Any]] = {}
    entries = PhotoAlbum.objects.filter(
        photo__in=list(photos), hidden=False, album__type=AlbumType.ALBUM, album__deleted_at__isnull=True
    )
    for entry in entries.select_related("album", "album__owner").order_by("album__title", "album__uid"):
        album = entry.album
        owner = album.owner.get_username() if album.owner else ""
        values = {"UID": album.uid, "Title": album.title, "Private": album.private, "Owner": owner}
        found.setdefault(entry.photo_id, {"Albums": []})["Albums"].append(values)
    return found
