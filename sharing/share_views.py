"""The public pages of a share link: the album for its visitors, the door with a password, the picture for previews."""

from typing import Any, Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from albums.contents import visible_albums
from albums.shown import cover_of, show_album
from library.access import NOBODY, Grant
from library.api.media import serve_cover
from sharing.accounts import account_of
from sharing.grants import grant_for_link, grant_for_token
from sharing.limits import TooManyAttempts
from sharing.links import VISIT, LinkEnded, LinkProblem, WrongPassword, check_open
from sharing.models import Link
from sharing.visitors import PasswordNeeded, UnknownLink, Visit, begin, continued, look_up

PREVIEW_SIZE: Final = "fit_720"
_LOOKED_AT: Final = 3600  # seconds for which a program may keep the preview of a link
_STATUS: Final[dict[type[Exception], int]] = {UnknownLink: 404, LinkEnded: 410, PasswordNeeded: 200, WrongPassword: 200}


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, token: str, name: str = "") -> HttpResponse:
    """The album of a link. Opening it begins a visit, of which a cookie for this address alone knows."""
    link = None
    try:
        link = look_up(request, token, name)
        visit = continued(link, request.COOKIES.get(_cookie(link), ""), timezone.now()) or _begin(request, link)
    except (LinkProblem, TooManyAttempts) as problem:
        return _door(request, link, problem)
    if request.method == "POST":
        return _with_cookie(redirect("share", token=link.token, name=link.slug), visit)
    return _with_cookie(_album_page(request, visit), visit)


class Preview(View):
    """The picture that messengers show beside a link; for a link with a password there is none."""

    async def get(self, request: HttpRequest, token: str, name: str) -> HttpResponseBase:
        grant, cover = await sync_to_async(_preview)(request, token, name)
        if not cover:
            return HttpResponse(status=404)
        response = await serve_cover(request, grant, cover, PREVIEW_SIZE)
        response["Cache-Control"] = f"private, max-age={_LOOKED_AT}"
        return response


def _begin(request: HttpRequest, link: Link) -> Visit:
    """A look at the headers alone counts as no visit."""
    if request.method == "HEAD":
        check_open(link, timezone.now())
        raise PasswordNeeded
    return begin(request, link, request.POST.get("password") if request.method == "POST" else None)


def _album_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    grant = grant_for_token(visit.token)
    album = visible_albums(grant).filter(uid=visit.link.share_uid).first()
    if album is None:
        return _door(request, visit.link, LinkEnded(_("What this link showed is no longer shared.")))
    shown = show_album(album, grant)
    told = {
        "album": album,
        "filling": shown.filling,
        "link": visit.link,
        "sharer": account_of(visit.link.created_by).display_name if visit.link.created_by else "",
        "grant": grant,
        "theme": settings.OPTIONS.default_theme,
        "page_config": _page_config(request, grant, visit.secret),
        "has_preview": bool(shown.filling.cover) and not visit.link.password,
    }
    return render(request, "share/album.html", told)


def _page_config(request: HttpRequest, grant: Grant, secret: str) -> dict[str, Any]:
    """What the modules in static/js read as `config`; `authToken` goes with every call."""
    return {
        "appName": settings.OPTIONS.app_name,
        "csrfToken": get_token(request),
        "authToken": secret,
        "previewToken": grant.preview_token,
        "downloadToken": grant.download_token,
        "public": False,
        "permissions": sorted(grant.permissions),
        "user": {"uid": "", "name": "", "role": grant.role},
    }


def _door(request: HttpRequest, link: Link | None, problem: Exception) -> HttpResponse:
    """What is shown in place of the album: the field for the password, or a sentence."""
    asks = isinstance(problem, (PasswordNeeded, WrongPassword, TooManyAttempts)) and link is not None
    told = {
        "link": link,
        "asks": asks,
        "problem": "" if isinstance(problem, PasswordNeeded) else str(problem),
        "grant": NOBODY,
        "theme": settings.OPTIONS.default_theme,
    }
    answer = render(request, "share/door.html", told, status=_STATUS.get(type(problem), 429))
    if isinstance(problem, TooManyAttempts):
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer


def _with_cookie(answer: HttpResponse, visit: Visit) -> HttpResponse:
    answer.set_cookie(
        _cookie(visit.link),
        visit.secret,
        max_age=int(VISIT.total_seconds()),
        path=f"/s/{visit.link.token}",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _cookie(link: Link) -> str:
    return f"photoprism_visit_{link.uid}"


def _preview(request: HttpRequest, token: str, name: str) -> tuple[Grant, str]:
    try:
        link = look_up(request, token, name)
        check_open(link, timezone.now())
    except (LinkProblem, TooManyAttempts):
        return NOBODY, ""
    if link.password or name not in (link.slug, link.share_uid):
        return NOBODY, ""
    grant = grant_for_link(link)
    album = visible_albums(grant).filter(uid=link.share_uid).first()
    return grant, cover_of(album, grant) if album else ""
