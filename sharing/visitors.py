"""Visits of share links: who asks is counted and limited, and gets a token that opens what the link is for."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sharing.authentication import find_token
from sharing.limits import client_address, link_attempt, note_guess, refuse_guesser
from sharing.links import LinkProblem, check_open, find_link, open_link
from sharing.models import AccessToken, Link


class UnknownLink(LinkProblem):
    """There is no link with this token, or there was one and it has been taken back."""


class PasswordNeeded(LinkProblem):
    """The link opens with a password, and none was given."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`secret` is the access token, which only the visitor knows."""

    link: Link
    token: AccessToken
    secret: str


def look_up(request: HttpRequest, token: str, name: str = "") -> Link:
    """The link that somebody asks for. Raises UnknownLink, and TooManyAttempts for who tries out addresses."""
    refuse_guesser(request)
    link = find_link(token, name)
    if link is None:
        note_guess(request)
        raise UnknownLink(_("This link does not exist. It may have been taken back."))
    return link


def continued(link: Link, secret: str, now: datetime) -> Visit | None:
    """The visit of this link that the secret belongs to, if it has not ended."""
    token = find_token(secret, now) if secret and not link.has_ended(now) else None
    return Visit(link, token, secret) if token and token.link_id == link.pk else None


def begin(request: HttpRequest, link: Link, password: str | None = None) -> Visit:
    """Opens the link. Raises LinkEnded, PasswordNeeded, WrongPassword, and TooManyAttempts."""
    now = timezone.now()
    check_open(link, now)
    seen = {
        "address": client_address(request)[:64],
        "user_agent": request.headers.get("User-Agent", "").replace("\0", "")[:512],
    }
    if not link.password:
        secret, token = open_link(link, "", now, **seen)
        return Visit(link, token, secret)
    if password is None:
        raise PasswordNeeded(_("This link opens with a password."))
    with link_attempt(request, link.uid) as attempt:
        secret, token = open_link(link, password, now, **seen)
        attempt.has_succeeded = True
    return Visit(link, token, secret)
