"""Changes to albums: made, edited, filled, deleted and brought back. One way for API and pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from albums.contents import known_albums, photos_of, visible_albums
from albums.live import title_of
from albums.made import is_made
from albums.models import Album, PhotoAlbum
from albums.saved import kept_order, kept_query
from library import states
from library.access import Grant
from library.events import AlbumsCreated, AlbumsDeleted, AlbumsUpdated, CountsUpdated, PhotosUpdated, publish
from library.search import visible_files, visible_photos

# Photos in one statement: within what every database takes as parameters.
BATCH: Final = 500
# Photos that may come from other albums at once.
MOST_COPIED: Final = 100_000
# Photos whose files of ours are brought up to date after one change of an album.
MOST_TOLD: Final = 10_000


class AlbumProblem(ValueError):
    """An album cannot be as asked; the text is a sentence for whoever asked."""


def create_album(grant: Grant, values: Mapping[str, Any]) -> Album:
    """`values` are columns of Album. Raises AlbumProblem or QueryError."""
    album = Album(owner=grant.user)
    _apply(album, values, grant)
    album.save()
    publish(AlbumsCreated((album.uid,)))
    publish(CountsUpdated())
    return album


def change_album(album: Album, grant: Grant, values: Mapping[str, Any]) -> Album:
    """Changes these columns and leaves the others. Raises AlbumProblem, PermissionDenied or QueryError."""
    if "private" in values and values["private"] != album.private and not _is_own(album, grant):
        raise PermissionDenied(_("Only whoever made an album, or an administrator, makes it private."))
    if is_made(album):
        values = _of_made(album, grant, values)
    _apply(album, values, grant)
    album.save(update_fields=[*values, "slug", "thumb_src", "updated_at"])
    publish(AlbumsUpdated((album.uid,)))
    if {"title", "private"} & values.keys():
        _tell_photos(album)
    return album


def delete_albums(uids: Sequence[str], grant: Grant) -> list[str]:
    """Takes albums away; their photos stay, and they can be brought back. The UIDs of those that went."""
    return _set_deleted(visible_albums(grant).filter(uid__in=uids), deleted=True)


def restore_albums(uids: Sequence[str], grant: Grant) -> list[str]:
    """Brings deleted albums back with what was in them. The UIDs of those that came."""
    return _set_deleted(known_albums(grant).filter(uid__in=uids, deleted_at__isnull=False), deleted=False)


def add_photos(album: Album, uids: Iterable[str], grant: Grant) -> list[str]:
    """Puts photos into an album, which also ends their review. The UIDs of those that were not in it before.

    Photos that the grant does not see are passed over. Raises AlbumProblem for a smart album.
    """
    _refuse_smart(album)
    wanted = list(dict.fromkeys(uids))
    if grant.may("library.update_photo"):
        states.approve(wanted, grant)
    added: list[str] = []
    with transaction.atomic():
        for some in _portions(wanted):
            added += _add(album, some, grant)
        _touch(album, added)
    return added


def remove_photos(album: Album, uids: Iterable[str], grant: Grant) -> list[str]:
    """Takes photos out of an album; nothing else happens to them. The UIDs of those that were in it.

    Raises AlbumProblem for a smart album.
    """
    _refuse_smart(album)
    removed: list[str] = []
    with transaction.atomic():
        for some in _portions(list(dict.fromkeys(uids))):
            shown = visible_photos(grant).filter(uid__in=some).values_list("pk", "uid")
            here = dict(shown)
            entries = PhotoAlbum.objects.filter(album=album, photo__in=here)
            removed += [here[pk] for pk in entries.values_list("photo", flat=True)]
            entries.delete()
        _touch(album, removed)
    return removed


def copy_contents(album: Album, sources: Sequence[Album], grant: Grant) -> list[str]:
    """Puts what is in other albums now into this one. The UIDs of the photos that came. Raises AlbumProblem."""
    uids: dict[str, None] = {}
    for source in sources:
        if source.pk != album.pk:
            uids |= dict.fromkeys(photos_of(source, grant).values_list("uid", flat=True)[: MOST_COPIED + 1])
    if len(uids) > MOST_COPIED:
        raise AlbumProblem(_("At most %d photos can be copied at once.") % MOST_COPIED)
    return add_photos(album, uids, grant) if uids else []


def set_favorite(album: Album, *, favorite: bool) -> None:
    Album.objects.filter(pk=album.pk).update(favorite=favorite)
    album.favorite = favorite
    publish(AlbumsUpdated((album.uid,)))


def _apply(album: Album, values: Mapping[str, Any], grant: Grant) -> None:
    for name, value in values.items():
        setattr(album, name, value)
    if not album.title.strip():
        raise AlbumProblem(_("An album needs a title."))
    if "title" in values:
        album.title = album.title.strip()
        album.slug = slugify(album.title)[:160] or album.uid
    if "filter" in values:
        album.filter = kept_query(album.filter, grant)
    if "order" in values:
        album.order = kept_order(album.order)
    if "thumb" in values:
        _check_cover(album, grant)


def _of_made(album: Album, grant: Grant, values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the title that it was shown with, which nobody chose. Raises AlbumProblem for another search."""
    if "filter" in values and kept_query(values["filter"], grant) != album.filter:
        raise AlbumProblem(_("This album makes itself, and its search is not changed; save it as one of your own."))
    return {name: value for name, value in values.items() if name != "title" or value != title_of(album, grant)}


