"""The site's own answers: the way in, errors in the shell or as JSON, robots and the icon."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from library.problems import problem
from photoprism_site.edge import is_api

_SENTENCES: Final = {
    400: gettext_lazy("This request cannot be understood."),
    403: gettext_lazy("You may not do this."),
    404: gettext_lazy("This page does not exist."),
    500: gettext_lazy("The server failed to answer. What happened is in its log."),
}
_UNKNOWN_HOST: Final = gettext_lazy("This address is not known to the site. PHOTOPRISM_SITE_URL has to name it.")


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    return redirect("browse")


@require_safe
@cache_control(max_age=86_400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("img/logo.svg"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, str(_UNKNOWN_HOST) if isinstance(exception, DisallowedHost) else "")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale page is the usual cause; a site behind a proxy that was not told its own address the other."""
    if reason.startswith("Origin checking failed"):
        return _error(request, 403, str(_UNKNOWN_HOST))
    return _error(request, 403, _("This page is no longer current. Load it again and repeat what you did."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: what they ask may be what failed."""
    if is_api(request):
        return _json(500, str(_SENTENCES[500]))
    language = get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {
        "app_name": settings.OPTIONS.app_name,
        "language": language,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "theme": settings.OPTIONS.default_theme,
        "code": 500,
        "message": _SENTENCES[500],
        "page_config": {},
    }
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def _error(request: HttpRequest, code: int, sentence: str = "") -> HttpResponse:
    message = sentence or str(_SENTENCES[code])
    if is_api(request):
        return _json(code, message)
    return render(request, f"errors/{code}.html", {"code": code, "message": message}, status=code)


def _json(code: int, sentence: str) -> HttpResponse:
    return JsonResponse(problem(code, sentence), status=code, content_type="application/json; charset=utf-8")
