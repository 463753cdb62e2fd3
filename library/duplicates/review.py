"""The groups of near-duplicates as one account sees them: their photos side by side, and which to keep."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet, Sum

from library import sources
from library.access import Grant
from library.duplicates.keeping import Copy, Reason, Rule, better, choose, format_rank
from library.models import Duplicate, File, Lookalike, Photo
from library.models.folder import Root
from library.models.gear import UNKNOWN
from library.models.photo import PhotoType
from library.models.similar import Likeness
from library.plugs import plugged
from library.search import Result, results_of, tidied_photos, visible_files
from library.whereabouts import Whereabouts

GROUPS_PER_PAGE: Final = 20
FILES_PER_PAGE: Final = 50
MOST_SHOWN: Final = 60
"""Photos of one group that are shown; of a longer burst the others wait until these are decided."""

Rows: TypeAlias = "Paginator[dict[str, Any]]"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One photo of a group; `better` names what it is the best in, `file` the original that tells its size."""

    result: Result
    file: File | None
    copy: Copy
    albums: int
    title: str
    better: frozenset[Reason]

    @property
    def uid(self) -> str:
        return self.copy.uid

    @property
    def photo(self) -> Photo:
        return self.result.photo

    @property
    def has_date(self) -> bool:
        return bool(self.photo.taken_src)

    @property
    def has_camera(self) -> bool:
        return self.photo.camera.slug != UNKNOWN


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that seem to show one picture; `spare` bytes are those of the originals that would not be kept."""

    uid: str
    kind: str
    candidates: tuple[Candidate, ...]
    keep: str
    why: tuple[Reason, ...]

    @property
    def title(self) -> str:
        kept = next(one for one in self.candidates if one.uid == self.keep)
        return kept.title or kept.photo.name

    @property
    def is_sure(self) -> bool:
        return self.kind == Likeness.PICTURE

    @property
    def others(self) -> int:
        return len(self.candidates) - 1


@dataclass(frozen=True, slots=True)
class Summary:
    """How many groups there are of each kind, the bytes of what is not kept, and the files that are exact copies."""

    kinds: dict[str, int]
    spare: int
    exact: int

    @property
    def groups(self) -> int:
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class ExactCopies:
    """Files of the same bytes: the one whose photo is shown, and those that were left alone."""

    file: File
    copies: tuple[Duplicate, ...]


def summary_of(grant: Grant) -> Summary:
    """Counts and sizes of everything that waits."""
    kinds: dict[str, int] = defaultdict(int)
    for row in _groups(grant):
        kinds[row["kind"]] += 1
    return Summary(dict(kinds), _spare(grant), _exact(grant).count())


def count_groups(grant: Grant) -> int:
    """How many groups wait to be decided."""
    return int(_groups(grant).order_by().count())


def groups_page(
    grant: Grant, *, kind: str = "", rule: Rule = "best", number: str | int = 1
) -> tuple[Page[Any], list[Group]]:
    """A page of groups: first the sure ones, then the newest."""
    found = _groups(grant)
    page = Paginator(found.filter(kind=kind) if kind in Likeness.values else found, GROUPS_PER_PAGE).get_page(number)
    rows = list(page.object_list)
    return page, _read([(row["group"], row["kind"]) for row in rows], grant, rule)


def exact_page(grant: Grant, number: str | int = 1) -> tuple[Page[Any], list[ExactCopies]]:
    """A page of files with exact copies, by their names."""
    page = Paginator(_exact(grant).order_by("name", "pk"), FILES_PER_PAGE).get_page(number)
    files = list(page.object_list)
    copies: dict[str, list[Duplicate]] = defaultdict(list)
    for row in Duplicate.objects.filter(hash__in=[file.hash for file in files]).order_by("name"):
        copies[row.hash].append(row)
    return page, [ExactCopies(file, tuple(copies[file.hash])) for file in files]


def _members(grant: Grant) -> QuerySet[Lookalike]:
    return Lookalike.objects.filter(photo__in=tidied_photos(grant).values("pk"))


def _groups(grant: Grant) -> QuerySet[Any]:
    """Rows of `group`, `kind` and number of photos."""
    grouped = (
        _members(grant).order_by().values("group", "kind").annotate(count=Count("pk"), latest=Max("photo__taken_at"))
    )
    return grouped.filter(count__gt=1).order_by(_SURE_FIRST, "-latest", "group")


# By the alphabet it would be the other way round.
_SURE_FIRST: Final = "-kind"


def _spare(grant: Grant) -> int:
    """The bytes of all shown files of all groups but the largest of each."""
    primary = Q(photo__files__is_primary=True)
    sizes = (
        _members(grant)
        .order_by()
        .values("group")
        .annotate(
            count=Count("pk", distinct=True),
            every=Sum("photo__files__size", filter=primary),
            most=Max("photo__files__size", filter=primary),
        )
    )
    return sum((row["every"] or 0) - (row["most"] or 0) for row in sizes.filter(count__gt=1))


def _exact(grant: Grant) -> QuerySet[File]:
    """The files that are shown and have copies."""
    twice = Duplicate.objects.filter(root=Root.ORIGINALS).values("hash")
    shown = visible_files(grant).filter(root=Root.ORIGINALS, is_sidecar=False, is_missing=False, hash__in=twice)
    return shown.select_related("photo")


def _read(groups: Sequence[tuple[str, str]], grant: Grant, rule: Rule) -> list[Group]:
    names = dict(groups)
    photos = tidied_photos(grant).with_gear().filter(lookalike__group__in=list(names)).select_related("lookalike")
    by_group: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos.order_by("pk"):
        if len(by_group[photo.lookalike.group]) < MOST_SHOWN:
            by_group[photo.lookalike.group].append(photo)
    chosen = [photo for some in by_group.values() for photo in some]
    albums = _albums(chosen, grant)
    told = Whereabouts.of(grant).of_ids([photo.pk for photo in chosen])
    shown = {
        result.photo.pk: _candidate(
            result,
            albums.get(result.photo.pk, 0),
            told[result.photo.pk].title if result.photo.pk in told else result.photo.title,
        )
        for result in results_of(chosen, grant)
    }
    return [
        _group(uid, names[uid], [shown[photo.pk] for photo in by_group[uid]], rule)
        for uid in names
        if len(by_group[uid]) > 1
    ]


def _group(uid: str, kind: str, found: list[Candidate], rule: Rule) -> Group:
    copies = [one.copy for one in found]
    kept, why = choose(copies, rule)
    judged = [
        Candidate(one.result, one.file, one.copy, one.albums, one.title, better(copies, one.uid)) for one in found
    ]
    # The one to keep stands first, and the best of the others next to it.
    judged.sort(key=lambda one: (one.uid != kept.uid, -one.copy.pixels, -one.copy.bytes, one.uid))
    return Group(uid, kind, tuple(judged), kept.uid, tuple(why))


def _candidate(result: Result, albums: int, title: str) -> Candidate:
    photo = result.photo
    originals = [file for file in result.files if file.is_original and file.width]
    ranks = {file.pk: format_rank(file.media_type, file.type) for file in originals}
    file = max(originals, key=lambda one: (ranks[one.pk], one.width * one.height, one.size), default=result.primary)
    copy = Copy(
        uid=photo.uid,
        pixels=max((one.width * one.height for one in originals), default=0),
        bytes=max((one.size for one in originals), default=0),
        format=max(ranks.values(), default=0),
        facts=sum(
            (
                sources.priority(photo.taken_src) >= _META,
                photo.camera.slug != UNKNOWN,
                photo.has_position,
                photo.type == PhotoType.LIVE,
            )
        ),
        cherished=result.is_favorite + albums + ((photo.rating or 0) > 0) + (photo.edited_at is not None),
        taken=photo.taken_at,
        added=photo.pk,
    )
    return Candidate(result, file, copy, albums, title, frozenset())


_META: Final = sources.priority(sources.META)


def _albums(photos: Sequence[Photo], grant: Grant) -> dict[int, int]:
    """How many albums each photo was put into, as far as the account sees them."""
    counts: dict[int, int] = defaultdict(int)
    for section in plugged("PHOTO_SECTIONS"):
        for pk, told in section(photos, grant).items():
            counts[pk] += len(told.get("Albums", ()))
    return counts
