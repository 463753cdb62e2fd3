"""Filters on faces and people. Without the right to know people by name, a name or a cluster finds nothing."""

from typing import Any, Final

from django.db.models import Q, QuerySet

from faces.models import Face, Marker, MarkerType, Subject
from faces.visibility import visible_faces, visible_subjects
from library.access import Grant
from library.meta import clean
from library.models import File
from library.query import BadValue
from library.query.values import Pattern, all_of, groups, is_number, pattern, switch, whole_number
from library.search.answers import Answer, Linked, any_of, within
from library.search.compile import grant_filter, search_filter
from library.search.sql import equals, like

# PhotoPrism's ids of clusters are SHA-1 sums in base 32.
_SHORTEST_ID: Final = 32
_NEW: Final = ("new", "unknown")


@grant_filter("subject", "person")
def subject(value: str, grant: Grant) -> Answer:
    """By whole name or UID; `&` asks for pictures of both."""
    people = visible_subjects(grant)
    return tuple(_pictures_of(people.filter(any_of(map(_is_called, group)))) for group in all_of(value))


@grant_filter("subjects", "people")
def subjects(value: str, grant: Grant) -> Answer:
    """By a word anywhere in a name or alias, or by how it begins if there are several; `&` asks for both."""
    people = visible_subjects(grant)
    return tuple(_pictures_of(people.filter(any_of(_holds(pattern(one)) for one in group))) for group in groups(value))


@grant_filter("face")
def face(value: str, grant: Grant) -> Answer:
    """`new` without a name, `yes` and `no` with and without a cluster, 1 to 4 a kind of cluster, or its id."""
    if value.strip().lower() in _NEW:
        return _files_of(_faces(subject__isnull=True))
    if (kind := whole_number(value)) is not None:
        return _files_of(_faces(face__in=Face.objects.filter(kind=kind)))
    ids = all_of(value.upper())
    if any(len(one) >= _SHORTEST_ID for group in ids for one in group):
        known = visible_faces(grant)
        return tuple(
            _files_of(Marker.objects.filter(face__in=known.filter(pk__in=group), invalid=False)) for group in ids
        )
    if sum(map(len, ids)) > 1:
        raise BadValue(value, "yes, no, new, a kind from 1 to 4 or the id of a cluster")
    return _files_of(_faces(face__isnull=not switch(value)))


@search_filter("faces")
def faces(value: str) -> Answer:
    """`yes`, `no`, `new` for some without a name, how many at least, or a range."""
    if value.strip().lower() in _NEW:
        return _files_of(_faces(subject__isnull=True))
    if (least := whole_number(value)) is not None:
        return Q(faces__gte=least)
    if is_number(value):
        return within("faces", value)
    return Q(faces__gt=0) if switch(value) else Q(faces=0)


def _is_called(name: str) -> Q:
    """Equal names differ in capitals, accents and signs only, which their form in addresses leaves out."""
    slug = clean.slug(name)
    return Q(uid=name) | equals("name", name) | (Q(slug=slug) if slug else Q(pk__in=[]))


def _holds(wanted: Pattern) -> Q:
    has_blank = any(" " in piece for piece in wanted.pieces)
    open_ended = Pattern((*wanted.pieces, "") if has_blank else ("", *wanted.pieces, ""))
    return like("name", open_ended) | like("alias", open_ended)


def _faces(**conditions: Any) -> QuerySet[Marker]:
    return Marker.objects.filter(type=MarkerType.FACE, invalid=False, **conditions)


def _pictures_of(people: QuerySet[Subject]) -> Linked:
    """The table of people is short, so their rows are looked up first, and pictures by their numbers."""
    ids = list(people.values_list("pk", flat=True))
    return _files_of(Marker.objects.filter(subject__in=ids, invalid=False))


def _files_of(markers: QuerySet[Marker]) -> Linked:
    return Linked(File.objects.filter(pk__in=markers.values("file")))
