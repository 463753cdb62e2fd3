"""Builds the Grant of whoever asks: an account, an access token, a media token, or anybody in public mode."""

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from library.access import NOBODY, Grant
from library.query import EVERYTHING, Node, Not
from sharing.acl import ADMIN, GUEST, permissions_of
from sharing.models import AccessToken, Account

PUBLIC_TOKEN: Final = "public"  # noqa: S105 - what apps are told where no secret is needed
REVOKED_WITHIN: Final = 5.0  # seconds for which a process may still honour a media token that was taken back
TOKEN_LENGTH: Final = 64  # characters; what is longer is not worth remembering as wrong
_MOST_REMEMBERED: Final = 4096

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


def public_grant() -> Grant:
    """Public mode: everybody acts as the first administrator, with tokens that are no secret."""
    return _recall("mode", PUBLIC_TOKEN, _find_public) or NOBODY


def grant_for_preview_token(token: str) -> Grant | None:
    """Whose thumbs an address with this token shows, None for nobody's. A token taken back ends within 5 s."""
    if settings.OPTIONS.is_public:
        return public_grant()
    if len(token) > TOKEN_LENGTH:
        return None
    return _recall("preview_token", token, lambda: _find_media_grant(preview_token=token))


def grant_for_download_token(token: str) -> Grant | None:
    """As `grant_for_preview_token`, for addresses of originals."""
    if settings.OPTIONS.is_public:
        return public_grant()
    if len(token) > TOKEN_LENGTH:
        return None
    return _recall("download_token", token, lambda: _find_media_grant(download_token=token))


def forget_grants() -> None:
    """Makes this process look up every media token anew."""
    _remembered.clear()


def _scope_of(role: str) -> Node | None:
    """A guest sees what is shared with them, and nothing else."""
    return Not(EVERYTHING) if role == GUEST else None


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
    access = AccessToken.objects.filter(**token).select_related("user__account").first()
    if access is None or access.user is None or access.has_ended(timezone.now()):
        return None
    return _or_none(grant_for_account(access.user.account, access))


def _or_none(grant: Grant) -> Grant | None:
    return grant if grant.role else None
