"""What a grant may find at all, and what a query or view has to ask for before it is shown."""

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, get_args

from django.db.models import Q

from library.access import MEMBERS, Grant
from library.models.photo import HIDDEN
from library.quality import REVIEW_BELOW
from library.query import And, Filter, Node, QueryError, conjoin
from library.query.nodes import BadValue
from library.query.values import numbers, switch
from library.search.compile import NOTHING, Ask, Reach, to_q
from library.search.sql import is_false, is_true

View: TypeAlias = Literal["", "favorites", "videos", "review", "archive", "private"]
VIEWS: Final[tuple[View, ...]] = get_args(View)

# Everyone else's grant has a scope, or finds nothing.
LIBRARY_ROLES: Final = MEMBERS

_VIEW_QUERIES: Final[dict[View, Filter]] = {
    "favorites": Filter("favorite", "yes"),
    "videos": Filter("video", "yes"),
    "review": Filter("review", "yes"),
    "archive": Filter("archived", "yes"),
    "private": Filter("private", "yes"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which photos that are usually out of sight are shown as well."""

    archived: bool = False
    private: bool = False
    review: bool = False
    hidden: bool = False


# Filters that, switched on, show what is out of sight. What is both archived and private is in the archive.
_SHOWN_BY: Final[dict[str, tuple[str, ...]]] = {
    "archived": ("archived", "private", "review"),
    "private": ("private", "review"),
    "review": ("review",),
    "hidden": ("review", "hidden"),
    "error": ("review", "hidden"),
}

# What may be opened by its address.
EVERYTHING: Final = Shown(archived=True, private=True, review=True, hidden=True)


def with_view(node: Node, view: View) -> Node:
    """The query within one of the timeline's views."""
    return conjoin(node, _VIEW_QUERIES[view]) if view else node


def asked_for(node: Node) -> Shown:
    """What the query itself names; only a filter that holds for the whole query counts."""
    shown = Shown()
    for part in node.parts if isinstance(node, And) else (node,):
        if isinstance(part, Filter) and part.value.strip():
            shown = _with_filter(shown, part)
    return shown


def permitted(shown: Shown, grant: Grant) -> Shown:
    """What is asked for, without what the grant may not see."""
    return Shown(
        archived=shown.archived and grant.may("library.archive_photo"),
        private=shown.private and grant.may("library.view_private"),
        review=shown.review and grant.may("library.update_photo"),
        hidden=shown.hidden and grant.may("library.update_photo"),
    )


def visible_q(grant: Grant, shown: Shown, reach: Reach) -> Q:
    """The bound on every search of this grant."""
    if not grant.may("library.view_photo") or not (grant.scope or grant.role in LIBRARY_ROLES):
        return NOTHING
    shown = permitted(shown, grant)
    bounds = [_state_q(shown, grant, reach)]
    if not grant.sees_all:
        bounds.append(Q(owner__isnull=True) | Q(owner=grant.owner_id) if grant.owner_id else Q(owner__isnull=True))
    if grant.scope is not None:
        bounds.append(_scope_q(grant, reach))
    combined = Q()
    for bound in bounds:
        combined &= bound
    return combined


def _state_q(shown: Shown, grant: Grant, reach: Reach) -> Q:
    if shown == Shown():
        # In an order the index of listed photos leads; without one it only keeps SQLite from a better way.
        return Q(listed=True) if reach == "all" else is_true("listed")
    condition = Q() if shown.archived else Q(deleted_at__isnull=True)
    if not shown.private:
        condition &= is_false("private")
    elif not grant.sees_all:
        # Without an account "mine" must not come to mean what belongs to nobody.
        condition &= Q(private=False) | Q(owner=grant.user_id or 0)
    if not shown.hidden:
        condition &= Q(quality__gt=HIDDEN) if shown.review else Q(quality__gte=REVIEW_BELOW)
    return condition


def _scope_q(grant: Grant, reach: Reach) -> Q:
    """A scope with a filter left empty bounds nothing by the rules of the search box; here it finds nothing."""
    scope = grant.scope
    parts = scope.parts if isinstance(scope, And) else (scope,)
    if not parts or any(isinstance(part, Filter) and not part.value.strip() for part in parts):
        return NOTHING
    try:
        return to_q(And(tuple(part for part in parts if part)), Ask(grant.lender or replace(grant, scope=None), reach))
    except QueryError:
        # A stored search that cannot be answered any more shares nothing.
        return NOTHING


def _with_filter(shown: Shown, part: Filter) -> Shown:
    is_on = switch(part.value)
    match part.key:
        case "public" if not is_on:
            return replace(shown, private=True)
        case "quality" if _reaches_below(part.value):
            return replace(shown, review=True)
        case key if is_on and key in _SHOWN_BY:
            return replace(shown, **dict.fromkeys(_SHOWN_BY[key], True))
        case _:
            return shown


def _reaches_below(value: str) -> bool:
    """Whether a value of `quality:` includes photos in review. A wrong value is for the filter to refuse."""
    try:
        return any(found.low is None or found.low < REVIEW_BELOW for found in numbers(value))
    except BadValue:
        return False
