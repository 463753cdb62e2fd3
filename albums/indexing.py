"""Puts a photo that a new index takes over from its YAML file back into its albums."""

from typing import Any, Final

from albums.models import Album, AlbumType, PhotoAlbum
from library.indexing.draft import Draft
from library.meta import clean, values
from library.uid import is_uid

MAX_ALBUMS: Final = 1000


def rejoin_albums(draft: Draft) -> None:
    """The albums keep their UIDs; one that is not there yet is made, with its title."""
    entries = draft.backup.more.get("Albums") if draft.backup else None
    for entry in entries[:MAX_ALBUMS] if isinstance(entries, list) else ():
        if isinstance(entry, dict) and is_uid(uid := values.text(entry.get("UID")), "a"):
            album, _ = Album.objects.get_or_create(uid=uid, defaults=_columns(entry))
            PhotoAlbum.objects.get_or_create(album=album, photo=draft.photo)


def _columns(entry: dict[str, Any]) -> dict[str, Any]:
    """An album whose owner has no account here is private, so that nobody sees it who did not."""
    title = clean.clip(values.text(entry.get("Title")), clean.MAX_NAME)
    name = values.text(entry.get("Owner"))
    owner = (
        Album._meta.get_field("owner").related_model._default_manager.filter(username=name).first() if name else None
    )
    return {
        "type": AlbumType.ALBUM,
        "title": title,
        "slug": clean.slug(title),
        "owner": owner,
        "private": values.text(entry.get("Private")).lower() == "true" or bool(name and owner is None),
    }
