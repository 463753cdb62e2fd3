"""The people and the clusters of faces that a grant may know: those on photos it sees, in the numbers it sees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeVar, cast

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from faces.models import Face, Marker, MarkerType, Subject
from faces.visibility import visible_faces, visible_subjects
from library.access import Grant
from library.media.geometry import Area
from library.query import BadValue, QueryError
from library.query.values import Range, numbers, whole_number
from library.search import find
from library.search.forms import Asked


class UnknownFaceOrder(QueryError):
    """People or faces are not sorted by that."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no sort order “{name[:40]}”; one of {', '.join(sorted(known))} is meant.")


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a person or a cluster the grant sees, and the marker that stands for it."""

    photos: int = 0
    files: int = 0
    markers: int = 0
    cover: Marker | None = None

    @property
    def thumb(self) -> str:
        """The name of the face in thumb addresses, "" if none is seen."""
        return thumb_of(self.cover) if self.cover else ""


@dataclass(frozen=True, slots=True)
class FoundSubject:
    subject: Subject
    seen: Seen


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A cluster; `subject` only where the grant may know the name."""

    face: Face
    subject: Subject | None
    seen: Seen


Found = TypeVar("Found", FoundSubject, FoundFace)
SubjectKey = Callable[[FoundSubject], Any]
FaceKey = Callable[[FoundFace], Any]

SUBJECT_ORDERS: Final[dict[str, SubjectKey]] = {
    "favorites": lambda found: (not found.subject.favorite, found.subject.name.casefold(), found.subject.pk),
    "name": lambda found: (found.subject.name.casefold(), found.subject.pk),
    "count": lambda found: (-found.seen.files, found.subject.name.casefold()),
    "added": lambda found: -found.subject.pk,
    "relevance": lambda found: (not found.subject.favorite, -found.seen.photos, found.subject.name.casefold()),
}
FACE_ORDERS: Final[dict[str, FaceKey]] = {
    "samples": lambda found: (-found.seen.markers, found.face.pk),
    "subject": lambda found: (found.subject.uid if found.subject else "", found.face.pk),
    "added": lambda found: (-found.face.created_at.timestamp(), found.face.pk),
}

_LEAST: Final = ("photos", "files")

# To count a third of a million faces takes three seconds.
MANY: Final = 10_000
KEPT: Final = 60  # seconds


def find_subjects(asked: Asked, grant: Grant, *, order: str, count: int, offset: int) -> list[FoundSubject]:
    """A part of the people that were asked for; hidden ones only if asked for. Raises QueryError."""
    key = _order(order, SUBJECT_ORDERS, "favorites")
    rows = known_subjects(grant).filter(asked.condition)
    if not asked.has("hidden") and not asked.has("all"):
        rows = rows.filter(hidden=False)
    seen = _seen_by("subject", rows, grant)
    least = [(name, _ranges(name, asked.given)) for name in _LEAST if name in asked.given]
    found = [FoundSubject(row, seen.get(row.pk, Seen())) for row in rows]
    fitting = [one for one in found if all(_fits(getattr(one.seen, name), ranges) for name, ranges in least)]
    return _with_covers(sorted(fitting, key=key)[offset : offset + count], "subject", grant)


def find_subject(uid: str, grant: Grant) -> FoundSubject | None:
    """One person, hidden or not."""
    subject = known_subjects(grant).filter(uid=uid).first()
    if subject is None:
        return None
    rows = Subject.objects.filter(pk=subject.pk)
    found = FoundSubject(subject, _seen_by("subject", rows, grant).get(subject.pk, Seen()))
    return _with_covers([found], "subject", grant)[0]


def find_faces(asked: Asked, grant: Grant, *, order: str, count: int, offset: int) -> list[FoundFace]:
    """A part of the clusters that were asked for; hidden ones only if asked for. Raises QueryError."""
    key = _order(order, FACE_ORDERS, "samples")
    rows = _known_faces(grant).filter(asked.condition)
    if not asked.has("hidden"):
        rows = rows.filter(hidden=False)
    return _with_covers(sorted(_faces(rows, grant), key=key)[offset : offset + count], "face", grant)


def find_face(face_id: str, grant: Grant) -> FoundFace | None:
    """One cluster, by its id in any case."""
    return next(iter(_with_covers(_faces(_known_faces(grant).filter(pk=face_id.upper()), grant), "face", grant)), None)


