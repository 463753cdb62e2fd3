"""The filter on what pictures look like."""

from django.db.models import Q

from library.access import Grant
from library.search.answers import Answer
from library.search.compile import NOTHING, grant_filter
from library.search.likeness import KEY, most_like


@grant_filter(KEY)
def similar(value: str, grant: Grant) -> Answer:
    """What looks like a photo, given by its UID, which has to be one that may be seen."""
    ids = most_like(value, grant).ids
    return Q(pk__among=ids) if ids else NOTHING
