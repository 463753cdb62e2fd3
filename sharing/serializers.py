"""Accounts in PhotoPrism's JSON shape."""

from datetime import datetime
from typing import Any

from sharing.models import Account
from sharing.models.account import Theme


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


def timestamp(moment: datetime) -> str:
    """UTC to the second with a Z: "2026-11-20T06:00:00Z"."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
