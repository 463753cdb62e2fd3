"""Filters on labels, keywords and the text in pictures."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from slugify import slugify

from library.classify.rules import rules
from library.meta import clean
from library.models import Category, Keyword, Label, PhotoKeyword, PhotoLabel
from library.query import QueryTooLong
from library.query.synonyms import synonyms
from library.query.syntax import MAX_TERMS
from library.query.values import all_of, pattern, split, words
from library.search.answers import Answer, Linked, any_of
from library.search.compile import search_filter
from library.search.families import DEEPEST
from library.search.sql import like, starts_with
from library.search.texts_read import with_any
from library.search.words import PREFIX_LENGTH, REMOVED


@search_filter("label")
def label(value: str) -> Answer:
    """By name, as its form in addresses has it, or else another word for it, with those below; `&` asks for both."""
    return tuple(
        Linked(PhotoLabel.objects.filter(label__in=_labels(group), uncertainty__lt=REMOVED)) for group in all_of(value)
    )


@search_filter("keywords", "keyword")
def keywords(value: str) -> Answer:
    """Words of four letters and more are beginnings; a blank between them and `&` ask for both."""
    wanted = words(value)
    if len(wanted) > MAX_TERMS:
        raise QueryTooLong(f"A search may have at most {MAX_TERMS} words and filters; this one has {len(wanted)}.")
    return tuple(
        Linked(PhotoKeyword.objects.filter(keyword__in=Keyword.objects.filter(_keywords_q(group)))) for group in wanted
    )


@search_filter("text")
def text(value: str) -> Answer:
    """What is read in the picture: a word of four letters or more is a beginning, several are a phrase; `*` is any."""
    return tuple(with_any([pattern(piece) for piece in split(group, "|")]) for group in split(value, "&"))


def _labels(names: tuple[str, ...]) -> QuerySet[Label]:
    """Labels of these names, or with which labels of these names were merged, and the labels under them."""
    named = Label.objects.filter(_labels_q(names))
    merged = named.filter(merged_into__isnull=False).values("merged_into")
    wanted = Q(pk__in=named.filter(deleted_at__isnull=True).values("pk")) | Q(pk__in=merged)
    level: QuerySet[Any] = Label.objects.filter(wanted).values("pk")
    for _ in range(DEEPEST):
        level = Category.objects.filter(parent__in=level).values("label")
        wanted |= Q(pk__in=level)
    return Label.objects.filter(wanted, deleted_at__isnull=True)


def _labels_q(wanted: Iterable[str]) -> Q:
    """By slug in one list: a condition for each would soon be more than SQLite bears within each other.

    Other words for a name count where no label is called so itself.
    """
    forms = [_forms(name) for name in wanted]
    slugs = set().union(*forms)
    called = Label.objects.filter(Q(slug__in=slugs) | Q(custom_slug__in=slugs))
    known = {slug for pair in called.values_list("slug", "custom_slug") for slug in pair}
    for own in forms:
        if not own & known:
            slugs |= {*synonyms(own), *rules().meant_by(own)}
    return Q(slug__in=slugs) | Q(custom_slug__in=slugs)


def _forms(name: str) -> set[str]:
    slugs = {slug for slug in (slugify(name), clean.slug(name)) if slug}
    return slugs | {slug.removesuffix("s") for slug in slugs}


def _keywords_q(group: tuple[str, ...]) -> Q:
    """Any of them, or a keyword that has the sign between them in it."""
    return any_of(map(_keyword_q, group)) | Q(keyword="|".join(group).lower())


def _keyword_q(wanted: str) -> Q:
    found = pattern(wanted.lower())
    if not found.is_literal:
        return starts_with("keyword", found.prefix) & like("keyword", found)
    word = found.prefix
    return starts_with("keyword", word) if len(word) >= PREFIX_LENGTH else Q(keyword=word)
