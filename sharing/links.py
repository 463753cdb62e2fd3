"""Share links: made, changed and ended by who shares; opened by whoever has the address."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from albums.models import Album
from library.access import Grant
from library.uid import new_access_token, new_token
from sharing.grants import forget_grants, lender_of
from sharing.models import AccessToken, Link, TokenKind
from sharing.models.token import token_hash

# 26 of 36 characters are 134 bits: whoever has the address was given it.
TOKEN_LENGTH: Final = 26
SHORTEST_TOKEN: Final = 8
BATCH: Final = 500  # albums in one statement
VISIT: Final = timedelta(hours=24)
"""How long a visit lasts; then the link is opened anew, with its password if it has one."""

_TOKEN: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


class LinkProblem(ValueError):
    """A link cannot be as asked, or not be opened; the text is a sentence for whoever asked."""


class LinkEnded(LinkProblem):
    """The link was opened too late or too often, or what it showed is not shared any more."""


class WrongPassword(LinkProblem):
    """The password of the link is another."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a link is to be like; None leaves a value as it is. `expires` is in seconds, 0 = never."""

    token: str | None = None
    slug: str | None = None
    expires: int | None = None
    max_views: int | None = None
    password: str | None = None
    has_password: bool | None = None
    comment: str | None = None
    can_comment: bool | None = None
    can_edit: bool | None = None
    can_download: bool | None = None
    hide_places: bool | None = None


_PLAIN: Final = ("expires", "max_views", "comment", "can_comment", "can_edit", "can_download", "hide_places")


def links_of(album: Album, grant: Grant) -> QuerySet[Link]:
    """The links to an album that the grant may see and change: one's own, for administrators all."""
    links = Link.objects.filter(share_uid=album.uid).order_by("created_at", "pk")
    return links if grant.sees_all else links.filter(created_by=grant.user_id or 0)


def count_links(uids: list[str], grant: Grant) -> dict[str, int]:
    """How many links to each of these albums the grant may see; albums without are left out."""
    counts: dict[str, int] = {}
    for start in range(0, len(uids) if grant.may("sharing.add_link") else 0, BATCH):
        links = Link.objects.filter(share_uid__in=uids[start : start + BATCH])
        links = links if grant.sees_all else links.filter(created_by=grant.user_id or 0)
        counts |= dict(links.order_by().values_list("share_uid").annotate(Count("pk")))
    return counts


def create_link(album: Album, grant: Grant, terms: Terms) -> Link:
    """Raises LinkProblem for terms that cannot be met."""
    if grant.user is None:
        raise PermissionDenied
    link = Link(share_uid=album.uid, created_by=grant.user, token=new_token(TOKEN_LENGTH))
    link.slug = slugify(album.title)[:160] or album.uid
    _apply(link, terms)
    link.save()
    return link


def change_link(link: Link, terms: Terms) -> Link:
    """Time runs anew from now. With a new address or password whoever has opened the link has to open it again.

    Raises LinkProblem.
    """
    before = (link.token, link.password)
    # What else changes it at the same moment, another term or a visit that is counted, must not be undone.
    link.save(update_fields=[*_apply(link, terms), "modified_at"])
    if (link.token, link.password) != before:
        link.tokens.all().delete()
    forget_grants()
    return link


def remove_link(link: Link) -> None:
    """Nobody can open it any more, and the visits that it began end."""
    link.delete()
    forget_grants()


def find_link(token: str, name: str = "") -> Link | None:
    """The link with this token; `name` is the slug or UID of what it shows, where a token opens several."""
    links = Link.objects.filter(token=token.lower()).select_related("created_by").order_by("pk")
    named = Q(slug=name) | Q(share_uid=name)
    return (links.filter(named).first() if name else None) or links.first()


def open_link(link: Link, password: str, now: datetime, **seen: Any) -> tuple[str, AccessToken]:
    """Begins a visit and counts it: the secret of the visitor and its row. `seen` are columns of AccessToken.

    Raises LinkEnded, WrongPassword.
    """
    check_open(link, now)
    if link.password and not check_password(password, link.password):
        raise WrongPassword(_("The password is wrong."))
    # Of many who open the link at once only as many as may are counted.
    room = Q(max_views=0) | Q(views__lt=F("max_views"))
    if not Link.objects.filter(room, pk=link.pk).update(views=F("views") + 1):
        raise LinkEnded(_("This link has been opened as often as it may be."))
    AccessToken.objects.filter(link=link, expires_at__lte=now).delete()
    secret = new_access_token()
    values = {"kind": TokenKind.VISITOR, "link": link, "scope": "", "last_active_at": now, "expires_at": now + VISIT}
    return secret, AccessToken.objects.create(hash=token_hash(secret), **values, **seen)


def check_open(link: Link, now: datetime) -> None:
    """Raises LinkEnded for a link that nobody can open."""
    if link.has_ended(now):
        raise LinkEnded(_("This link has expired."))
    if link.is_used_up:
        raise LinkEnded(_("This link has been opened as often as it may be."))
    if lender_of(link) is None:
        raise LinkEnded(_("What this link showed is no longer shared."))


def _apply(link: Link, terms: Terms) -> list[str]:
    """The columns that the terms name."""
    values = {name: value for name in _PLAIN if (value := getattr(terms, name)) is not None}
    if terms.token is not None:
        values["token"] = _clean_token(terms.token, link)
    if terms.slug is not None:
        values["slug"] = slugify(terms.slug)[:160] or link.share_uid
    if terms.password:
        values["password"] = make_password(terms.password)
    elif terms.has_password is False:
        values["password"] = ""
    for name, value in values.items():
        setattr(link, name, value)
    return list(values)


def _clean_token(token: str, link: Link) -> str:
    """A word that somebody chose; the same one may open several albums of one account."""
    token = token.strip().lower()
    if token == link.token:
        return token
    if len(token) < SHORTEST_TOKEN or not _TOKEN.fullmatch(token):
        sentence = _("The address of a link has at least %d letters, digits or dashes.")
        raise LinkProblem(sentence % SHORTEST_TOKEN)
    others = Link.objects.filter(token=token)
    if others.exclude(created_by=link.created_by).exists() or others.filter(share_uid=link.share_uid).exists():
        raise LinkProblem(_("This address is taken."))
    return token
