"""The lists beside that of photos (albums, labels, people, faces, folders): a query to a condition, by a table.

    LABELS = Form(
        words=holding("name"),
        filters={"uid": exactly("uid"), "name": named("name"), "favorite": only("favorite")},
        settings=("all",),
    )
    asked = LABELS.ask("lake -favorite:yes", {"all": "true", "count": "10"})
    Label.objects.filter(asked.condition)      # the word in the name, and no favourite
    asked.has("all")                           # True
    LABELS.ask("fovarite:yes")                 # UnknownFilter, a QueryError, with the nearest filter

The language is that of photos: words are anded, `|` is either, `-` or `!` is not, groups, wildcards, quotes.
An app that has such a list declares its Form beside its models: `albums.forms`, `faces.forms`; labels and folders here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

from django.db.models import Q

from library.query import And, BadValue, Filter, Node, Not, Or, Text, UnknownFilter, conjoin, parse, suggest, terms
from library.query.syntax import bounded
from library.query.values import Pattern, one_of, pattern, switch, whole_number
from library.search.answers import any_of, matches, within
from library.search.compile import ALL
from library.search.sql import like

Condition: TypeAlias = Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: a condition on its rows, and each filter and setting that holds for all of it."""

    condition: Q
    given: Mapping[str, str] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether the filter or setting was given and says yes; `all:no` and no `all` are the same."""
        return key in self.given and switch(self.given[key])

    def lacks(self, key: str) -> bool:
        """Whether it was given and says no."""
        return key in self.given and not switch(self.given[key])


@dataclass(frozen=True, slots=True)
class Form:
    """What may be asked of one list: its words, its filters, and settings that only say how to list."""

    words: Condition
    filters: Mapping[str, Condition]
    settings: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a query or a parameter may use."""
        return frozenset((*self.filters, *self.settings))

    def ask(self, query: str = "", parameters: Mapping[str, str] | None = None) -> Asked:
        """The query and the parameters, all of which must hold; a parameter of another name is for somebody else.

        Raises QueryError (UnknownFilter, BadValue, QueryTooLong) with a sentence for the person who asked.
        """
        given = parameters or {}
        node = bounded(conjoin(parse(query), *(Filter(key, given[key]) for key in given if key in self.keys)))
        for term in terms(node):
            if isinstance(term, Filter) and term.key not in self.keys:
                raise UnknownFilter(term.key, suggest(term.key, self.keys))
        parts = node.parts if isinstance(node, And) else (node,)
        plain = {part.key: part.value for part in parts if isinstance(part, Filter) and part.value.strip()}
        return Asked(self._condition(node), plain)

    def _condition(self, node: Node) -> Q:
        match node:
            case And(parts):
                return _all_of([self._condition(part) for part in parts if not self._is_open(part)])
            case Or(parts):
                closed = [part for part in parts if not self._is_open(part)]
                return any_of(self._condition(part) for part in closed) if closed else ALL
            case Not(part):
                return ALL if self._is_open(part) else ~self._condition(part)
            case Text(word):
                return self.words(word)
            case Filter():
                return ALL if self._is_open(node) else self._filter(node)

    def _filter(self, node: Filter) -> Q:
        try:
            return self.filters[node.key](node.value)
        except BadValue as error:
            raise error.of_filter(node.key) from None

    def _is_open(self, node: Node) -> bool:
        """A setting, or a value still being typed: neither restricts anything."""
        return isinstance(node, Filter) and (node.key in self.settings or not node.value.strip())


def holding(*columns: str) -> Condition:
    """The text anywhere in one of the columns."""
    return lambda value: any_of(like(column, _inside(pattern(value))) for column in columns)


def exactly(column: str) -> Condition:
    """One of `a|b`, compared as it is: UIDs, types, slugs."""
    return lambda value: Q(**{f"{column}__in": one_of(value)})


def named(*columns: str) -> Condition:
    """One of the patterns `a*|b` as the whole of a column, upper and lower case alike."""
    return lambda value: any_of(matches(column, value) for column in columns)


def counted(column: str) -> Condition:
    """Numbers and ranges: `2021|2023`, `>5`, -1 for unknown."""
    return partial(within, column)


def at_least(column: str) -> Condition:
    """A lone number is the smallest that fits; a range is meant as written."""

    def condition(value: str) -> Q:
        lowest = whole_number(value)
        return within(column, value) if lowest is None else Q(**{f"{column}__gte": lowest})

    return condition


def either_way(column: str) -> Condition:
    """Yes or no."""
    return lambda value: Q(**{column: switch(value)})


def only(column: str) -> Condition:
    """PhotoPrism's switch: yes is a restriction, no is none."""
    return lambda value: Q(**{column: True}) if switch(value) else ALL


def without(column: str) -> Condition:
    """The switch `public` over a column `private`."""
    return lambda value: Q(**{column: False}) if switch(value) else ALL


LABELS: Final = Form(
    words=holding("name", "slug", "custom_slug"),
    filters={
        "uid": exactly("uid"),
        "slug": lambda value: Q(slug__in=one_of(value)) | Q(custom_slug__in=one_of(value)),
        "name": named("name"),
        "favorite": only("favorite"),
        "photos": at_least("photo_count"),
    },
    settings=("all",),
)

FOLDERS: Final = Form(
    words=holding("title", "path"),
    filters={
        "uid": exactly("uid"),
        "path": named("path"),
        "title": named("title"),
        "category": named("category"),
        "country": exactly("country"),
        "year": counted("year"),
        "month": counted("month"),
        "day": counted("day"),
        "favorite": only("favorite"),
        "public": without("private"),
        "private": only("private"),
    },
    settings=("recursive", "files", "uncached"),
)


def _inside(found: Pattern) -> Pattern:
    return Pattern(("", *found.pieces, ""))


def _all_of(conditions: list[Q]) -> Q:
    combined = Q()
    for condition in conditions:
        combined &= condition
    return combined or ALL
