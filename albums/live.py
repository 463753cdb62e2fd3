"""What is in the albums that make themselves, by kind: what a list of them shows of a grant's photos."""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Final, cast

from django.core.cache import cache
from django.db.models import Q, QuerySet

from albums.contents import photos_of, visible_albums
from albums.made import Made, is_made, local_title, made_albums
from albums.models import TRIP, Album, AlbumType
from albums.trips import trips
from library.access import Grant

KEPT_FOR: Final = 60  # seconds
LIVE_KINDS: Final = (AlbumType.MOMENT, AlbumType.MONTH, AlbumType.STATE, AlbumType.FOLDER)


def listed_albums(grant: Grant, kinds: Collection[str]) -> QuerySet[Album]:
    """The albums that a list shows: those that people made, and of these kinds those that have made themselves.

    An album in which the grant finds nothing is not shown, as its title says where somebody was.
    """
    albums = visible_albums(grant)
    if grant.scope is not None:
        return albums
    found = {uid for kind in LIVE_KINDS if kind in kinds for uid in live_albums(kind, grant)}
    rows = Album.objects.filter(type__in=kinds).exclude(filter="").values_list("pk", "uid") if found else ()
    shown = Q(pk__among=[pk for pk, uid in rows if uid in found])
    return albums.filter(Q(type=AlbumType.ALBUM) | Q(filter="") | shown)


def find_album(uid: str, grant: Grant) -> Album | None:
    """The album with this UID that the grant may know of.

    One that made itself of photos is known to who finds one of them: its UID can be guessed, and it is named after a
    place, a month or a folder.
    """
    album = visible_albums(grant).select_related("parent").filter(uid=uid).first()
    if album is None or grant.sees_all or grant.scope is not None or not is_made(album) or album.template == TRIP:
        return album
    return album if photos_of(album, grant).exists() else None


def count_kinds(grant: Grant) -> dict[str, tuple[int, int]]:
    """How many albums of each live kind a list shows, and how many of them are private; up to KEPT_FOR ago."""
    found = cache.get_or_set(f"album-kinds-{grant.key}", partial(_count_kinds, grant), KEPT_FOR)
    return cast("dict[str, tuple[int, int]]", found)


def _count_kinds(grant: Grant) -> dict[str, tuple[int, int]]:
    listed = {kind: listed_albums(grant, [kind]).filter(type=kind) for kind in LIVE_KINDS}
    return {kind: (albums.count(), albums.filter(private=True).count()) for kind, albums in listed.items()}


def live_albums(kind: str, grant: Grant) -> dict[str, Made]:
    """The albums of a kind with photos in them that the grant finds, by UID; trips are moments, too."""
    found = made_albums(kind, grant)
    return found | {trip.album.uid: trip.made for trip in trips(grant)} if kind == AlbumType.MOMENT else found


def live_ones(albums: Iterable[Album], grant: Grant) -> dict[str, Made]:
    """The same for these albums, which may be of any kind."""
    kinds = {album.type for album in albums if is_made(album)}
    return {uid: made for kind in sorted(kinds) for uid, made in live_albums(kind, grant).items()}


def title_of(album: Album, grant: Grant) -> str:
    """The title in the reader's language; the album of a trip is brought up to date with its journey."""
    if album.template != TRIP:
        return local_title(album)
    trip = next((trip for trip in trips(grant) if trip.album.pk == album.pk), None)
    if trip is None:
        return album.title
    album.refresh_from_db()
    return trip.title
