"""Who is at a connection before Django sees it: by the cookie of a page, or by the access token that an app sends."""

import json
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from library.access import Grant
from sharing.accounts import account_of
from sharing.authentication import find_token, token_in
from sharing.grants import grant_for_account, grant_for_token, public_grant


def grant_for_headers(headers: dict[bytes, bytes]) -> Grant | None:
    """The grant of a signed-in page, read anew from the database; None without one."""
    if settings.OPTIONS.is_public:
        return public_grant()
    key = _session_key(headers.get(b"cookie", b"").decode("latin-1"))
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return _or_none(grant_for_account(account_of(user))) if isinstance(user, User) else None


def grant_for_upload(headers: dict[bytes, bytes]) -> Grant | None:
    """Who wants to send files: by a token in a header, else as a page. Only a first look, before a body is read."""
    named = HttpRequest()
    for name, value in headers.items():
        named.META[f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"] = value.decode("latin-1")
    if token := token_in(named):
        found = find_token(token, timezone.now())
        return _or_none(grant_for_token(found)) if found else None
    return grant_for_headers(headers)


def grant_for_message(text: str) -> Grant | None:
    """The grant of the token in `{"session": "..."}`, what PhotoPrism's apps send when they connect."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return None
    token = given.get("session") if isinstance(given, dict) else None
    found = find_token(token, timezone.now()) if isinstance(token, str) and token else None
    return _or_none(grant_for_token(found)) if found else None


def _session_key(cookies: str) -> str:
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _or_none(grant: Grant) -> Grant | None:
    return grant if grant.role else None
