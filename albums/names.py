"""Names of albums for the search: their titles."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from slugify import slugify

from albums.contents import entries, photos_of, visible_albums
from albums.models import NAMED, Album, AlbumType, PhotoAlbum
from library.query import Filter, QueryError
from library.query.folding import fold
from library.query.values import Pattern, escape, one_of
from library.query.words import Meaning
from library.search.answers import Answer, Linked
from library.search.covers import seen_thumbs
from library.search.names import Named, Offer, Sight, first_seen
from library.search.sql import contains, like, starts_with

KEYS: Final = frozenset(["album", "albums", "s"])
# While a stored search is read its words name no other, or two of them could lead to each other for ever.
_is_reading_stored: ContextVar[bool] = ContextVar("is_reading_stored", default=False)


def named(phrases: Collection[str], sight: Sight) -> dict[str, list[Named]]:
    """Albums with this title; those of one phrase are one thing."""
    slugs = {phrase: slug for phrase in phrases if (slug := slugify(phrase))}
    titled_so: dict[str, list[Album]] = defaultdict(list)
    for album in _titled(slugs, sight):
        titled_so[fold(album.title)].append(album)
    found: dict[str, list[Named]] = {}
    for phrase in slugs:
        albums = [album for album in titled_so.get(fold(phrase), ()) if _is_seen(album, sight)]
        if albums:
            node = Filter("album", "|".join(escape(album.uid) for album in albums))
            found[phrase] = [Named(Meaning("album", albums[0].title, node), _answer(albums, sight))]
    return found


def offered(beginning: str, sight: Sight, count: int, key: str) -> Iterator[Offer]:
    """Albums of whose title a word begins so, one's favourites and the latest first."""
    slug = slugify(beginning)
    if beginning and not slug:
        return
    rows = _known(sight).filter(NAMED).order_by("-favorite", "-created_at", "pk")
    if slug:
        begins = starts_with("slug", slug) | Q(slug__contains=f"-{slug}")
        inside = like("title", Pattern((beginning, ""))) | contains("title", f" {beginning}")
        rows = rows.filter(begins | inside)
    albums: list[Album] = first_seen(rows, lambda some: _seen(some, sight), count)
    thumbs = seen_thumbs((album.thumb for album in albums), sight.grant)
    for album in albums:
        thumb = album.thumb if album.thumb in thumbs else ""
        photos = None if album.is_smart else partial(_numbers, album, sight)
        node = Filter(key or "album", escape(album.uid))
        yield Offer("album", album.title, node, "Album", thumb=thumb, photos=photos)


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """The titles of albums that a filter names by UID."""
    uids = {value: one_of(value) for value in values if key in KEYS}
    rows = _known(sight).filter(uid__in={uid for some in uids.values() for uid in some}) if uids else ()
    titles = {album.uid: album.title for album in rows if _is_seen(album, sight)}
    return {value: ", ".join(titles[uid] for uid in some) for value, some in uids.items() if titles.keys() >= set(some)}


def _known(sight: Sight) -> QuerySet[Album]:
    if not sight.grant.may("albums.search_album"):
        return Album.objects.none()
    return visible_albums(sight.grant).exclude(title="")


def _titled(phrases: Mapping[str, str], sight: Sight) -> QuerySet[Album]:
    """Albums that people made with one of these titles, by their slugs or as written."""
    rows = _known(sight).filter(Q(slug__in=set(phrases.values())) | Q(title__in=set(phrases)), type=AlbumType.ALBUM)
    return rows.filter(filter="") if _is_reading_stored.get() else rows


def _is_seen(album: Album, sight: Sight) -> bool:
    """Whether the grant sees one of its photos; one's own albums are known without."""
    if album.owner_id is not None and album.owner_id == sight.grant.user_id:
        return True
    return sight.sees(_photos([album], sight)) if album.is_smart else _entries([album], sight).exists()


def _seen(albums: QuerySet[Album], sight: Sight) -> list[Album]:
    """Those of which it is so."""
    filled = PhotoAlbum.objects.filter(sight.shown(), album=OuterRef("pk"), hidden=False)
    rows = albums.annotate(is_filled=Exists(filled))
    return [album for album in rows if album.is_filled or _is_seen(album, sight)]


def _numbers(album: Album, sight: Sight) -> QuerySet[Any]:
    return _entries([album], sight).values_list("photo", flat=True)


def _entries(albums: Iterable[Album], sight: Sight) -> QuerySet[PhotoAlbum]:
    """What was put into the albums by hand and is seen."""
    return entries([album.pk for album in albums]).filter(sight.shown())


def _answer(albums: Collection[Album], sight: Sight) -> Answer:
    is_smart = any(album.is_smart for album in albums)
    return _photos(albums, sight) if is_smart else Linked(entries([album.pk for album in albums]))


def _photos(albums: Collection[Album], sight: Sight) -> Q:
    """The condition on photos to be in one of these albums."""
    condition = Q(pk__in=entries([album.pk for album in albums]).values("photo"))
    reading = _is_reading_stored.set(True)
    try:
        for album in albums:
            if album.is_smart:
                condition |= Q(pk__in=photos_of(album, sight.grant).order_by().values("pk"))
    except QueryError:
        # What can not be answered any more finds nothing.
        return condition
    finally:
        _is_reading_stored.reset(reading)
    return condition
