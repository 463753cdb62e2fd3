"""What looks like a photo: the filter `similar` finds it, and the order `similarity` has the most like first."""

import base64
import json
from dataclasses import dataclass
from typing import Final

import numpy as np

from library.access import Grant
from library.models import Photo
from library.query import And, BadValue, Filter, Node, QueryError, conjoin
from library.query.values import one_of
from library.search.directions import directions
from library.search.idsets import Ids
from library.search.ordering import BadPage
from library.search.visibility import EVERYTHING, visible_q

KEY: Final = "similar"
ORDER: Final = "similarity"

AT_LEAST: Final = 0.3
"""Cosine: two cats on other chairs have 0.38; of pictures that have nothing in common one pair in ten has 0.3."""
MOST_NAMED: Final = 20
"""Photos of one search: each is compared with all, a million in about 50 ms."""
MOST: Final = 1_000
"""Photos that are like one; the eye stops long before."""

# No list has more places.
_LARGEST: Final = 2**31


class NotLookedAt(QueryError):
    """Nothing is known of what the picture looks like."""

    def __init__(self) -> None:
        super().__init__(
            "The picture of this photo has not been looked at yet, so what is like it cannot be told."
            " It is when the library is indexed, or by “manage.py classify”."
        )


@dataclass(frozen=True, slots=True)
class Like:
    """Photos with how like they are to one of those that are named, from 0 to 1, the most like first."""

    likeness: dict[int, float]

    @property
    def ids(self) -> list[int]:
        return list(self.likeness)


def most_like(value: str, grant: Grant) -> Like:
    """What looks like the photos `p1|p2`, which have to be ones that may be seen; they themselves are left out.

    Raises BadValue for a photo that is not there or may not be seen, alike; NotLookedAt.
    """
    uids = one_of(value)
    if len(uids) > MOST_NAMED:
        raise BadValue(value[:40], f"a list of at most {MOST_NAMED} photos")
    named = [_named(uid, grant) for uid in uids]
    vectors = directions()
    # Of a shared album the most like are to be found even where the library has many that are more so.
    among = None if grant.scope is None else _seen(grant)
    best: dict[int, float] = {}
    for pk in named:
        vector = vectors.of(pk)
        if vector is None:
            raise NotLookedAt
        ids, scores = vectors.nearest(vector, MOST + len(named), among, at_least=AT_LEAST)
        for other, score in zip(ids.tolist(), scores.tolist(), strict=True):
            best[other] = max(score, best.get(other, 0))
    ranks = sorted((pk for pk in best if pk not in named), key=lambda pk: (-best[pk], pk))
    return Like({pk: min(best[pk], 1.0) for pk in ranks[:MOST]})


def split_likeness(node: Node) -> tuple[str, Node]:
    """The value of the filter by which what is found can be ranked, or ""; and the query without that filter."""
    parts = node.parts if isinstance(node, And) else (node,)
    for at, part in enumerate(parts):
        if isinstance(part, Filter) and part.key == KEY and part.value.strip():
            return part.value, conjoin(*parts[:at], *parts[at + 1 :])
    return "", node


def mark_of(place: int) -> str:
    """The mark of the page that begins at this place, where none of what is sorted by is in it."""
    return base64.urlsafe_b64encode(json.dumps([ORDER, place]).encode()).decode()


def place_of(mark: str) -> int:
    """Raises BadPage."""
    try:
        order, place = json.loads(base64.urlsafe_b64decode(mark.encode()))
    except (ValueError, TypeError, RecursionError):
        raise BadPage from None
    if order != ORDER or type(place) is not int or not 0 <= place <= _LARGEST:
        raise BadPage
    return place


def _named(uid: str, grant: Grant) -> int:
    visible = Photo.objects.filter(visible_q(grant, EVERYTHING, "few"), uid=uid)
    found: int | None = visible.values_list("pk", flat=True).first()
    if found is None:
        raise BadValue(uid, "the UID of a photo")
    return found


def _seen(grant: Grant) -> Ids:
    visible = Photo.objects.filter(visible_q(grant, EVERYTHING, "all")).order_by()
    return np.fromiter(visible.values_list("pk", flat=True).iterator(), np.int64)
