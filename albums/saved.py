"""Saved searches: the form in which a search is kept, so that it means the same whenever it is read again."""

from typing import Final

from django.utils.translation import gettext as _

from library.access import Grant
from library.query import QueryError, parse, unparse
from library.search import find
from library.search.ordering import order_named

LONGEST: Final = 4000


class NotSaved(QueryError):
    """A search that cannot be kept; its text is a sentence for who wanted to."""


def kept_query(text: str, grant: Grant) -> str:
    """The search in the normal form of the language. Raises QueryError for one that could not be answered."""
    node = parse(text)
    find(node, grant)
    kept = unparse(node)
    if len(kept) > LONGEST or parse(kept) != node:
        raise NotSaved(_("This search is too long to be kept."))
    if text.strip() and not kept:
        raise NotSaved(_("This search looks for nothing in particular; type what the album is to show."))
    return kept


def kept_order(name: str) -> str:
    """The sort order of an album, "" for the usual one. Raises UnknownOrder."""
    if name.strip():
        order_named(name)
    return name.strip().lower()
