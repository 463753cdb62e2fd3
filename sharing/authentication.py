"""X-Auth-Token, Bearer token or session cookie -> request.auth (API) and page_grant(request), a Grant."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from library.access import NOBODY, Grant
from library.permissions import page_grant
from sharing.accounts import account_of
from sharing.grants import grant_for_account, grant_for_token, public_grant
from sharing.models import AccessToken
from sharing.models.token import token_hash

# Written no more often than this, so that reading the library does not write the database.
_NOTED_EVERY = timedelta(minutes=10)
_LAST_SEEN = "last_seen"
_KEPT_AS = "access_token"


class TokenAuthentication(authentication.BaseAuthentication):
    """A token in one of the three headers that PhotoPrism's apps use. A bad or expired one is a 401, in JSON."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, Grant] | None:
        if not (given := token_in(request)):
            return None
        token = find_token(given, timezone.now())
        if settings.OPTIONS.is_public and (token is None or token.link is None):
            return None
        grant = grant_for_token(token) if token else NOBODY
        if not grant.role:
            raise AuthenticationFailed("The session has ended. Sign in again.")
        setattr(request, _KEPT_AS, token)
        return (token.user if token else None) or AnonymousUser(), grant

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The cookie of a signed-in page, with Django's CSRF check; in public mode whoever asks."""

    def authenticate(self, request: Request) -> tuple[User, Grant] | None:
        grant = page_grant(request._request)
        if not grant.role:
            return None
        # In public mode apps have no cookie and no secret; a browser that another site talks into a request
        # names that site in Origin and is held to the check.
        if not settings.OPTIONS.is_public or "Origin" in request.headers:
            self.enforce_csrf(request)
        return cast("User", grant.user), grant


class GrantMiddleware:
    """Makes `page_grant(request)` answer, at most once for a request; whoever does not ask costs no query."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        cast("Any", request).find_grant = cache(partial(_find_grant, request))
        return self.get_response(request)


def token_in(request: Request | HttpRequest) -> str:
    """The access token in the headers, or ""; other schemes than Bearer are for the proxy in front."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    bearer = value.strip() if scheme.lower() == "bearer" else ""
    return request.headers.get("X-Auth-Token", "") or request.headers.get("X-Session-ID", "") or bearer


def token_of(request: Request) -> AccessToken | None:
    """The token that this request signed in with, None for a page's cookie."""
    return getattr(request, _KEPT_AS, None)


def find_token(given: str, now: datetime) -> AccessToken | None:
    """The valid token of an active account or of a link's visitor, its use noted; None for anything else."""
    found = (
        AccessToken.objects.filter(hash=token_hash(given)).select_related("user__account", "link__created_by").first()
    )
    if found is None or (found.link is None and (found.user is None or not found.user.is_active)):
        return None
    if found.has_ended(now):
        found.delete()
        return None
    if found.last_active_at is None or now - found.last_active_at > _NOTED_EVERY:
        AccessToken.objects.filter(pk=found.pk).update(last_active_at=now)
    return found


def _find_grant(request: HttpRequest) -> Grant:
    if settings.OPTIONS.is_public:
        return public_grant()
    if not request.user.is_authenticated:
        return NOBODY
    if _is_overdue(request, timezone.now()):
        logout(request)
        return NOBODY
    return grant_for_account(account_of(request.user))


def _is_overdue(request: HttpRequest, now: datetime) -> bool:
    """Whether the page session was not used for SESSION_TIMEOUT; notes that it is used now."""
    seen = request.session.get(_LAST_SEEN, now.timestamp())
    if now.timestamp() - seen > settings.OPTIONS.session_timeout:
        return True
    if now.timestamp() - seen > _NOTED_EVERY.total_seconds() or _LAST_SEEN not in request.session:
        request.session[_LAST_SEEN] = now.timestamp()
    return False
