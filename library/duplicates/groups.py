"""Groups of near-duplicates as rows: which photos are one, of which kind, without what people called different."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from django.db import transaction

from library.duplicates.clusters import groups_of
from library.duplicates.confirming import kind_of, shots_of
from library.duplicates.pairs import Distances, Ids
from library.duplicates.pictures import Pictures
from library.models import Lookalike, Photo, Verdict
from library.models.similar import Likeness
from library.search.sql import upsert

Named: TypeAlias = tuple[str, str]
"""The name of a group and its kind."""

_AT_ONCE: Final = 500
_WEAKEST: Final = (Likeness.BURST, Likeness.ALIKE, Likeness.PICTURE)


def save_groups(pictures: Pictures, pairs: tuple[Ids, Ids, Distances], concerned: set[int] | None) -> None:
    """Writes the groups of the pairs; those of photos that are not concerned stay. None = all are."""
    with transaction.atomic():
        wanted = dict(_named(pictures, *pairs))
        known: dict[int, Named] = {
            pk: (group, kind) for pk, group, kind in Lookalike.objects.values_list("photo", "group", "kind")
        }
        gone = [pk for pk in known if pk not in wanted and (concerned is None or pk in concerned)]
        for some in _parts(gone):
            Lookalike.objects.filter(photo__in=some).delete()
        changed = [pk for pk, named in wanted.items() if known.get(pk) != named]
        for some in _parts(changed):
            there = set(Photo.objects.filter(pk__in=some).values_list("pk", flat=True))
            rows = [Lookalike(photo_id=pk, group=wanted[pk][0], kind=wanted[pk][1]) for pk in some if pk in there]
            upsert(Lookalike, rows, unique=("photo",), columns=("group", "kind"))


def members_with(photos: Sequence[int]) -> set[int]:
    """All photos of the groups that these are in."""
    groups: set[str] = set()
    for some in _parts(photos):
        groups.update(Lookalike.objects.filter(photo__in=some).values_list("group", flat=True))
    members: set[int] = set()
    for named in _parts(sorted(groups)):
        members.update(Lookalike.objects.filter(group__in=named).values_list("photo", flat=True))
    return members


def _named(pictures: Pictures, first: Ids, second: Ids, distances: Distances) -> Iterator[tuple[int, Named]]:
    """For each photo of a group the group's name and kind."""
    pairs = list(zip(pictures.ids[first].tolist(), pictures.ids[second].tolist(), strict=True))
    verdicts = _verdicts()

    def are_distinct(one: int, other: int) -> bool:
        return not verdicts[one].isdisjoint(verdicts[other]) if one in verdicts and other in verdicts else False

    groups = {group[0]: group for group in groups_of(pairs, are_distinct)}
    belongs = {pk: head for head, group in groups.items() for pk in group}
    shots = shots_of(belongs)
    kinds: dict[int, set[Likeness]] = defaultdict(set)
    measures = zip(pairs, distances.tolist(), pictures.likeness(first, second).tolist(), strict=True)
    for (one, other), distance, likeness in measures:
        if one in shots and other in shots and belongs[one] == belongs[other]:
            kinds[belongs[one]].add(kind_of(shots[one], shots[other], distance, likeness))
    for some in _parts(list(groups)):
        for head, uid in Photo.objects.filter(pk__in=some).values_list("pk", "uid"):
            # What is least sure of a group is said of all of it.
            weakest = next((kind for kind in _WEAKEST if kind in kinds[head]), Likeness.ALIKE)
            yield from ((pk, (uid, weakest.value)) for pk in groups[head])


def _verdicts() -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, verdict in Verdict.objects.values_list("photo", "verdict"):
        found[pk].add(verdict)
    return found


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]
