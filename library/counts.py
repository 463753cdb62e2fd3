"""Kept counts: photos per day, label, place; and the numbers beside the views."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from library.access import Grant
from library.models import DayCount, ErrorLog, Label, Photo, PhotoLabel
from library.models.photo import HIDDEN, PhotoType
from library.models.trouble import Level
from library.quality import REVIEW_BELOW
from library.search import VIEWS, find
from library.search.buckets import kept_days
from library.search.changes import forget_old_changes
from library.search.sql import LocalDay, refresh_statistics, upsert
from library.search.words import REMOVED
from places.models import Place

# Days recounted in one transaction, or ids in one statement: few enough that others do not wait long.
BATCH: Final = 100

_LIVING: Final = Q(deleted_at__isnull=True)
_COLUMNS: Final = {
    "photos": Q(listed=True),
    "videos": Q(listed=True, type=PhotoType.VIDEO),
    "review": _LIVING & Q(private=False, quality__gt=HIDDEN, quality__lt=REVIEW_BELOW),
    "archived": Q(deleted_at__isnull=False, quality__gt=HIDDEN),
    "private": _LIVING & Q(private=True, quality__gt=HIDDEN),
}
_NO_PHOTOS: Final = dict.fromkeys(_COLUMNS, 0)


def recount_days(days: Iterable[date]) -> None:
    """Brings the counts of these local days in line with their photos; called in the transaction that changed them."""
    for some in _batches(sorted(set(days))):
        with transaction.atomic():
            _recount(some)
            forget_old_changes()


def recount_all_days() -> None:
    """Counts every day anew and drops the rows of days without photos."""
    known = Photo.objects.order_by().values_list(LocalDay("taken_at_local"), flat=True).distinct()
    recount_days({date.fromisoformat(day) for day in known} | set(DayCount.objects.values_list("day", flat=True)))
    with transaction.atomic():
        DayCount.objects.filter(**_NO_PHOTOS).delete()


def recount_photos(touched: Collection[int] | None = None) -> None:
    """Counts the listed photos of labels and places anew: of those that the touched photos have, or of all.

    Only the shared library counts, as everybody is told the numbers. Called after much has changed, as at the end of
    indexing. `touched` are ids of photos.
    """
    refresh_statistics(Photo)
    _write_counts(_of(Label, PhotoLabel, "label", touched), _labelled())
    placed = _shared().filter(place=OuterRef("pk"))
    _write_counts(_of(Place, Photo, "place", touched), placed.order_by().values("place"))


def recount_labels(labels: Collection[int]) -> None:
    """Counts the listed photos of these labels anew, given by their ids."""
    _write_counts(Label.objects.filter(pk__in=list(labels)), _labelled())


def recount_places(places: Iterable[str]) -> None:
    """Counts the listed photos of these places anew, given by their ids."""
    placed = Photo.objects.filter(place=OuterRef("pk"), listed=True)
    _write_counts(Place.objects.filter(pk__in=list(places)), placed.order_by().values("place"))


def count_views(grant: Grant) -> dict[str, int]:
    """How many photos each view holds, and how many problems indexing found, for who may see them."""
    kept = {view: days for view in VIEWS if (days := kept_days(grant, view))}
    counts = {view: find("", grant, view=view, reach="all").count() for view in VIEWS if view not in kept}
    for owners in {days.owners for days in kept.values()}:
        views = [view for view, days in kept.items() if days.owners == owners]
        sums = {f"{view}_total": Coalesce(Sum(kept[view].column), 0) for view in views}
        summed = kept[views[0]].rows().aggregate(**sums)
        counts |= {view: summed[f"{view}_total"] for view in views}
    errors = ErrorLog.objects.exclude(level=Level.SKIPPED).count() if grant.may("library.view_errors") else 0
    return {"all": counts[""], **{view: counts[view] for view in VIEWS if view}, "errors": errors}


def _recount(days: Sequence[date]) -> None:
    """The row of a day's shared library is its lock, and therefore stays when it counts nothing."""
    _lock(days)
    counted = {(date.fromisoformat(row.pop("local_day")), row.pop("owner") or 0): row for row in _counted(days)}
    known = dict.fromkeys(DayCount.objects.filter(day__in=days).values_list("day", "owner_key"), _NO_PHOTOS)
    rows = [DayCount(day=day, owner_key=owner, **row) for (day, owner), row in (known | counted).items()]
    upsert(DayCount, rows, unique=("day", "owner_key"), columns=tuple(_COLUMNS))


def _lock(days: Sequence[date]) -> None:
    """Waits for others who count these days; in the order of the days, so that nobody waits for each other."""
    rows = DayCount.objects.filter(day__in=days, owner_key=0).order_by("day")
    locked = set(rows.select_for_update().values_list("day", flat=True))
    if len(locked) == len(days):
        return
    DayCount.objects.bulk_create([DayCount(day=day) for day in days if day not in locked], ignore_conflicts=True)
    list(rows.select_for_update())


def _counted(days: Sequence[date]) -> Any:
    spans = Q(pk__in=[])
    for first, last in _spans(days):
        spans |= Q(taken_at_local__gte=_midnight(first), taken_at_local__lt=_midnight(last + timedelta(days=1)))
    grouped = Photo.objects.filter(spans).order_by().values("owner", local_day=LocalDay("taken_at_local"))
    return grouped.annotate(**{column: Count("pk", filter=condition) for column, condition in _COLUMNS.items()})


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Days that follow each other, as first and last: one range for a holiday."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > timedelta(days=1):
            yield first, last
            first = day
        last = day
    yield first, last


def _batches(days: Sequence[date]) -> Iterator[Sequence[date]]:
    for start in range(0, len(days), BATCH):
        yield days[start : start + BATCH]


def _labelled() -> Any:
    """The rows of a label on photos of the shared library, grouped."""
    rows = PhotoLabel.objects.filter(
        label=OuterRef("pk"), uncertainty__lt=REMOVED, photo__listed=True, photo__owner__isnull=True
    )
    return rows.order_by().values("label")


def _shared() -> Any:
    return Photo.objects.filter(listed=True, owner__isnull=True)


def _of(kind: Any, links: Any, column: str, touched: Collection[int] | None) -> Any:
    """The labels or places that these photos have."""
    if touched is None:
        return kind.objects.all()
    photo = "pk" if links is Photo else "photo"
    ids, found = list(touched), set[Any]()
    for start in range(0, len(ids), BATCH):
        some = links.objects.filter(**{f"{photo}__in": ids[start : start + BATCH]})
        found.update(some.order_by().values_list(column, flat=True).distinct())
    return kind.objects.filter(pk__in=found)


def _write_counts(rows: Any, grouped: Any) -> None:
    total = Coalesce(Subquery(grouped.annotate(total=Count("*")).values("total")), 0)
    wrong = list(rows.annotate(counted=total).exclude(photo_count=F("counted")).only("pk", "photo_count"))
    for row in wrong:
        row.photo_count = row.counted
    rows.model.objects.bulk_update(wrong, ["photo_count"], batch_size=BATCH)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
