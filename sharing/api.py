"""/users: change one's own account and password."""

from typing import Any, cast

from django.contrib import auth
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.documented import documented
from library.permissions import may
from library.shapes import Done
from sharing.accounts import account_of, change_password
from sharing.authentication import token_of
from sharing.limits import login_attempt
from sharing.models import Account
from sharing.serializers import user_json


class _Profile(serializers.Serializer[None]):
    DisplayName = serializers.CharField(max_length=200, allow_blank=True, required=False)
    Email = serializers.CharField(max_length=254, allow_blank=True, required=False)


class _NewPassword(serializers.Serializer[None]):
    old = serializers.CharField()
    new = serializers.CharField()


class UserDetail(APIView):
    permission_classes = [may("sharing.update_settings")]

    @documented(takes=_Profile)
    def put(self, request: Request, uid: str) -> Response:
        """Changes the name that is shown and the e-mail address of one's own account; what is absent stays."""
        account = own_account(request, uid)
        name = _text(request, "DisplayName", account.display_name, longest=200)
        email = _text(request, "Email", account.user.email, longest=254)
        Account.objects.filter(pk=account.pk).update(display_name=name)
        User.objects.filter(pk=account.user.pk).update(email=email)
        return Response(user_json(Account.objects.select_related("user").get(pk=account.pk)))


class UserPassword(APIView):
    permission_classes = [may("sharing.change_password")]

    @documented(gives=Done, takes=_NewPassword, also={429: "Too many failures."})
    def put(self, request: Request, uid: str) -> Response:
        """Changes the password of one's own account, and ends its other sessions.

        A wrong old password is a 400, as apps expect, and counts as a failed sign-in.
        """
        user = own_account(request, uid).user
        with login_attempt(request._request, user.username) as attempt:
            attempt.has_succeeded = user.check_password(_text(request, "old"))
        if not attempt.has_succeeded:
            raise exceptions.ParseError(_("The old password is wrong."))
        try:
            change_password(user, _text(request, "new"), keep=token_of(request))
        except ValidationError as problem:
            raise exceptions.ParseError(" ".join(problem.messages)) from None
        if request._request.user == user:
            auth.update_session_auth_hash(request._request, user)
        return Response({"code": 200, "message": _("Your password is changed.")})


def own_account(request: Request, uid: str) -> Account:
    """The account of who asks. Raises PermissionDenied if it is not the one that was named."""
    account = account_of(cast("User", request.user))
    if account.uid != uid:
        raise PermissionDenied
    return account


def _text(request: Request, key: str, default: str = "", *, longest: int = 256) -> str:
    values: Any = request.data
    text = values.get(key, default) if hasattr(values, "get") else None
    if not isinstance(text, str) or len(text) > longest or "\0" in text:
        sentence = _("“%(key)s” has to be a text of at most %(longest)d characters.")
        raise exceptions.ParseError(sentence % {"key": key, "longest": longest})
    return text
