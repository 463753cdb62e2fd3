"""Albums in PhotoPrism's JSON shape."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, NotRequired, TypedDict, cast

from django.conf import settings
from django.utils.module_loading import import_string

from albums.models import Album
from albums.shown import ShownAlbum, show_album, show_albums
from library.access import Grant
from library.serializers import NEVER
from library.shapes import Time


class AlbumJson(TypedDict):
    """`Thumb` is the hash of a photo that the account sees, "" if there is none; a smart album has a `Filter`."""

    UID: str
    ParentUID: str
    Thumb: str
    ThumbSrc: str
    Slug: str
    Type: str
    Title: str
    Location: str
    Category: str
    Caption: str
    Description: str
    Notes: str
    Filter: str
    Order: str
    Template: str
    Path: str
    State: str
    Country: str
    Year: int
    Month: int
    Day: int
    Favorite: bool
    Private: bool
    PhotoCount: int
    LinkCount: int
    CreatedBy: str
    CreatedAt: Time
    UpdatedAt: Time
    PublishedAt: Time
    DeletedAt: NotRequired[Annotated[str | None, "date-time"]]


def album_json(album: Album, grant: Grant) -> AlbumJson:
    """One album as it is now."""
    return {**_json(show_album(album, grant), _count_links([album], grant), grant), "DeletedAt": None}


def albums_json(albums: Sequence[Album], grant: Grant) -> list[AlbumJson]:
    links = _count_links(albums, grant)
    return [_json(shown, links, grant) for shown in show_albums(albums, grant)]


def _json(shown: ShownAlbum, links: dict[str, int], grant: Grant) -> AlbumJson:
    """Who was given a link is not told what the album's maker noted or searches for."""
    album, filling, is_lent = shown.album, shown.filling, grant.scope is not None
    tells_places = not grant.hides_places
    return {
        "UID": album.uid,
        "ParentUID": album.parent.uid if album.parent else "",
        "Thumb": filling.cover,
        "ThumbSrc": album.thumb_src,
        "Slug": album.slug,
        "Type": album.type,
        "Title": album.title,
        "Location": album.location if tells_places else "",
        "Category": album.category,
        "Caption": album.caption,
        "Description": album.description,
        "Notes": "" if is_lent else album.notes,
        "Filter": "" if is_lent else album.filter,
        "Order": album.order,
        "Template": album.template,
        "Path": album.path if tells_places else "",
        "State": album.state if tells_places else "",
        "Country": album.country if tells_places else "",
        "Year": album.year,
        "Month": album.month,
        "Day": album.day,
        "Favorite": album.favorite,
        "Private": album.private,
        "PhotoCount": filling.count,
        "LinkCount": links.get(album.uid, 0),
        "CreatedBy": album.created_by,
        "CreatedAt": _time(album.created_at),
        "UpdatedAt": _time(album.updated_at),
        "PublishedAt": _time(album.published_at),
    }


def count_links(uids: list[str], grant: Grant) -> dict[str, int]:
    """How many links lead to each album, asked through the settings as `sharing` lies above."""
    return cast("dict[str, int]", import_string(settings.LINK_COUNTS)(uids, grant)) if uids else {}


def _count_links(albums: Sequence[Album], grant: Grant) -> dict[str, int]:
    return count_links([album.uid for album in albums], grant)


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z" if moment else NEVER
