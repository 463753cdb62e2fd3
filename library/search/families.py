"""Which labels lie above and below others: animal, dog, poodle."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from library.models import Category

# Levels of categories that are looked through.
DEEPEST: Final = 3


def below_each(labels: Collection[int]) -> dict[int, set[int]]:
    """For each label the ids of those whose category it is, and of those below them."""
    children: dict[int, set[int]] = defaultdict(set)
    level = set(labels)
    for _ in range(DEEPEST if level else 0):
        links = list(Category.objects.filter(parent__in=level).values_list("parent", "label"))
        for parent, child in links:
            children[parent].add(child)
        level = {child for _, child in links} - set(children)
        if not level:
            break
    return {label: family(label, children) - {label} for label in labels}


def above(labels: Collection[int]) -> set[int]:
    """The ids of these labels, of their categories, and of those above them."""
    found = level = set(labels)
    while level:
        level = set(Category.objects.filter(label__in=level).values_list("parent", flat=True)) - found
        found = found | level
    return found


def family(label: int, children: Mapping[int, set[int]]) -> set[int]:
    """A label and all below it, by the children of each."""
    found, left = {label}, [label]
    while left:
        new = children.get(left.pop(), set()) - found
        found |= new
        left += new
    return found
