"""What a query finds in the order of how well it matches: like the photos that it names, or what its words say."""

from typing import Final

from library.models import Photo
from library.search.asked import Asked
from library.search.compile import Ask, to_q
from library.search.likeness import ORDER, most_like, split_likeness
from library.search.matches import found_by, goes_by_meaning_alone, matches_of

BY_MATCH: Final = "relevance"


def can_rank(asked: Asked) -> bool:
    """Whether some of what is found may match better than the rest. Raises QueryError."""
    return is_ranked(asked, BY_MATCH) or matches_of(asked) is not None


def is_about_matches(asked: Asked) -> bool:
    """Whether likeness is all that is asked for, so that the best matches are wanted first."""
    return is_ranked(asked, BY_MATCH) or goes_by_meaning_alone(asked)


def count_ranked(asked: Asked) -> int:
    """How many photos there are in that order. Raises QueryError."""
    return len(ranked_ids(asked)) if is_ranked(asked, BY_MATCH) else len(found_by(asked))


def is_ranked(asked: Asked, order: str) -> bool:
    """Whether this order means likeness to photos, and the query names such."""
    return order.strip().lower() in (ORDER, BY_MATCH) and bool(split_likeness(asked.node)[0])


def ranked_ids(asked: Asked) -> list[int]:
    """The ids of what is found, the most like first. Raises QueryError."""
    value, rest = split_likeness(asked.node)
    ranks = most_like(value, asked.grant).ids
    if not ranks:
        return []
    ask = Ask(asked.grant, "few", asked.lexicon)
    found = Photo.objects.filter(asked.bound("few"), to_q(rest, ask), pk__among=ranks)
    passed = set(found.order_by().values_list("pk", flat=True))
    return [pk for pk in ranks if pk in passed]
