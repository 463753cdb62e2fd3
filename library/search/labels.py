"""The labels that a grant may know: those on photos it sees, how many there are, and the photo that stands for each."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from library.access import Grant
from library.models import DayCount, Label, Photo, PhotoLabel
from library.query import QueryError
from library.search import find
from library.search.compile import ALL
from library.search.covers import hashes, seen_thumbs
from library.search.families import below_each
from library.search.forms import Asked
from library.search.seen import remembered
from library.search.visibility import LIBRARY_ROLES, Shown, visible_q
from library.search.words import REMOVED
from library.sources import MANUAL


class UnknownLabelOrder(QueryError):
    """Labels are not sorted by that."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Labels have no sort order “{name[:40]}”; one of {', '.join(sorted(ORDERS))} is meant.")


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label with the number of its photos, and the hash of the newest one's picture."""

    label: Label
    photo_count: int
    thumb: str


# Those that a list has without being asked for all.
MEANT: Final = Q(priority__gte=0) | Q(favorite=True)

Key = Callable[[tuple[Label, int]], Any]

ORDERS: Final[dict[str, Key]] = {
    "favorites": lambda found: (not found[0].favorite, -found[0].priority, -found[1], found[0].custom_slug),
    "count": lambda found: (-found[1], found[0].custom_slug),
    "slug": lambda found: (found[0].custom_slug, found[0].pk),
    "name": lambda found: (found[0].name.casefold(), found[0].pk),
    "added": lambda found: -found[0].pk,
}


def find_labels(asked: Asked, grant: Grant, *, order: str, count: int, offset: int) -> list[FoundLabel]:
    """A part of the labels that were asked for; of all of them, those of little meaning only come with `all`.

    Raises QueryError.
    """
    key = _key_of(order)
    rows = labels_seen(grant).filter(asked.condition)
    if not asked.has("all") and asked.condition == ALL:
        rows = rows.filter(MEANT)
    chosen = sorted(with_counts(rows, grant), key=key)[offset : offset + count]
    return with_covers(chosen, grant)


def with_counts(rows: QuerySet[Any], grant: Grant) -> list[tuple[Label, int]]:
    """Labels that are seen, each with the number of its photos that the grant sees."""
    labels = list(rows)
    counts = _count_photos(labels, grant)
    return [(label, counts[label.pk]) for label in labels]


def with_covers(counted: Sequence[tuple[Any, int]], grant: Grant) -> list[FoundLabel]:
    """The same with the hash of the picture that stands for each: the chosen one, else that of the newest photo."""
    thumbs = _thumbs([label for label, _ in counted], grant)
    return [FoundLabel(label, photos, thumbs.get(label.pk, "")) for label, photos in counted]


def describe_labels(labels: Sequence[Label], grant: Grant) -> dict[int, FoundLabel]:
    """These labels by their ids, whether or not the grant sees a photo of them."""
    seen = list(labels_seen(grant).filter(pk__in=[label.pk for label in labels]))
    counts, thumbs = _count_photos(seen, grant), _thumbs(seen, grant)
    return {label.pk: FoundLabel(label, counts.get(label.pk, 0), thumbs.get(label.pk, "")) for label in labels}


def cover_of(uid: str, grant: Grant) -> str:
    """The hash of the picture that stands for a label, "" if the grant sees none."""
    label = labels_seen(grant).filter(uid=uid).first()
    return _thumbs([label], grant).get(label.pk, "") if label else ""


def count_labels(grant: Grant) -> int:
    """How many labels the list has, up to a minute ago."""
    if grant.scope is not None or not grant.may("library.search_label"):
        return 0
    return remembered("label-count", grant, labels_seen(grant).filter(MEANT).count)


def known_labels(uids: Collection[str], grant: Grant) -> list[Label]:
    """These labels, hidden and merged ones too, if the grant sees a photo of theirs or of a label below them."""
    rows = list(Label.objects.filter(uid__in=uids).select_related("merged_into"))
    below = below_each([row.pk for row in rows])
    wanted = {pk for row in rows for pk in (row.pk, *below[row.pk])}
    known = set(labels_known(grant).filter(pk__in=wanted).values_list("pk", flat=True))
    return [row for row in rows if known & {row.pk, *below[row.pk]}]


def heard_labels(uids: Sequence[str], grant: Grant) -> list[str]:
    """Which of the labels, hidden ones among them, the grant may be told of."""
    if not grant.may("library.search_label"):
        return []
    found = {label.uid for label in known_labels(uids, grant)}
    return [uid for uid in uids if uid in found]


def labels_seen(grant: Grant) -> QuerySet[Any]:
    """The labels of photos on the grant's timeline."""
    return labels_known(grant).filter(deleted_at__isnull=True)


def labels_known(grant: Grant) -> QuerySet[Any]:
    """The same with those that were hidden or merged.

    Whether there is a photo is looked up now: the kept counts may be older than what was made private since.
    """
    return Label.objects.filter(Exists(_seen_of(OuterRef("pk"), grant)))


def _seen_of(label: Any, grant: Grant) -> QuerySet[PhotoLabel]:
    """The rows of a label on photos that are seen."""
    seen = Photo.objects.filter(visible_q(grant, Shown(), "few"), pk=OuterRef("photo"))
    return PhotoLabel.objects.filter(Exists(seen), label=label, uncertainty__lt=REMOVED)


def _count_photos(labels: Sequence[Label], grant: Grant) -> dict[int, int]:
    """The photos of each label that the grant sees, by the label's id; at least the one that was just met."""
    counts: dict[int, int] = {}
    if grant.scope is not None or grant.role not in LIBRARY_ROLES:
        counts = _grouped(PhotoLabel.objects.filter(photo__in=find("", grant).values("pk")))
    else:
        owned = _owned(grant)
        own = _grouped(PhotoLabel.objects.filter(owned, photo__listed=True)) if owned is not None else {}
        counts = {label.pk: label.photo_count + own.get(label.pk, 0) for label in labels}
    return {label.pk: max(1, counts.get(label.pk, 0)) for label in labels}


def _thumbs(labels: Sequence[Any], grant: Grant) -> dict[int, str]:
    """The picture of each label, by its id."""
    chosen = seen_thumbs((label.thumb for label in labels if label.thumb_src == MANUAL), grant)
    others = [label.pk for label in labels if label.thumb not in chosen]
    newest = Subquery(_seen_of(OuterRef("pk"), grant).order_by("-photo").values("photo")[:1])
    covers = Label.objects.filter(pk__in=others).annotate(cover=newest).values_list("pk", "cover")
    photos = {pk: photo for pk, photo in covers if photo} if others else {}
    pictures = hashes(photos.values())
    return {
        label.pk: label.thumb if label.thumb in chosen else pictures.get(photos.get(label.pk, 0), "")
        for label in labels
    }


def _owned(grant: Grant) -> Q | None:
    """Which photos beside the shared library's, whose numbers are kept, count for this grant; None for none."""
    days = DayCount.objects.filter(photos__gt=0)
    if grant.sees_all:
        return Q(photo__owner__isnull=False) if days.exclude(owner_key=0).exists() else None
    return Q(photo__owner=grant.owner_id) if days.filter(owner_key=grant.owner_id or -1).exists() else None


def _grouped(rows: QuerySet[Any]) -> dict[int, int]:
    sure = rows.filter(uncertainty__lt=REMOVED).order_by()
    return dict(sure.values("label").annotate(photos=Count("pk")).values_list("label", "photos"))


def _key_of(order: str) -> Key:
    name = order.strip().lower() or "favorites"
    if name not in ORDERS:
        raise UnknownLabelOrder(order)
    return ORDERS[name]
