"""EdgeMiddleware: what holds for every request and answer, whatever is behind it.

API paths work with and without a slash at their end. A redirect would lose the body of a POST, and PhotoPrism's apps
send both forms; so routes are declared without it, and it is taken off here.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import BadRequest, DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from photoprism_site.hosts import is_known_host

API_PREFIX: Final = "/api/"
_STORED_BY_NOBODY: Final = ("text/html", "application/json")


class EdgeMiddleware:
    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path_info.startswith(API_PREFIX):
            request.path_info = request.path_info.rstrip("/")
        _check(request)
        answer = self.get_response(request)
        return _with_headers(answer) if isinstance(answer, HttpResponseBase) else _with_headers_soon(answer)


def is_api(request: HttpRequest) -> bool:
    """Whether the request expects JSON, errors included."""
    return request.path_info.startswith(API_PREFIX)


def _check(request: HttpRequest) -> None:
    """Raises what is answered by 400: another site's name, or a NUL, which no address needs and PostgreSQL refuses."""
    if not is_known_host(host := request.get_host()):
        raise DisallowedHost(f"{host} is not an address of this site.")
    if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("There is a NUL in the address.")


async def _with_headers_soon(answer: Awaitable[HttpResponseBase]) -> HttpResponseBase:
    return _with_headers(await answer)


def _with_headers(answer: HttpResponseBase) -> HttpResponseBase:
    """Pages and JSON hold tokens and belong to one account; views that know better have said so."""
    if answer.headers.get("Content-Type", "").startswith(_STORED_BY_NOBODY):
        answer.headers.setdefault("Cache-Control", "private, no-store")
    answer.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    return answer
