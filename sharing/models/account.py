"""Account: the part of a person signing in that Django's User does not hold."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models

from library.models.fields import UIDField


class Role(models.TextChoices):
    ADMIN = "admin"
    USER = "user"
    VIEWER = "viewer"
    GUEST = "guest"


class Theme(models.TextChoices):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def media_token() -> str:
    """128 random bits: the secret in thumb and download addresses."""
    return secrets.token_hex(16)


class Account(models.Model):
    uid = UIDField(prefix="u")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.USER)
    display_name = models.CharField(max_length=200, blank=True, default="")
    webdav = models.BooleanField(default=True)
    base_path = models.CharField(max_length=1024, blank=True, default="")
    upload_path = models.CharField(max_length=1024, blank=True, default="")
    preview_token = models.CharField(max_length=64, unique=True, default=media_token, editable=False)
    download_token = models.CharField(max_length=64, unique=True, default=media_token, editable=False)
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    language = models.CharField(max_length=16, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    settings: Any = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.display_name or self.user.get_username()

    def renew_media_tokens(self) -> None:
        """Makes every thumb and download address handed out so far invalid."""
        self.preview_token = media_token()
        self.download_token = media_token()
        self.save(update_fields=["preview_token", "download_token", "updated_at"])
