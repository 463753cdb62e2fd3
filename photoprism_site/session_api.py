"""POST, GET, DELETE /api/v1/session: sign in, who am I, sign out, in the shape that PhotoPrism's apps know."""

from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.documented import documented
from library.permissions import may
from library.uid import new_access_token
from photoprism_site.client_config import client_config
from photoprism_site.client_shapes import SessionData, SessionEnded, SessionJson
from sharing.accounts import account_of
from sharing.authentication import token_of
from sharing.forms import LoginForm
from sharing.grants import grant_for_account, grant_for_token, public_grant
from sharing.limits import client_address, login_attempt
from sharing.links import VISIT, LinkEnded, LinkProblem
from sharing.models import AccessToken, TokenKind
from sharing.models.token import token_hash
from sharing.serializers import user_json, visitor_json
from sharing.visitors import UnknownLink, Visit, begin, look_up


class WrongPassword(exceptions.APIException):
    """DRF's own AuthenticationFailed becomes a 403 where no header could have helped."""

    status_code = 401


class SignIn(serializers.Serializer[None]):
    """The body of a sign-in; what is needed of it depends on which is given."""

    username = serializers.CharField(required=False)
    password = serializers.CharField(required=False)
    token = serializers.CharField(required=False, help_text="The token of a share link.")


class SessionHere(APIView):
    """/session: the session of the token or cookie that the request carries."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.request.method == "POST" else may("sharing.view_config")()]

    def get_authenticators(self) -> list[Any]:
        """An app with an expired token signs in anew; the token must not stop it."""
        # Where the API is described there is no request.
        return [] if getattr(self.request, "method", "") == "POST" else super().get_authenticators()

    @documented(
        gives=SessionJson,
        takes=SignIn,
        also={401: "The name or the password is wrong.", 429: "Too many failures; Retry-After says how long to wait."},
    )
    def post(self, request: Request) -> Response:
        """Signs in by name and password, or opens a share link by its token; `access_token` is what to send from then.

        401 if wrong, 429 with Retry-After after too many failures.
        """
        if settings.OPTIONS.is_public:
            return Response(_session_json(public_grant(), None, ""))
        if visit := _visit(request):
            answer = _session_json(grant_for_token(visit.token), visit.token, visit.secret)
            return Response(answer, headers={"X-Session-ID": visit.secret})
        user = _check_password(request)
        given = new_access_token()
        token = _new_session(request, user, given)
        grant = grant_for_account(account_of(user), token)
        return Response(_session_json(grant, token, given), headers={"X-Session-ID": given})

    @documented(gives=SessionJson)
    def get(self, request: Request) -> Response:
        """Who asks, and what an app needs to start."""
        return Response(_session_json(cast("Grant", request.auth), token_of(request), ""))

    @documented(gives=SessionEnded)
    def delete(self, request: Request) -> Response:
        """Signs out."""
        token = token_of(request)
        if token is None:
            auth.logout(request._request)
            return Response({"status": "success", "id": ""})
        return _end(token)


class SessionById(APIView):
    """/session/<id>: the id from the sign-in, or the token itself; only one's own."""

    permission_classes = [may("sharing.view_config")]

    @documented(gives=SessionJson)
    def get(self, request: Request, session_id: str) -> Response:
        """One session, by the id from the sign-in or by its token; only one's own."""
        token = _own_session(request, session_id)
        return Response(_session_json(cast("Grant", request.auth), token, ""))

    @documented(gives=SessionEnded)
    def delete(self, request: Request, session_id: str) -> Response:
        """Ends one session; only one's own."""
        return _end(_own_session(request, session_id))


def _visit(request: Request) -> Visit | None:
    """The visit of the share link whose token was sent, None without one."""
    given = request.data if isinstance(request.data, dict) else {}
    token, password = given.get("token"), given.get("password")
    if not isinstance(token, str) or not token or given.get("username"):
        return None
    try:
        link = look_up(request._request, token)
        return begin(request._request, link, password if isinstance(password, str) else None)
    except (UnknownLink, LinkEnded) as problem:
        raise exceptions.NotFound(str(problem)) from None
    except LinkProblem as problem:
        raise WrongPassword(str(problem)) from None


def _check_password(request: Request) -> User:
    given = request.data if isinstance(request.data, dict) else {}
    form = LoginForm({key: given[key] for key in ("username", "password") if isinstance(given.get(key), str)})
    if not form.is_valid():
        raise exceptions.ParseError(_("A session needs a username and a password."))
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    with login_attempt(request._request, name) as attempt:
        user = auth.authenticate(request._request, username=name, password=password)
        attempt.has_succeeded = user is not None
    if user is None:
        raise WrongPassword(_("The name or the password is wrong."))
    return user


def _new_session(request: Request, user: User, given: str) -> AccessToken:
    now = timezone.now()
    user.last_login = now
    user.save(update_fields=["last_login"])
    AccessToken.objects.filter(user=user, expires_at__lt=now).delete()
    return AccessToken.objects.create(
        hash=token_hash(given),
        kind=TokenKind.SESSION,
        user=user,
        address=client_address(request._request)[:64],
        user_agent=request.headers.get("User-Agent", "").replace("\0", "")[:512],
        last_active_at=now,
        expires_at=now + timedelta(seconds=settings.OPTIONS.session_maxage),
    )


def _own_session(request: Request, session_id: str) -> AccessToken:
    hashes = {session_id, token_hash(session_id)}
    token = token_of(request)
    if token is None or token.hash not in hashes:
        user = request.user if request.user.is_authenticated else None
        token = AccessToken.objects.filter(hash__in=hashes, user=user).first() if user else None
    if token is None:
        raise PermissionDenied
    return token


def _end(token: AccessToken) -> Response:
    session_id = token.hash
    token.delete()
    return Response({"status": "success", "id": session_id})


def _session_json(grant: Grant, token: AccessToken | None, given: str) -> SessionJson:
    """`given` is the secret itself, told once, at sign-in: old apps read it from `id`, newer from `access_token`."""
    session_id = token.hash if token else ""
    answer: SessionJson = {
        "status": "success",
        "id": given or session_id,
        "session_id": session_id,
        "provider": _provider(token),
        "scope": token.scope if token else "*",
        "user": user_json(account_of(grant.user)) if grant.user else visitor_json(),
        "data": _shared(token),
        "config": client_config(grant),
    }
    if given:
        answer["access_token"] = given
        answer["token_type"] = "Bearer"  # noqa: S105 - the kind of it
        answer["expires_in"] = int(VISIT.total_seconds()) if _is_visit(token) else settings.OPTIONS.session_maxage
    return answer


def _provider(token: AccessToken | None) -> str:
    if _is_visit(token):
        return "link"
    return "public" if settings.OPTIONS.is_public else "local"


def _is_visit(token: AccessToken | None) -> bool:
    return token is not None and token.link is not None


def _shared(token: AccessToken | None) -> SessionData:
    """What a visitor has been given: the tokens of links, and the UIDs of what they open."""
    link = token.link if token else None
    return {"tokens": [link.token], "shares": [link.share_uid]} if link else {"tokens": []}