def _check_cover(album: Album, grant: Grant) -> None:
    if album.thumb and not visible_files(grant).filter(hash=album.thumb).exists():
        raise AlbumProblem(_("There is no photo with this hash for a cover."))
    album.thumb_src = "manual" if album.thumb else ""


def _is_own(album: Album, grant: Grant) -> bool:
    return grant.sees_all or (album.owner_id is not None and album.owner_id == grant.user_id)


def _refuse_smart(album: Album) -> None:
    if album.is_smart:
        raise AlbumProblem(_("A smart album is filled by its search; photos cannot be put into it or taken out."))


def _set_deleted(albums: Any, *, deleted: bool) -> list[str]:
    with transaction.atomic():
        chosen = list(albums.filter(deleted_at__isnull=deleted))
        now = timezone.now()
        ids = [album.pk for album in chosen]
        Album.objects.filter(pk__in=ids).update(deleted_at=now if deleted else None, updated_at=now)
    uids = tuple(album.uid for album in chosen)
    if uids:
        publish(AlbumsDeleted(uids) if deleted else AlbumsCreated(uids))
        publish(CountsUpdated())
    for album in chosen:
        _tell_photos(album)
    return list(uids)


def _add(album: Album, uids: Sequence[str], grant: Grant) -> list[str]:
    shown = dict(visible_photos(grant).filter(uid__in=uids).values_list("pk", "uid"))
    here = set(PhotoAlbum.objects.filter(album=album, photo__in=shown).values_list("photo", flat=True))
    PhotoAlbum.objects.filter(album=album, photo__in=shown, hidden=True).update(hidden=False)
    new = [pk for pk in shown if pk not in here]
    PhotoAlbum.objects.bulk_create((PhotoAlbum(album=album, photo_id=pk) for pk in new), ignore_conflicts=True)
    return [shown[pk] for pk in new]


def _touch(album: Album, uids: list[str]) -> None:
    if uids:
        album.save(update_fields=["updated_at"])
        publish(AlbumsUpdated((album.uid,)))
        publish(PhotosUpdated(tuple(uids)))


def _tell_photos(album: Album) -> None:
    """What is written beside the photos names their albums."""
    entries = PhotoAlbum.objects.filter(album=album, hidden=False).order_by("pk")
    uids = tuple(entries.values_list("photo__uid", flat=True)[:MOST_TOLD])
    if uids:
        publish(PhotosUpdated(uids))


def _portions(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uids), BATCH):
        yield uids[start : start + BATCH]
