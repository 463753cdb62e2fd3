"""The filter `s:`, which names albums by their UIDs, and what it and `album:` stand for in a query."""

from albums.contents import SCOPE_KEY, answer_for, query_for, visible_albums
from library.access import Grant
from library.query import Node
from library.query.values import one_of
from library.search.answers import Answer
from library.search.compile import grant_filter
from library.search.stored import stands_for


@grant_filter(SCOPE_KEY)
def within_albums(value: str, grant: Grant) -> Answer:
    """The photos of these albums, as far as the albums may be seen."""
    return answer_for(visible_albums(grant).filter(uid__in=one_of(value)), grant)


@stands_for(SCOPE_KEY)
def albums_written_out(value: str, grant: Grant, within: frozenset[str]) -> Node:
    return query_for(visible_albums(grant).filter(uid__in=one_of(value)), grant, within)
