"""Writes what the label model saw in a photo: its labels, what they are kinds of, and the impression itself."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from library import sources
from library.classify.packing import unpack
from library.classify.rules import rules
from library.classify.seeing import VERSION, Impression
from library.counts import recount_labels
from library.models import Category, Classification, Label, Photo, PhotoLabel
from library.search.sql import upsert
from library.search.words import REMOVED


def save_impression(photo: Photo, impression: Impression, now: datetime) -> bool:
    """Brings the labels of a photo in line with what was seen; whether any changed.

    What a person said of a label stays, one that was taken away is not seen again, nor what is a kind of it; and a
    label that was deleted is given to no photo; one that was merged stands for the label it is part of now.
    """
    _keep(photo, impression, now)
    rows = {row.label_id: row for row in PhotoLabel.objects.filter(photo=photo).select_related("label")}
    refused = {row.label.slug for row in rows.values() if row.uncertainty >= REMOVED}
    seen = {one.slug: one.uncertainty for one in rules().without(impression.labels, refused)}
    labels, sure = _meant(labels_for(seen.keys()), seen)
    gone = [
        row for pk, row in rows.items() if row.src == sources.IMAGE and row.uncertainty < REMOVED and pk not in sure
    ]
    if gone:
        PhotoLabel.objects.filter(pk__in=[row.pk for row in gone]).delete()
        recount_labels({row.label_id for row in gone})
    changed = [row for pk, row in rows.items() if pk in sure and _is_other(row, sure[pk])]
    for row in changed:
        row.src, row.uncertainty = sources.IMAGE, sure[row.label_id]
    PhotoLabel.objects.bulk_update(changed, ["src", "uncertainty"])
    new = [
        PhotoLabel(photo=photo, label=label, src=sources.IMAGE, uncertainty=sure[pk])
        for pk, label in labels.items()
        if pk not in rows and label.deleted_at is None
    ]
    PhotoLabel.objects.bulk_create(new, ignore_conflicts=True)
    return bool(gone or changed or new)


def _meant(labels: Iterable[Label], seen: dict[str, int]) -> tuple[dict[int, Label], dict[int, int]]:
    """The labels by their ids, with those that some were merged into; and how unsure each is."""
    meant: dict[int, Label] = {}
    sure: dict[int, int] = {}
    for label in labels:
        for one in filter(None, (label, label.merged_into)):
            meant[one.pk] = one
            sure[one.pk] = min(seen[label.slug], sure.get(one.pk, REMOVED))
    return meant, sure


def labels_for(slugs: Collection[str]) -> list[Label]:
    """The labels of the tree with these slugs, deleted ones too; made if they are not there, with all above them."""
    tree = rules()
    wanted = {line for slug in slugs for line in (slug, *tree.above(slug))}
    if not wanted:
        return []
    known = _labels(wanted)
    if missing := sorted(wanted - known.keys()):
        kinds = [tree.kinds[slug] for slug in missing]
        made = [Label(slug=kind.slug, custom_slug=kind.slug, name=kind.name, priority=kind.rank) for kind in kinds]
        Label.objects.bulk_create(made, ignore_conflicts=True)
        known |= _labels(missing)
    _link(known)
    return [known[slug] for slug in slugs]


def _keep(photo: Photo, impression: Impression, now: datetime) -> None:
    row = Classification(
        photo=photo, version=VERSION, seen_at=now, classes=impression.classes, vector=impression.vector
    )
    upsert(Classification, [row], unique=("photo",), columns=("version", "seen_at", "classes", "vector"))


def _is_other(row: PhotoLabel, uncertainty: int) -> bool:
    """Whether the model may and does say something else of a label that the photo has."""
    may = row.uncertainty < REMOVED and sources.better(sources.IMAGE, row.src)
    return may and (row.src, row.uncertainty) != (sources.IMAGE, uncertainty)


def _labels(slugs: Iterable[str]) -> dict[str, Label]:
    found = Label.objects.filter(slug__in=list(slugs)).select_related("merged_into")
    return {label.slug: label for label in found}


def _link(labels: dict[str, Label]) -> None:
    """Each label has all that it is a kind of as its categories, so that one step finds it by any of them."""
    tree = rules()
    wanted = {
        (label.pk, labels[parent].pk)
        for slug, label in labels.items()
        for parent in tree.above(slug)
        if parent in labels
    }
    known: Any = Category.objects.filter(label__in=[pk for pk, _ in wanted]).values_list("label", "parent")
    new = [Category(label_id=pk, parent_id=parent) for pk, parent in sorted(wanted - set(known))]
    Category.objects.bulk_create(new, ignore_conflicts=True)


def sees(photo: Photo, slug: str) -> bool:
    """Whether the model has seen in the photo what a label of this slug means, and so would say it again."""
    kept = Classification.objects.filter(photo=photo).values_list("classes", flat=True).first()
    return kept is not None and slug in _likely(bytes(kept))


def _likely(classes: bytes) -> set[str]:
    numbers = {number for number, _ in unpack(classes)}
    lines = {slug for slug, kind in rules().kinds.items() if numbers & {*kind.classes}}
    return lines | {above for slug in lines for above in rules().above(slug)}
