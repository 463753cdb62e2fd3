"""Makes, changes and removes accounts: name, password, role, media tokens."""

from typing import Final

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sharing import grants
from sharing.acl import ADMIN, USER
from sharing.credentials import forget_credentials
from sharing.models import AccessToken, Account, Role, TokenKind

NAME_LENGTH: Final = 64


class AccountProblem(ValueError):
    """An account cannot be as asked; the text is a sentence for whoever asked."""


class NameTaken(AccountProblem):
    """Another account has this name, in whatever case."""


class LastAdministrator(AccountProblem):
    """Without this account nobody could administer the library."""


class OwnsPhotos(AccountProblem):
    """Photos belong to the account; it can be deactivated, not removed."""


def clean_name(name: str) -> str:
    """The form in which names are stored and compared: `clean_name(" Admin ") == "admin"`."""
    return name.strip().lower()


def account_of(user: User) -> Account:
    """The user's account, made on first sight for a user that came from `createsuperuser`."""
    try:
        return user.account
    except Account.DoesNotExist:
        role = ADMIN if user.is_superuser else USER
        return Account.objects.get_or_create(user=user, defaults={"role": role})[0]


def create_account(
    name: str, password: str | None, *, role: str = USER, display_name: str = "", email: str = ""
) -> Account:
    """A new account; without a password nobody can sign in to it yet. Raises AccountProblem or ValidationError."""
    name = clean_name(name)
    if not 0 < len(name) <= NAME_LENGTH:
        raise AccountProblem(_("A name has 1 to %d characters.") % NAME_LENGTH)
    if password is not None:
        validate_password(password, User(username=name))
    return add_account(name, password, role=role, display_name=display_name, email=email)


@transaction.atomic
def add_account(name: str, password: str | None, *, role: str, display_name: str = "", email: str = "") -> Account:
    """As `create_account`, for a name and password that are known to be good enough. Raises NameTaken."""
    if User.objects.filter(username__iexact=name).exists():
        raise NameTaken(_("The name “%s” is taken.") % name)
    is_admin = Role(role) == Role.ADMIN
    user = User.objects.create_user(name, email, password, is_staff=is_admin, is_superuser=is_admin)
    return Account.objects.create(user=user, role=role, display_name=display_name)


def change_password(user: User, password: str, *, keep: AccessToken | None = None) -> None:
    """Sets the password, ends all other sessions and makes the media addresses handed out so far invalid.

    App passwords stay: each can be taken back alone. Raises ValidationError for a password that is too weak.
    """
    validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        _end_token_sessions(user, keep=keep)
        account_of(user).renew_media_tokens()
    grants.forget_grants()
    forget_credentials(user.username)


def change_role(account: Account, role: str) -> None:
    """Django's admin is open to administrators only. Raises LastAdministrator."""
    refuse_demotion(account, role)
    account.role = Role(role)
    account.user.is_staff = account.user.is_superuser = role == ADMIN
    with transaction.atomic():
        account.save(update_fields=["role", "updated_at"])
        account.user.save(update_fields=["is_staff", "is_superuser"])
    grants.forget_grants()


def refuse_demotion(account: Account, role: str) -> None:
    """Raises LastAdministrator if with this role the library would have none."""
    if role != ADMIN:
        _refuse_last_administrator(account.user)


def deactivate(user: User) -> None:
    """Nobody can sign in as `user` any more and what is open ends; their photos stay. Raises LastAdministrator."""
    _refuse_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)


def activate(user: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


def remove_account(user: User) -> None:
    """Raises LastAdministrator or OwnsPhotos."""
    _refuse_last_administrator(user)
    try:
        user.delete()
    except ProtectedError:
        raise OwnsPhotos(_("“%s” owns photos or albums; deactivate the account instead.") % user.username) from None
    grants.forget_grants()


def end_sessions(user: User) -> None:
    """Signs the account out everywhere, pages and apps, and makes its media addresses invalid."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    _end_token_sessions(user)
    account_of(user).renew_media_tokens()
    grants.forget_grants()


def _end_token_sessions(user: User, keep: AccessToken | None = None) -> None:
    tokens = AccessToken.objects.filter(user=user, kind=TokenKind.SESSION)
    (tokens.exclude(pk=keep.pk) if keep else tokens).delete()


def _refuse_last_administrator(user: User) -> None:
    administrators = User.objects.filter(is_active=True, account__role=ADMIN)
    if administrators.filter(pk=user.pk).exists() and not administrators.exclude(pk=user.pk).exists():
        raise LastAdministrator(_("“%s” is the last administrator.") % user.username)
