"""The one door to photos: search, and what a grant may open by its address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from library.access import Grant
from library.models import File, Photo
from library.query import EVERYTHING as EVERY_PHOTO
from library.query import Node, parse, understand
from library.querysets import PhotoQuerySet
from library.search.compile import Ask, Reach, known_keys, to_q
from library.search.ordering import after_key, key_of, order_named, ordered
from library.search.results import Page, Result, results_of
from library.search.visibility import EVERYTHING, VIEWS, Shown, View, asked_for, visible_q, with_view
from library.search.words import named_words, vocabulary

__all__ = [
    "VIEWS",
    "Page",
    "Result",
    "View",
    "find",
    "heard_uids",
    "known_keys",
    "results_of",
    "search",
    "visible_files",
    "visible_photos",
]

MAX_COUNT: Final = 100_000

# UIDs in one statement.
AT_ONCE: Final = 500

# Photos that are looked at one by one before a whole library is: what most searches ask for is among them.
WINDOW: Final = 5_000

# With more finds than this the first of them are soon met on a walk in their order.
LITTLE: Final = 1_000


def search(
    query: str | Node,
    grant: Grant,
    *,
    view: View = "",
    order: str = "newest",
    count: int = 120,
    offset: int = 0,
    after: str = "",
) -> Page:
    """What a query finds for a grant, at most `count` photos after `offset` or after a page's mark.

    Raises QueryError with a sentence for the person who typed the query.
    """
    count, offset = max(1, min(count, MAX_COUNT)), 0 if after else max(0, offset)
    asked = _Asked.of(query, grant, view)
    wanted = _Wanted(order, count + 1, offset, after)
    # First the ids alone, which an index can answer however deep the page lies; then their rows.
    ids = _ids_near_by(asked, wanted) or _ids(_gathered(asked), wanted)
    rows = Photo.objects.with_gear().in_bulk(ids[:count])
    shown = [rows[pk] for pk in ids[:count] if pk in rows]
    has_more = len(ids) > count
    mark = key_of(shown[-1], order) if has_more and shown else ""
    return Page(results_of(shown, grant), count, offset, has_more, mark)


def find(query: str | Node, grant: Grant, *, view: View = "", reach: Reach = "all") -> PhotoQuerySet:
    """The photos that a query finds, in no order; `reach` says which will be looked at."""
    return _Asked.of(query, grant, view).photos(reach)


def visible_photos(grant: Grant) -> PhotoQuerySet:
    """Every photo that the grant may open: archived, private and hidden ones only if it may see such."""
    return Photo.objects.filter(visible_q(grant, EVERYTHING, "few"))


def heard_uids(uids: Sequence[str], grant: Grant) -> list[str]:
    """Which of the photos the grant may be told of: those it may open, and those it could until they were archived."""
    archiving = replace(grant, permissions=grant.permissions | {"library.archive_photo"})
    heard = visible_q(grant, EVERYTHING, "few") | visible_q(archiving, Shown(archived=True), "few")
    found: set[str] = set()
    for start in range(0, len(uids), AT_ONCE):
        some = Photo.objects.filter(heard, uid__in=uids[start : start + AT_ONCE])
        found.update(some.values_list("uid", flat=True))
    return [uid for uid in uids if uid in found]


def visible_files(grant: Grant) -> QuerySet[File]:
    """The files of these photos."""
    photos = visible_photos(grant).filter(pk=OuterRef("photo"))
    return File.objects.filter(Exists(photos), deleted_at__isnull=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as it was understood, for a grant."""

    grant: Grant
    node: Node
    named: frozenset[str]
    shown: Shown

    @classmethod
    def of(cls, query: str | Node, grant: Grant, view: View) -> "_Asked":
        node = with_view(parse(query) if isinstance(query, str) else query, view)
        known = vocabulary(node)
        return cls(grant, understand(node, known), named_words(node, known), asked_for(node))

    def bound(self, reach: Reach) -> Q:
        return visible_q(self.grant, self.shown, reach)

    def photos(self, reach: Reach) -> PhotoQuerySet:
        asked = to_q(self.node, Ask(self.grant, reach, self.named))
        return Photo.objects.filter(self.bound(reach)).filter(asked)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which part of what is found, in which order."""

    order: str
    count: int
    offset: int
    after: str


def _gathered(asked: _Asked) -> PhotoQuerySet:
    """What is found; where that is little, by its ids, as any order would lead through all that is not."""
    if asked.node != EVERY_PHOTO:
        ids = list(asked.photos("all").values_list("pk", flat=True)[: LITTLE + 1])
        if len(ids) <= LITTLE:
            return Photo.objects.filter(pk__in=ids)
    return asked.photos("first")


def _ids(photos: PhotoQuerySet, wanted: _Wanted) -> list[int]:
    in_order = ordered(photos, wanted.order)
    if wanted.after:
        in_order = after_key(in_order, wanted.order, wanted.after)
    return list(in_order.values_list("pk", flat=True)[wanted.offset : wanted.offset + wanted.count])


def _ids_near_by(asked: _Asked, wanted: _Wanted) -> list[int]:
    """The page, if the first photos in the order already fill it; else none.

    A filter that many photos pass fills it at once, and one that few pass is cheap for the whole library: neither
    needs to know in advance which it is.
    """
    column = order_named(wanted.order).indexed
    if not column or asked.node == EVERY_PHOTO or asked.shown != Shown():
        return []
    everything = ordered(Photo.objects.filter(asked.bound("few")), wanted.order)
    if wanted.after:
        everything = after_key(everything, wanted.order, wanted.after)
    name, side = column.removeprefix("-"), "gte" if column.startswith("-") else "lte"
    edge = list(everything.values_list(name, flat=True)[WINDOW : WINDOW + 1])
    ids = _ids(asked.photos("few").filter(**{f"{name}__{side}": edge[0]}), wanted) if edge else []
    return ids if len(ids) == wanted.count else []
