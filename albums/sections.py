"""What albums add to the JSON of a photo that is opened."""

from collections.abc import Sequence
from typing import Any

from albums.contents import entries, visible_albums
from albums.models import Album
from albums.serializers import AlbumJson, albums_json
from library.access import Grant
from library.models import Photo


def albums_of(photos: Sequence[Photo], grant: Grant) -> dict[int, dict[str, Any]]:
    """The albums that each photo was put into, by title, for who may see them; smart ones are not searched."""
    if not grant.may("albums.search_album"):
        return {}
    known = {album.pk: album for album in visible_albums(grant).filter(pk__in=_chosen(photos))}
    shown = dict(zip(known, albums_json(list(known.values()), grant), strict=True))
    found: dict[int, list[AlbumJson]] = {photo.pk: [] for photo in photos}
    for photo, album in entries(list(known)).filter(photo__in=photos).values_list("photo", "album"):
        found[photo].append(shown[album])
    return {pk: {"Albums": sorted(albums, key=_by_title)} for pk, albums in found.items()}


def _chosen(photos: Sequence[Photo]) -> Any:
    rows = entries(Album.objects.values("pk")).filter(photo__in=photos)
    return rows.values("album")


def _by_title(album: AlbumJson) -> tuple[str, str]:
    return album["Title"].casefold(), album["UID"]
