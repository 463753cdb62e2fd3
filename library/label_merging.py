"""Makes one label of two: photos, parents, children and names; and takes it back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import BigIntegerField, Exists, Max, Min, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from library import sources
from library.counts import recount_labels
from library.events import CountsUpdated, LabelsCreated, LabelsDeleted, LabelsUpdated, publish
from library.label_changes import tell_photos
from library.models import Category, Label, LabelMerge, PhotoLabel
from library.search.families import above
from library.search.sql import insert_from
from library.search.words import REMOVED

Row = TypeVar("Row")

# Rows in one statement.
BATCH: Final = 500


class MergeProblem(ValueError):
    """Labels cannot be merged or taken apart as asked; the text is a sentence for whoever asked."""


@transaction.atomic
def merge_label(label: Label, into: Label) -> None:
    """Gives everything of a label to another and leaves its names as other names of that one. Raises MergeProblem.

    The rows of the label stay where they are, hidden with it, so that `split_label` can take all back.
    """
    if label.pk == into.pk:
        raise MergeProblem(_("A label cannot be merged into itself."))
    # Two requests that merge two labels into each other would leave neither of them.
    there = Label.objects.select_for_update().filter(pk__in=[label.pk, into.pk], deleted_at__isnull=True).order_by("pk")
    if len(there) < 2:
        raise MergeProblem(_("One of these labels was hidden or merged meanwhile; look again."))
    record = LabelMerge(label=label, into=into)
    record.before = _strengthen(label, into)
    record.first_row, record.last_row = _add_rows(label, into)
    record.categories = _add_categories(label, into)
    record.save()
    now = timezone.now()
    Label.objects.filter(merged_into=label).update(merged_into=into)
    Label.objects.filter(pk=label.pk).update(merged_into=into, deleted_at=now, updated_at=now)
    _end(into, LabelsDeleted((label.uid,)))


@transaction.atomic
def split_label(label: Label) -> None:
    """Takes a merge back: what the label had is its own again. Raises MergeProblem."""
    record = LabelMerge.objects.select_related("into").filter(label=label).first()
    if record is None:
        raise MergeProblem(_("“%s” is not part of another label.") % label.name)
    into = record.into
    if into.merged_into_id is not None:
        raise MergeProblem(_("“%s” has been merged, too. Take that back first.") % into.name)
    _take_rows_back(record)
    Category.objects.filter(pk__in=record.categories).delete()
    record.delete()
    ours = _merged_within(label)
    Label.objects.filter(pk__in=ours).update(merged_into=label)
    Label.objects.filter(pk=label.pk).update(merged_into=None, deleted_at=None, updated_at=timezone.now())
    recount_labels([label.pk])
    _end(into, LabelsCreated((label.uid,)))


def _end(into: Label, other: LabelsCreated | LabelsDeleted) -> None:
    recount_labels([into.pk])
    publish(other)
    publish(LabelsUpdated((into.uid,)))
    publish(CountsUpdated())
    tell_photos([into.pk])


def _strengthen(label: Label, into: Label) -> list[tuple[int, str, int]]:
    """Where a photo has both: what the better source says, among equals the surer. How those rows were before."""
    theirs = PhotoLabel.objects.filter(label=label, photo=OuterRef("photo"), uncertainty__lt=REMOVED)
    said = {"their_src": Subquery(theirs.values("src")), "their_doubt": Subquery(theirs.values("uncertainty"))}
    both: QuerySet[Any] = PhotoLabel.objects.filter(Exists(theirs), label=into).order_by("pk").annotate(**said)
    before: list[tuple[int, str, int]] = []
    better = defaultdict[tuple[str, int], list[int]](list)
    for pk, src, doubt, *other in both.values_list("pk", "src", "uncertainty", "their_src", "their_doubt"):
        their_src, their_doubt = other
        if _rank(their_src, their_doubt) > _rank(src, doubt):
            before.append((pk, src, doubt))
            better[their_src, their_doubt].append(pk)
    for (src, doubt), rows in better.items():
        for some in _batches(rows):
            PhotoLabel.objects.filter(pk__in=some).update(src=src, uncertainty=doubt)
    return before


def _rank(src: str, doubt: int) -> tuple[int, int]:
    return sources.priority(src), -doubt


def _add_rows(label: Label, into: Label) -> tuple[int, int]:
    """Copies the rows of photos that do not have the other label; the ids of the first and the last copy."""
    theirs = PhotoLabel.objects.filter(label=label, uncertainty__lt=REMOVED)
    new = theirs.exclude(Exists(PhotoLabel.objects.filter(label=into, photo=OuterRef("photo")))).order_by()
    newest = PhotoLabel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    copies = new.annotate(other=Value(into.pk, output_field=BigIntegerField()))
    insert_from(
        PhotoLabel, ("photo", "src", "uncertainty", "label"), copies.values_list("photo", "src", "uncertainty", "other")
    )
    added = PhotoLabel.objects.filter(label=into, pk__gt=newest).aggregate(first=Min("pk"), last=Max("pk"))
    return added["first"] or 0, added["last"] or 0


def _add_categories(label: Label, into: Label) -> list[int]:
    """Those above and below the label, but for what would be above itself."""
    higher = above([into.pk])
    parents = Category.objects.filter(label=label).exclude(parent=into).values_list("parent", flat=True)
    children = Category.objects.filter(parent=label).exclude(label=into).values_list("label", flat=True)
    lower = {pk for pk in parents if into.pk in above([pk])}
    wanted = [(into.pk, pk) for pk in parents if pk not in lower]
    wanted += [(pk, into.pk) for pk in children if pk not in higher]
    made = [Category.objects.get_or_create(label_id=child, parent_id=parent) for child, parent in wanted]
    return [row.pk for row, is_new in made if is_new]


def _take_rows_back(record: LabelMerge) -> None:
    """What came by the merge and was not judged by anybody since."""
    known = PhotoLabel.objects.filter(
        label=record.label, photo=OuterRef("photo"), src=OuterRef("src"), uncertainty=OuterRef("uncertainty")
    )
    copies = PhotoLabel.objects.filter(label=record.into, pk__gte=record.first_row, pk__lte=record.last_row)
    # As a list: MariaDB cannot delete from a table that the condition reads.
    for some in _batches(list(copies.filter(Exists(known)).values_list("pk", flat=True))):
        PhotoLabel.objects.filter(pk__in=some).delete()
    theirs = _said_of(record.label, [pk for pk, _src, _doubt in record.before])
    for pk, src, doubt in record.before:
        if pk in theirs:
            now_src, now_doubt = theirs[pk]
            PhotoLabel.objects.filter(pk=pk, src=now_src, uncertainty=now_doubt).update(src=src, uncertainty=doubt)


def _said_of(label: Label, rows: list[int]) -> Mapping[int, tuple[str, int]]:
    """What the label says of the photos of these rows, by the row."""
    said: dict[int, tuple[str, int]] = {}
    for some in _batches(rows):
        photos = dict(PhotoLabel.objects.filter(pk__in=some).values_list("photo", "pk"))
        for photo, src, doubt in PhotoLabel.objects.filter(label=label, photo__in=photos).values_list(
            "photo", "src", "uncertainty"
        ):
            said[photos[photo]] = (src, doubt)
    return said


def _merged_within(label: Label) -> set[int]:
    """The labels that were merged into this one, and into those."""
    found: set[int] = set()
    level = {label.pk}
    while level:
        level = set(LabelMerge.objects.filter(into__in=level).values_list("label", flat=True)) - found
        found |= level
    return found


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