def known_subjects(grant: Grant) -> QuerySet[Subject]:
    """The people of whom the grant sees a photo; administrators know all, to name and to mend them."""
    people = visible_subjects(grant)
    if not grant.may("library.view_private"):
        people = people.filter(hidden=False)
    return people if grant.sees_all else people.filter(Exists(markers_seen(grant).filter(subject=OuterRef("pk"))))


def markers_seen(grant: Grant) -> QuerySet[Marker]:
    """The faces on photos of the grant's timeline."""
    photos = find("", grant, reach="few").filter(pk=OuterRef("file__photo"))
    faces = Marker.objects.filter(type=MarkerType.FACE, invalid=False, file__deleted_at__isnull=True)
    return faces.filter(Exists(photos))


def thumb_of(marker: Marker) -> str:
    """`hash-area`, as thumb addresses name a part of a picture; the file has to be at hand."""
    area, file_hash = Area(marker.x, marker.y, marker.w, marker.h), marker.file.hash
    return area.crop_name(file_hash) if area.code else file_hash


def _known_faces(grant: Grant) -> QuerySet[Face]:
    faces = visible_faces(grant).select_related("subject")
    return faces if grant.sees_all else faces.filter(Exists(markers_seen(grant).filter(face=OuterRef("pk"))))


def _faces(rows: QuerySet[Face], grant: Grant) -> list[FoundFace]:
    seen = _seen_by("face", rows, grant)
    return [FoundFace(row, row.subject, seen.get(row.pk, Seen())) for row in rows]


def _seen_by(column: str, rows: QuerySet[Any], grant: Grant) -> dict[Any, Seen]:
    """What the grant sees of each person or cluster, by its id; of very many faces as of up to KEPT seconds ago."""
    if not Marker.objects.order_by()[MANY : MANY + 1].exists():
        return _count(column, Q(**{f"{column}__in": rows.order_by().values("pk")}), grant)
    everything = partial(_count, column, Q(**{f"{column}__isnull": False}), grant)
    return cast("dict[Any, Seen]", cache.get_or_set(f"faces-{column}-{grant.key}", everything, KEPT))


def _count(column: str, which: Q, grant: Grant) -> dict[Any, Seen]:
    grouped = markers_seen(grant).filter(which).order_by().values(column)
    counted = grouped.annotate(
        photos=Count("file__photo", distinct=True), files=Count("file", distinct=True), markers=Count("pk")
    )
    return {row[column]: Seen(row["photos"], row["files"], row["markers"]) for row in counted}


def _with_covers(found: Sequence[Found], column: str, grant: Grant) -> list[Found]:
    """The same with the marker of the newest file, which an index finds, at each that is seen."""
    kind = Subject if column == "subject" else Face
    seen = markers_seen(grant).filter(**{column: OuterRef("pk")})
    newest = Subquery(seen.order_by("-file", "-pk").values("pk")[:1])
    ids = [getattr(one, column).pk for one in found]
    chosen = dict(kind._default_manager.filter(pk__in=ids).annotate(cover=newest).values_list("pk", "cover"))
    markers = Marker.objects.select_related("file").in_bulk([pk for pk in chosen.values() if pk])
    covers = [markers.get(chosen.get(pk)) for pk in ids]
    return [replace(one, seen=replace(one.seen, cover=cover)) for one, cover in zip(found, covers, strict=True)]


def _ranges(name: str, given: Mapping[str, str]) -> Sequence[Range]:
    """A lone number is the smallest that fits; a range is meant as written."""
    try:
        lowest = whole_number(given[name])
        return numbers(given[name]) if lowest is None else [Range(low=lowest)]
    except BadValue as error:
        raise error.of_filter(name) from None


def _fits(number: int, ranges: Sequence[Range]) -> bool:
    return any(_is_in(number, one) for one in ranges)


def _is_in(number: int, wanted: Range) -> bool:
    low = wanted.low is None or number > wanted.low or (number == wanted.low and not wanted.above)
    high = wanted.high is None or number < wanted.high or (number == wanted.high and not wanted.below)
    return low and high


def _order(name: str, known: Mapping[str, Callable[[Any], Any]], default: str) -> Callable[[Any], Any]:
    wanted = name.strip().lower() or default
    if wanted not in known:
        raise UnknownFaceOrder(name, known)
    return known[wanted]
