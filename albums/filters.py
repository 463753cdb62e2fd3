"""Filters on albums: by name, by words of names, and in none; of smart albums by what their searches say now.

Only albums that the grant may know of count, so that no query tells what the others hold.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from albums.contents import entries, smart_ones, visible_albums
from albums.models import NAMED, Album
from library.access import Grant
from library.meta import clean
from library.query import EVERYTHING, Filter, Node, conjoin, either
from library.query.values import Pattern, groups, one_of, pattern, patterns, switch
from library.search.answers import Answer, Linked, any_of
from library.search.compile import FEW, grant_filter
from library.search.sql import like, starts_with
from library.search.stored import stands_for, stored_query


@grant_filter("album")
def album(value: str, grant: Grant) -> Answer:
    """By UID, or by how the title or its form in addresses begins."""
    return _chosen(_named(value, grant))


@grant_filter("albums")
def albums(value: str, grant: Grant) -> Answer:
    """By how the title or a word in it begins; photos in both of `a & b`, which are beginnings of two titles."""
    names = _joined(value)
    return tuple(_chosen(_named(name, grant)) for name in names) if len(names) > 1 else _chosen(_worded(value, grant))


@grant_filter("unsorted")
def unsorted(value: str, grant: Grant) -> Answer:
    """In no album that was filled by hand."""
    sorted_in = Linked(entries(visible_albums(grant)))
    return ~Q(pk__in=sorted_in.rows.values("photo")) if switch(value) else sorted_in


@stands_for("album")
def album_written_out(value: str, grant: Grant, within: frozenset[str]) -> Node:
    return _written_out(Filter("album", value), _named(value, grant), grant, within)


@stands_for("albums")
def albums_written_out(value: str, grant: Grant, within: frozenset[str]) -> Node:
    names = _joined(value)
    if len(names) > 1:
        return conjoin(*(album_written_out(name, grant, within) for name in names))
    return _written_out(Filter("albums", value), _worded(value, grant), grant, within)


def _written_out(node: Filter, found: QuerySet[Album], grant: Grant, within: frozenset[str]) -> Node:
    """The filter for what was put in by hand, or what the stored searches say."""
    if grant.scope is not None:
        return EVERYTHING if found.exists() else either()
    return either(node, *(stored_query(one.uid, one.filter, grant, within) for one in smart_ones(found)))


def _joined(value: str) -> list[str]:
    """The names on both sides of `&`; a title that has one in it must not count for both, so words do not."""
    return ["|".join(group) for group in groups(value)]


def _chosen(found: QuerySet[Album]) -> Linked:
    """Albums are looked up first: many names within a statement within another are more than SQLite bears."""
    ids = list(found.values_list("pk", flat=True)[: FEW + 1])
    return Linked(entries(ids if len(ids) <= FEW else found))


def _named(value: str, grant: Grant) -> QuerySet[Album]:
    return _found(one_of(value), grant, any_of(_begins(one) for one in patterns(value)))


def _worded(value: str, grant: Grant) -> QuerySet[Album]:
    names = [one for group in groups(value) for one in group]
    return _found(names, grant, any_of(_has_word(pattern(one)) for one in names))


def _found(uids: Sequence[str], grant: Grant, by_name: Q) -> QuerySet[Album]:
    """What made itself for a folder, month, state or year is found by UID only: filters of their own say the same."""
    return visible_albums(grant).filter(Q(uid__in=uids) | (by_name & NAMED))


def _begins(wanted: Pattern) -> Q:
    """PhotoPrism's rule: names are read from their beginning, so that a wildcard before it says nothing."""
    wanted = _from_beginning(wanted)
    slug = clean.slug(wanted.prefix)
    by_slug = starts_with("slug", slug) if wanted.is_literal and slug else Q(pk__in=[])
    return like("title", Pattern((*wanted.pieces, ""))) | by_slug


def _has_word(wanted: Pattern) -> Q:
    first, *following = _from_beginning(wanted).pieces
    return _begins(wanted) | like("title", Pattern(("", f" {first}", *following, "")))


def _from_beginning(wanted: Pattern) -> Pattern:
    return Pattern(wanted.pieces[1:]) if len(wanted.pieces) > 1 and not wanted.prefix else wanted
