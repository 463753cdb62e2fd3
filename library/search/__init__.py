"""The one door to photos: search, and what a grant may open by its address."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from library.access import Grant
from library.models import File, Photo
from library.query import Node
from library.querysets import PhotoQuerySet
from library.search.asked import Asked
from library.search.compile import Reach, known_keys
from library.search.likeness import mark_of, place_of
from library.search.matches import found_by, matches_of
from library.search.matching import Matcher, Tree
from library.search.memory import MEMORY
from library.search.ordering import ORDERS, Order, after_key, by_local_time, by_match, key_of, order_named, ordered
from library.search.paging import Pages, Part, part_of
from library.search.ranks import is_ranked, ranked_ids
from library.search.results import Page, Result, Results, results_of
from library.search.untold import order_told
from library.search.visibility import EVERYTHING, VIEWS, Shown, View, visible_q

__all__ = [
    "MAX_COUNT",
    "VIEWS",
    "Page",
    "Result",
    "View",
    "find",
    "find_ids",
    "heard_uids",
    "ids_in_order",
    "known_keys",
    "results_of",
    "search",
    "tidied_photos",
    "visible_files",
    "visible_photos",
]

MAX_COUNT: Final = 100_000

# UIDs in one statement.
AT_ONCE: Final = 500

# Photos that are looked at one by one before a whole library is: what most searches ask for is among them.
WINDOW: Final = 5_000

# The same before sets of ids are read, which is done but once.
AHEAD: Final = 1_000

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
    asked = Asked.of(query, grant, view)
    if is_ranked(asked, order):
        return _ranked_page(asked, count, place_of(after) if after else offset)
    wanted = _order(asked, order, after)
    # Strangers are not told the names that they may sort by: of folders, or of people in titles.
    by_place = wanted.is_by_text and not grant.is_member
    if by_place:
        offset, after = place_of(after) if after else offset, ""
    part = Part(wanted, count + 1, offset, after)
    # First the ids alone, which can be told however deep the page lies; then their rows.
    ids = _ids(asked, part)
    results = Results(ids[:count], grant, asked.bound("few"))
    has_more = len(ids) > count
    if not has_more or not len(results):
        return Page(results, count, offset, has_more, "")
    mark = mark_of(offset + count) if by_place else key_of(results[-1].photo, wanted)
    return Page(results, count, offset, has_more, mark)


def find(query: str | Node, grant: Grant, *, view: View = "", reach: Reach = "all") -> PhotoQuerySet:
    """The photos that a query finds, in no order; `reach` says which will be looked at."""
    return Asked.of(query, grant, view).photos(reach)


def find_ids(
    query: str | Node, grant: Grant, *, count: int, view: View = "", order: str = "newest", offset: int = 0
) -> list[int]:
    """The ids of what `search` finds, without a limit of their number. Raises QueryError."""
    return ids_in_order(Asked.of(query, grant, view), order, count, offset)


def ids_in_order(asked: Asked, order: str, count: int, offset: int = 0) -> list[int]:
    """A part of what is found, in an order."""
    if is_ranked(asked, order):
        return ranked_ids(asked)[max(0, offset) :][:count]
    return _ids(asked, Part(_order(asked, order), count, max(0, offset)))


def visible_photos(grant: Grant) -> PhotoQuerySet:
    """Every photo that the grant may open: archived, private and hidden ones only if it may see such."""
    return Photo.objects.filter(visible_q(grant, EVERYTHING, "few"))


def tidied_photos(grant: Grant) -> PhotoQuerySet:
    """The photos among which the grant may put order: also those in review and private ones, but not the archive."""
    return Photo.objects.filter(visible_q(grant, Shown(private=True, review=True), "all"))


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


def _ranked_page(asked: Asked, count: int, offset: int) -> Page:
    """The most like first; the mark of the page that follows is its place, as the ranks are few."""
    ids = ranked_ids(asked)[offset : offset + count + 1]
    has_more = len(ids) > count
    results = Results(ids[:count], asked.grant, asked.bound("few"))
    return Page(results, count, offset, has_more, mark_of(offset + count) if has_more else "")


def _order(asked: Asked, name: str, after: str = "") -> Order:
    """The order of that name; by relevance, where words are compared with pictures, the best matches come first."""
    order = order_named(order_told(name, asked.grant), after)
    if order == ORDERS["relevance"] and (matches := matches_of(asked)):
        return by_match(matches)
    return by_local_time(order) if asked.grant.hides_places else order


def _ids(asked: Asked, part: Part) -> list[int]:
    """The ids of a part of what is found: from memory in a large library, if they do not lie near by."""
    if part.order.matches is not None:
        return Pages(found_by(asked), Photo.objects.all(), MEMORY).ids(part)
    is_whole = asked.is_everything and asked.grant.scope is None and asked.shown == Shown()
    if is_whole and part.order.indexed and part.offset < WINDOW:
        return part_of(asked.photos("first"), part)
    matching = asked.matching()
    if matching is None:
        return _ids_near_by(asked, part) or part_of(_gathered(asked), part)
    matcher, tree = matching
    if matcher.is_new(tree) and matcher.little(tree) is None and (ids := _ids_ahead(asked, part, *matching)):
        return ids
    return Pages(matcher.found(tree), Photo.objects.filter(asked.bound("first")), MEMORY).ids(part)


def _ids_ahead(asked: Asked, part: Part, matcher: Matcher, tree: Tree) -> list[int]:
    """The part, if the first photos in the order already fill it; else none.

    What is asked for the first time is answered before large sets are read for it.
    """
    if not part.order.indexed or asked.shown != Shown() or part.offset + part.count > AHEAD:
        return []
    ahead = part_of(Photo.objects.filter(asked.bound("few")), Part(part.order, AHEAD, 0, part.after))
    found: list[int] = []
    for start in range(0, len(ahead), AT_ONCE):
        some = np.array(ahead[start : start + AT_ONCE])
        found += some[matcher.among(tree, some.tolist()).has(some)].tolist()
        if len(found) >= part.offset + part.count:
            return found[part.offset : part.offset + part.count]
    return []


def _gathered(asked: Asked) -> PhotoQuerySet:
    """What is found; where that is little, by its ids, as any order would lead through all that is not."""
    if not asked.is_everything:
        ids = list(asked.photos("all").values_list("pk", flat=True)[: LITTLE + 1])
        if len(ids) <= LITTLE:
            return Photo.objects.filter(pk__in=ids)
    return asked.photos("first")


def _ids_near_by(asked: Asked, part: Part) -> list[int]:
    """The part, if the first photos in the order already fill it; else none.

    A filter that many photos pass fills it at once, and one that few pass is cheap for the whole library: neither
    needs to know in advance which it is.
    """
    column = part.order.indexed
    if not column or asked.is_everything or asked.shown != Shown() or part.offset > WINDOW:
        return []
    everything = ordered(Photo.objects.filter(asked.bound("few")), part.order)
    if part.after:
        everything = after_key(everything, part.order, part.after)
    name, side = column.removeprefix("-"), "gte" if column.startswith("-") else "lte"
    edge = list(everything.values_list(name, flat=True)[WINDOW : WINDOW + 1])
    ids = part_of(asked.photos("few").filter(**{f"{name}__{side}": edge[0]}), part) if edge else []
    return ids if len(ids) == part.count else []
