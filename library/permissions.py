"""Who may call an API view or open a page: `may("library.search_photo")`, `@requires(...)`, Nobody."""

from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # rest_framework.views itself imports this module, by way of DEFAULT_PERMISSION_CLASSES.
    from rest_framework.views import APIView

from library.access import NOBODY, Grant

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


class Nobody(BasePermission):
    """The default: an API view says who may use it, or nobody may."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return False


@cache
def may(permission: str) -> type[BasePermission]:
    """The DRF permission class for a name of `sharing.acl`: without a sign-in 401, without the permission 403."""

    class May(BasePermission):
        needed = permission

        def has_permission(self, request: Request, view: "APIView") -> bool:
            return isinstance(request.auth, Grant) and request.auth.may(permission)

    return May


def requires(permission: str) -> Callable[[View[Arguments]], View[Arguments]]:
    """For pages: without a sign-in to the login page and back, without the permission 403."""

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            grant = page_grant(request)
            if not grant.role:
                return redirect_to_login(request.get_full_path())
            if not grant.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def api_grant(request: Request) -> Grant:
    """The Grant that authentication set; for views whose permission class has let the request in."""
    return cast("Grant", request.auth)


def page_grant(request: HttpRequest) -> Grant:
    """What who asks for this page may do and see; NOBODY without a sign-in. Set up by GrantMiddleware.

    A request that was refused before it got there is nobody's.
    """
    find_grant: Callable[[], Grant] | None = getattr(request, "find_grant", None)
    return find_grant() if find_grant else NOBODY
