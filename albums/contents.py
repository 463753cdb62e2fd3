"""The photos of an album: what was put into it, or what its stored search finds now; and which albums a grant sees."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet

from albums.models import Album, PhotoAlbum
from library.access import Grant
from library.query import EVERYTHING, Filter, Node, QueryTooLong, either
from library.query.values import escape, one_of
from library.querysets import PhotoQuerySet
from library.search import find
from library.search.answers import Answer, Linked, Meant
from library.search.asked import Asked
from library.search.stored import stored_query
from library.search.visibility import LIBRARY_ROLES

SCOPE_KEY: Final = "s"  # the filter that names albums by their UIDs, and the scope of a link's visitors
MOST_SMART: Final = 20  # smart albums that one search may run


def visible_albums(grant: Grant) -> QuerySet[Album]:
    """The albums that the grant may know of: those that are not private, one's own, a scope's; without deleted ones."""
    return known_albums(grant).filter(deleted_at__isnull=True)


def known_albums(grant: Grant) -> QuerySet[Album]:
    """The same with those that were deleted and can be brought back."""
    if grant.scope is not None:
        return Album.objects.filter(uid__in=scoped_uids(grant))
    if grant.role not in LIBRARY_ROLES:
        return Album.objects.none()
    if grant.sees_all:
        return Album.objects.all()
    return Album.objects.filter(Q(private=False) | Q(owner=grant.user_id or 0))


def heard_albums(uids: Sequence[str], grant: Grant) -> list[str]:
    """Which of the albums, deleted ones among them, the grant may be told of."""
    found = set(known_albums(grant).filter(uid__in=uids).values_list("uid", flat=True))
    return [uid for uid in uids if uid in found]


def scope_of(uid: str) -> Filter:
    """The query for the photos of an album, and the scope of whoever may see nothing else."""
    return Filter(SCOPE_KEY, escape(uid))


def scoped_uids(grant: Grant) -> tuple[str, ...]:
    """The albums that the grant is bounded to, if it is."""
    scope = grant.scope
    return one_of(scope.value) if isinstance(scope, Filter) and scope.key == SCOPE_KEY else ()


def photos_of(album: Album, grant: Grant) -> PhotoQuerySet:
    """What the grant sees of an album now. Raises QueryError with a sentence if its search cannot be answered."""
    return find(scope_of(album.uid), grant)


def answer_for(albums: QuerySet[Album], grant: Grant) -> Answer:
    """The condition on photos to be in one of the albums, as who asks finds them; smart albums are searched now."""
    if not smart_ones(albums):
        return Linked(entries(albums.values("pk")))
    asked = Asked.of(query_for(albums, grant, frozenset()), grant, "")
    return Meant(asked.node, grant, asked.lexicon)


def query_for(albums: QuerySet[Album], grant: Grant, within: frozenset[str]) -> Node:
    """The same as a query, in which the searches of smart albums are written out.

    `within` are the UIDs of the albums whose searches name these. A visitor of an album asks within it already.
    """
    if grant.scope is not None:
        return EVERYTHING if albums.exists() else either()
    chosen = sorted(albums.filter(filter="").values_list("uid", flat=True))
    manual = [Filter(SCOPE_KEY, "|".join(chosen))] if chosen else []
    return either(*manual, *(stored_query(one.uid, one.filter, grant, within) for one in smart_ones(albums)))


def entries(albums: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[PhotoAlbum]:
    """What was put by hand into the albums with these ids."""
    return PhotoAlbum.objects.filter(album__in=albums, hidden=False)


def smart_ones(albums: QuerySet[Album]) -> list[Album]:
    """Those with a stored search. Raises QueryTooLong if they are more than one search may run."""
    smart = list(albums.exclude(filter="").order_by("pk")[: MOST_SMART + 1])
    if len(smart) > MOST_SMART:
        raise QueryTooLong(f"A search may ask at most {MOST_SMART} smart albums; name fewer.")
    return smart
