"""Builds the Grant of whoever asks: an account, a token, a visitor of a link, or anybody in public mode."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from albums.contents import scope_of, visible_albums
from library.access import NOBODY, Grant
from library.query import EVERYTHING, Node, Not
from sharing.acl import ADMIN, GUEST, VISITOR, permissions_of
from sharing.models import AccessToken, Account, Link

PUBLIC_TOKEN: Final = "public"  # noqa: S105 - what apps are told where no secret is needed
REVOKED_WITHIN: Final = 5.0  # seconds for which a process may still honour a media token that was taken back
TOKEN_LENGTH: Final = 64  # characters; what is longer is not worth remembering as wrong
_MOST_REMEMBERED: Final = 4096

# Within what is shared with them, searching is no more than looking.
VISITOR_MAY: Final = permissions_of(VISITOR) | {"library.search_photo"}
# What lets an account see more than it shares: a link shows neither private nor archived photos, nor those in review.
_NOT_LENT: Final = frozenset(["library.view_private", "library.archive_photo", "library.update_photo"])

_remembered: dict[tuple[str, str], tuple[float, Grant | None]] = {}


def grant_for_account(account: Account, token: AccessToken | None = None) -> Grant:
    """What the account may do and see; a token narrows it to its scope and brings its own media tokens."""
    if not account.user.is_active:
        return NOBODY
    holder = token or account
    return Grant(
        user=account.user,
        role=account.role,
        permissions=permissions_of(account.role, token.scope if token else "*"),
        scope=_scope_of(account.role),
        preview_token=holder.preview_token,
        download_token=holder.download_token,
    )


def grant_for_token(token: AccessToken) -> Grant:
    """What the holder of a session, an app password or a link's visit may do; NOBODY once that has ended."""
    if token.link is not None:
        return grant_for_link(token.link, token)
    return grant_for_account(token.user.account, token) if token.user else NOBODY


def grant_for_link(link: Link, token: AccessToken | None = None) -> Grant:
    """What whoever opened the link may do and see, with the media tokens of their visit; NOBODY once it has ended."""
    lender = None if link.has_ended(timezone.now()) else lender_of(link)
    if lender is None:
        return NOBODY
    return Grant(
        role=VISITOR,
        permissions=VISITOR_MAY if link.can_download else VISITOR_MAY - {"library.download_photo"},
        scope=scope_of(link.share_uid),
        preview_token=token.preview_token if token else "",
        download_token=token.download_token if token else "",
        hides_places=link.hide_places,
        lender=lender,
    )


def lender_of(link: Link) -> Grant | None:
    """What the account that made a link may show, None once it may not share what the link is for."""
    user = link.created_by
    account = Account.objects.filter(user=user).select_related("user").first() if user else None
    grant = grant_for_account(account) if account else NOBODY
    if not grant.may("sharing.add_link"):
        return None
    lender = replace(grant, permissions=grant.permissions - _NOT_LENT)
    return lender if visible_albums(lender).filter(uid=link.share_uid).exists() else None


def public_grant() -> Grant:
    """Public mode: everybody acts as the first administrator, with tokens that are no secret."""
    return _recall("mode", PUBLIC_TOKEN, _find_public) or NOBODY


def grant_for_preview_token(token: str) -> Grant | None:
    """Whose thumbs an address with this token shows, None for nobody's. A token taken back ends within 5 s."""
    return _media_grant("preview_token", token)


def grant_for_download_token(token: str) -> Grant | None:
    """As `grant_for_preview_token`, for addresses of originals."""
    return _media_grant("download_token", token)


def forget_grants() -> None:
    """Makes this process look up every media token anew."""
    _remembered.clear()


def _scope_of(role: str) -> Node | None:
    """A guest sees what is shared with them, and nothing else."""
    return Not(EVERYTHING) if role == GUEST else None


def _media_grant(kind: str, token: str) -> Grant | None:
    """In public mode every token is everybody's, but for those of visitors, who come to see one album."""
    found = None
    if len(token) <= TOKEN_LENGTH:
        found = _recall(kind, token, lambda: _find_media_grant(**{kind: token}))
    if settings.OPTIONS.is_public:
        return found if found and found.role == VISITOR else public_grant()
    return found


def _recall(kind: str, key: str, find: Callable[[], Grant | None]) -> Grant | None:
    now = time.monotonic()
    known = _remembered.get((kind, key))
    if known and known[0] > now:
        return known[1]
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    grant = find()
    _remembered[kind, key] = (now + REVOKED_WITHIN, grant)
    return grant


def _find_public() -> Grant | None:
    user = User.objects.filter(account__role=ADMIN, is_active=True).select_related("account").order_by("pk").first()
    if user is None:
        return None
    return Grant(
        user=user,
        role=ADMIN,
        permissions=permissions_of(ADMIN) - {"sharing.change_password", "sharing.manage_accounts"},
        preview_token=PUBLIC_TOKEN,
        download_token=PUBLIC_TOKEN,
    )


def _find_media_grant(**token: str) -> Grant | None:
    if not all(token.values()):
        return None
    account = Account.objects.filter(**token).select_related("user").first()
    if account is not None:
        return _or_none(grant_for_account(account))
    access = AccessToken.objects.filter(**token).select_related("user__account", "link__created_by").first()
    if access is None or access.has_ended(timezone.now()):
        return None
    return _or_none(grant_for_token(access))


def _or_none(grant: Grant) -> Grant | None:
    return grant if grant.role else None
