"""The page of labels: which of them it lists, the groups they fall into, and what one label's page tells."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.access import Grant
from library.models import Category, Label
from library.query import Filter, Node, QueryError
from library.query.values import escape
from library.search.families import below_each, family
from library.search.forms import LABELS
from library.search.labels import ORDERS, FoundLabel, labels_known, labels_seen, with_counts, with_covers

PER_PAGE: Final = 120

OFFERED_ORDERS: Final[dict[str, Promise]] = {
    "favorites": _("Favourites first"),
    "count": _("Most photos first"),
    "name": _("By name"),
    "added": _("Newest first"),
}
FAVORITES: Final = "favorites"
HIDDEN: Final = "hidden"

Counted = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class Tile:
    """A label with its own photos, and how many labels lie below it."""

    label: Label
    photos: int
    thumb: str
    below: int


@dataclass(frozen=True, slots=True)
class Group:
    """A label that others lie below, with the number of those."""

    label: Label
    count: int
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """`trail` leads to the group that is shown, which is its last; `problem` says if words are not understood."""

    kind: str
    words: str
    order: str
    counts: Mapping[str, int]
    groups: tuple[Group, ...]
    trail: tuple[Label, ...]
    inner: tuple[Group, ...]
    tiles: tuple[Tile, ...]
    page: Page[Any]
    with_all: bool
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no label at all, whatever is searched for."""
        return not self.counts["every"] and not self.counts[HIDDEN]

    @property
    def group(self) -> Label | None:
        return self.trail[-1] if self.trail else None


def list_labels(
    grant: Grant, *, kind: str, group: str, words: str, order: str, number: str, with_all: bool = False
) -> Listing:
    """What the page shows; an unknown kind, group or order is the usual one.

    `with_all` lists labels of little meaning, too; a search and a group list them anyway.
    """
    shelf = _Shelf.of(grant)
    order = order if order in OFFERED_ORDERS else FAVORITES
    trail = shelf.trail(group)
    kind = "" if trail else kind if kind in (FAVORITES, HIDDEN) else ""
    chosen = shelf.below(trail[-1]) if trail else shelf.of_kind(kind, with_all=with_all or bool(words))
    chosen, problem = _fitting(chosen, words)
    page = Paginator(sorted(chosen, key=ORDERS[order]), PER_PAGE).get_page(number)
    return Listing(
        kind,
        words,
        order,
        shelf.numbers(),
        shelf.groups(shelf.tops(), trail),
        trail,
        shelf.groups(shelf.children[trail[-1].pk] & shelf.children.keys(), ()) if trail else (),
        shelf.tiles(list(page.object_list), grant),
        page,
        with_all,
        problem,
    )


def query_of(label: Label) -> Node:
    """The search for the photos of a label and of those below it; by its first slug, which never changes."""
    return Filter("label", escape(label.slug))


def parents_of(label: Label) -> list[Label]:
    """The labels it lies directly below, by name."""
    parents = Category.objects.filter(label=label, parent__deleted_at__isnull=True).values("parent")
    return list(Label.objects.filter(pk__in=parents).order_by("name", "pk"))


def children_of(label: Label, grant: Grant) -> list[Group]:
    """The labels directly below it that are seen, or that lie above some that are."""
    children = Category.objects.filter(parent=label, label__deleted_at__isnull=True).values("label")
    rows = list(Label.objects.filter(pk__in=children).order_by("name", "pk"))
    below = below_each([row.pk for row in rows])
    wanted = {pk for row in rows for pk in (row.pk, *below[row.pk])}
    seen = set(labels_seen(grant).filter(pk__in=wanted).values_list("pk", flat=True))
    return [Group(row, len(below[row.pk] & seen)) for row in rows if seen & {row.pk, *below[row.pk]}]


