"""What a grant sees of what a query asks for: the bound of what the query finds, suggests and calls by name."""

from library.access import Grant
from library.search.names import Sight
from library.search.visibility import Shown, visible_q


def sight_of(grant: Grant, shown: Shown) -> Sight:
    """`shown` is what the query asks to see beside the timeline."""
    return Sight(grant, visible_q(grant, shown, "few"), visible_q(grant, shown, "all"))
