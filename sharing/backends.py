"""Signs accounts in by name and password, and answers has_perm from the table in acl.py."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from sharing.accounts import account_of, clean_name
from sharing.acl import ADMIN, permissions_of


class AccountBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        """The account's user, for a name in any case. An unknown name takes as long as a wrong password."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username__iexact=clean_name(username)).select_related("account").first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).select_related("account").first()
        return user if user is not None and user.is_active else None

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Administrators may do everything, in Django's admin too; others what the table says."""
        if not user_obj.is_active or not isinstance(user_obj, User):
            return False
        role = account_of(user_obj).role
        return role == ADMIN or perm in permissions_of(role)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        return user_obj.is_active and account_of(user_obj).role == ADMIN