def other_names(label: Label) -> list[Label]:
    """The labels that were merged into it."""
    return list(Label.objects.filter(merged_into=label).order_by("name", "pk"))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All labels that a grant may list, with their order in groups."""

    seen: dict[int, Counted]
    hidden: dict[int, Counted]
    named: dict[int, Label]
    children: Mapping[int, set[int]]
    parents: Mapping[int, set[int]]

    @classmethod
    def of(cls, grant: Grant) -> "_Shelf":
        known = with_counts(labels_known(grant).filter(merged_into__isnull=True), grant)
        seen = {label.pk: (label, photos) for label, photos in known if label.deleted_at is None}
        may_show = grant.may("library.update_label")
        hidden = {label.pk: (label, photos) for label, photos in known if label.deleted_at and may_show}
        children, parents = _links()
        missing = children.keys() - seen.keys()
        named = {pk: label for pk, (label, _photos) in seen.items()}
        named |= {label.pk: label for label in Label.objects.filter(pk__in=missing, deleted_at__isnull=True)}
        return cls(seen, hidden, named, _filled(children, named, seen), parents)

    def numbers(self) -> dict[str, int]:
        every = len(self.seen)
        favorites = sum(label.favorite for label, _photos in self.seen.values())
        meant = sum(_is_meant(label) for label, _photos in self.seen.values())
        return {"meant": meant, "every": every, "more": every - meant, FAVORITES: favorites, HIDDEN: len(self.hidden)}

    def of_kind(self, kind: str, *, with_all: bool) -> list[Counted]:
        if kind == HIDDEN:
            return list(self.hidden.values())
        if kind == FAVORITES:
            return [found for found in self.seen.values() if found[0].favorite]
        return [found for found in self.seen.values() if with_all or _is_meant(found[0])]

    def below(self, group: Label) -> list[Counted]:
        """The group itself, if it has photos of its own, and all that lies below it."""
        return [self._counted(pk) for pk in family(group.pk, self.children) if pk in self.seen or pk != group.pk]

    def trail(self, slug: str) -> tuple[Label, ...]:
        """The way to the group with this slug, from above; none if there is no such group."""
        found = next((self.named[pk] for pk in self.children if self.named[pk].slug == slug), None) if slug else None
        way: list[Label] = []
        while found is not None and found not in way:
            way.insert(0, found)
            above = sorted(self.parents.get(found.pk, set()) & self.children.keys())
            found = self.named[above[0]] if above else None
        return tuple(way)

    def tops(self) -> set[int]:
        return {pk for pk in self.children if not self.parents.get(pk, set()) & self.children.keys()}

    def groups(self, labels: Collection[int], trail: Sequence[Label]) -> tuple[Group, ...]:
        """Those with the most labels below them first."""
        shown = [Group(self.named[pk], self._size(pk), self.named[pk] in trail) for pk in labels]
        return tuple(sorted(shown, key=lambda group: (-group.count, group.label.name.casefold(), group.label.pk)))

    def tiles(self, chosen: Sequence[Counted], grant: Grant) -> tuple[Tile, ...]:
        """A group without photos of its own has the picture of the largest label below it."""
        covering = {label.pk: self._covering(label.pk) for label, _photos in chosen}
        found = {one.label.pk: one for one in with_covers([one for one in covering.values() if one], grant)}
        return tuple(
            Tile(label, photos, _thumb(found, covering[label.pk]), self._size(label.pk)) for label, photos in chosen
        )

    def _size(self, pk: int) -> int:
        return len(family(pk, self.children) - {pk})

    def _counted(self, pk: int) -> Counted:
        return self.seen.get(pk, (self.named[pk], 0))

    def _covering(self, pk: int) -> Counted | None:
        own = self.seen.get(pk) or self.hidden.get(pk)
        below = [self.seen[one] for one in family(pk, self.children) if one in self.seen]
        return own or max(below, key=lambda found: found[1], default=None)


def _thumb(found: Mapping[int, FoundLabel], covering: Counted | None) -> str:
    return found[covering[0].pk].thumb if covering else ""


def _is_meant(label: Label) -> bool:
    return label.priority >= 0 or label.favorite


def _links() -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """The children of each label that has some, and the parents of each."""
    children: dict[int, set[int]] = {}
    parents: dict[int, set[int]] = {}
    for label, parent in Category.objects.values_list("label", "parent"):
        children.setdefault(parent, set()).add(label)
        parents.setdefault(label, set()).add(parent)
    return children, parents


def _filled(
    children: Mapping[int, set[int]], named: Mapping[int, Label], seen: Mapping[int, Counted]
) -> dict[int, set[int]]:
    """Without labels that are not seen and have none below them that are."""
    living = {pk: {child for child in some if child in named} for pk, some in children.items() if pk in named}
    full = {pk for pk in living if family(pk, living) & seen.keys()}
    kept = {pk: {child for child in living[pk] if child in seen or child in full} for pk in full}
    return {pk: some for pk, some in kept.items() if some}


def _fitting(chosen: list[Counted], words: str) -> tuple[list[Counted], str]:
    if not words:
        return chosen, ""
    try:
        asked = LABELS.ask(words)
        ids = {label.pk for label, _photos in chosen}
        found = set(Label.objects.filter(asked.condition).values_list("pk", flat=True))
    except QueryError as error:
        return [], str(error)
    return [one for one in chosen if one[0].pk in ids & found], ""
