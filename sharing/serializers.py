"""Accounts and links in PhotoPrism's JSON shape."""

from datetime import datetime
from typing import Any, TypedDict

from library.shapes import Time
from sharing.acl import VISITOR
from sharing.models import Account, Link
from sharing.models.account import Theme


class LinkJson(TypedDict):
    """`Expires` counts seconds from `ModifiedAt`, 0 = never; `VerifyPassword` says whether a password is asked for.

    With `HidePlaces` its visitors are told nothing of where photos were taken.
    """

    UID: str
    ShareUID: str
    Slug: str
    Token: str
    Expires: int
    ExpiresAt: str
    Views: int
    MaxViews: int
    VerifyPassword: bool
    Comment: str
    CanComment: bool
    CanEdit: bool
    CanDownload: bool
    HidePlaces: bool
    CreatedAt: Time
    ModifiedAt: Time


def user_json(account: Account) -> dict[str, Any]:
    """The `User` object of sessions and of /users; keys in PascalCase, "" and false instead of null."""
    user = account.user
    return {
        "ID": user.pk,
        "UID": account.uid,
        "AuthProvider": "local",
        "AuthMethod": "",
        "AuthIssuer": "",
        "Name": user.username,
        "DisplayName": account.display_name,
        "Email": user.email,
        "Role": account.role,
        "SuperAdmin": user.is_superuser,
        "CanLogin": user.is_active,
        "WebDAV": account.webdav,
        "BasePath": account.base_path,
        "UploadPath": account.upload_path,
        "CreatedAt": timestamp(account.created_at),
        "UpdatedAt": timestamp(account.updated_at),
        "Settings": settings_json(account),
    }


def settings_json(account: Account) -> dict[str, Any]:
    """What the account has chosen about the interface."""
    theme = "default" if account.theme == Theme.SYSTEM else account.theme
    return {"ui": {"theme": theme, "language": account.language, "timeZone": account.time_zone}}


def visitor_json() -> dict[str, Any]:
    """The `User` of a link's visitor: nobody in particular."""
    return {
        "ID": -1,
        "UID": "",
        "AuthProvider": "link",
        "AuthMethod": "",
        "AuthIssuer": "",
        "Name": "",
        "DisplayName": "",
        "Email": "",
        "Role": VISITOR,
        "SuperAdmin": False,
        "CanLogin": False,
        "WebDAV": False,
        "BasePath": "",
        "UploadPath": "",
        "Settings": {"ui": {"theme": "default", "language": "", "timeZone": ""}},
    }


def link_json(link: Link) -> LinkJson:
    """A share link as who shares sees it; the password itself is known to nobody."""
    return {
        "UID": link.uid,
        "ShareUID": link.share_uid,
        "Slug": link.slug,
        "Token": link.token,
        "Expires": link.expires,
        "ExpiresAt": timestamp(link.ends_at) if link.ends_at else "",
        "Views": link.views,
        "MaxViews": link.max_views,
        "VerifyPassword": bool(link.password),
        "Comment": link.comment,
        "CanComment": link.can_comment,
        "CanEdit": link.can_edit,
        "CanDownload": link.can_download,
        "HidePlaces": link.hide_places,
        "CreatedAt": timestamp(link.created_at),
        "ModifiedAt": timestamp(link.modified_at),
    }


def timestamp(moment: datetime) -> str:
    """UTC to the second with a Z: "2026-11-20T06:00:00Z"."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
