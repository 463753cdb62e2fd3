"""Names of labels: by slug, singular or plural, or another word for the same; a label stands for those below it too."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from slugify import slugify

from library.classify.rules import rules
from library.models import Label, PhotoLabel
from library.query import Filter
from library.query.folding import forms
from library.query.synonyms import synonyms
from library.query.values import escape, one_of
from library.query.words import Meaning
from library.search.answers import Linked
from library.search.covers import hashes
from library.search.families import below_each
from library.search.names import Named, Offer, Sight, first_seen, wants_later_words
from library.search.sql import starts_with
from library.search.words import REMOVED

KEYS: Final = frozenset(["label"])


@dataclass(frozen=True, slots=True)
class _Called:
    pk: int
    slug: str
    name: str


def named(phrases: Collection[str], sight: Sight) -> dict[str, list[Named]]:
    """Labels called so; those of one phrase are one thing, by the name of the first."""
    slugs = {phrase: _slugs(phrase) for phrase in phrases}
    known = _called({slug for some in slugs.values() for slug in some})
    below = below_each({label.pk for some in known.values() for label in some})
    seen = _seen_ids({*below, *(pk for some in below.values() for pk in some)}, sight)
    found: dict[str, list[Named]] = {}
    for phrase, wanted in slugs.items():
        # A category without photos of its own stands for those below it.
        labels = [label for slug in wanted for label in known.get(slug, ()) if seen & {label.pk, *below[label.pk]}]
        if labels:
            family = seen & {pk for label in labels for pk in (label.pk, *below[label.pk])}
            meaning = Meaning("label", labels[0].name, Filter("label", escape(labels[0].slug)))
            found[phrase] = [Named(meaning, Linked(_marked(family)))]
    return found


def offered(beginning: str, sight: Sight, count: int, key: str) -> list[Offer]:
    """Labels of which a word begins so, those of many photos first."""
    slug = slugify(beginning)
    if beginning and not slug:
        return []
    rows = Label.objects.filter(deleted_at__isnull=True).order_by("-photo_count", "pk")
    starts = rows.filter(starts_with("custom_slug", slug)) if slug else rows.filter(priority__gte=0)
    labels = first_seen(starts, lambda some: _seen(some, sight), count)
    if wants_later_words(slug, len(labels), count):
        # The index of slugs is read through, not the rows.
        inside = rows.filter(pk__in=Label.objects.filter(custom_slug__contains=f"-{slug}").values("pk"))
        known = {label.pk for label in labels}
        labels += [row for row in first_seen(inside, lambda some: _seen(some, sight), count) if row.pk not in known]
    thumbs = hashes(label.cover for label in labels[:count])
    return [
        Offer(
            kind="label",
            label=label.name,
            node=Filter(key or "label", escape(label.custom_slug or label.slug)),
            thumb=thumbs.get(label.cover, ""),
            photos=partial(_photos, label.pk, sight),
            kept=sight.kept(label.photo_count),
        )
        for label in labels[:count]
    ]


def titled(key: str, values: Collection[str], sight: Sight) -> dict[str, str]:
    """The names of labels that a filter names by their slug."""
    single = {value: slugify(one_of(value)[0]) for value in values if len(one_of(value)) == 1}
    known = _called(set(single.values()))
    seen = _seen_ids({label.pk for some in known.values() for label in some}, sight)
    return {value: label.name for value, slug in single.items() for label in known.get(slug, ()) if label.pk in seen}


def _slugs(phrase: str) -> tuple[str, ...]:
    """What a label may be called that a phrase means: the phrase first, other words for the same last."""
    own = tuple(dict.fromkeys(slug for form in forms(phrase) if (slug := slugify(form))))
    return tuple(dict.fromkeys((*own, *rules().meant_by(own), *synonyms(own))))


def _called(slugs: Collection[str]) -> Mapping[str, list[_Called]]:
    """The labels by each slug they are known by: today's, the first, and those of labels merged into them."""
    found: dict[str, list[_Called]] = defaultdict(list)
    if slugs:
        called = Q(slug__in=slugs) | Q(custom_slug__in=slugs)
        is_there = Q(deleted_at__isnull=True) | Q(merged_into__isnull=False, merged_into__deleted_at__isnull=True)
        for label in Label.objects.filter(called, is_there).select_related("merged_into"):
            own = label.merged_into or label
            for known in {label.slug, label.custom_slug} & set(slugs):
                found[known].append(_Called(own.pk, own.custom_slug or own.slug, own.name))
    return found


def _seen_ids(labels: Collection[int], sight: Sight) -> set[int]:
    if not labels:
        return set()
    return set(_seen(Label.objects.filter(pk__in=labels), sight).values_list("pk", flat=True))


def _seen(labels: QuerySet[Any], sight: Sight) -> QuerySet[Any]:
    """Those on a photo that is seen; `cover` is the number of one."""
    marked = PhotoLabel.objects.filter(sight.shown(), label=OuterRef("pk"), uncertainty__lt=REMOVED)
    # Whichever comes first: in an order of its own each of a hundred thousand photos would be looked at.
    cover = Subquery(marked.order_by().values("photo")[:1])
    seen: QuerySet[Any] = labels.annotate(cover=cover).filter(cover__isnull=False)
    return seen


def _photos(label: int, sight: Sight) -> QuerySet[Any]:
    return _marked([label]).filter(sight.shown()).values_list("photo", flat=True)


def _marked(labels: Iterable[int]) -> QuerySet[PhotoLabel]:
    return PhotoLabel.objects.filter(label__in=sorted(labels), uncertainty__lt=REMOVED)
