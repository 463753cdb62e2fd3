"""AccessToken: sessions of apps, app passwords, clients and visitors of links."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from library.models.fields import UIDField
from sharing.models.account import media_token


class TokenKind(models.TextChoices):
    SESSION = "session"
    APP = "app"
    CLIENT = "client"
    VISITOR = "visitor"


def token_hash(token: str) -> str:
    """What is stored of a token: SHA-256, enough for a secret of 128 random bits and more."""
    # Halves of characters come in JSON; they make a wrong token and no error.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class AccessToken(models.Model):
    uid = UIDField(prefix="t")
    hash = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=TokenKind.choices, default=TokenKind.SESSION)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey("sharing.Link", on_delete=models.CASCADE, null=True, blank=True, related_name="tokens")
    name = models.CharField(max_length=200, blank=True, default="")
    scope = models.CharField(max_length=1024, blank=True, default="*", help_text="Resources, or * for all.")
    preview_token = models.CharField(max_length=64, unique=True, default=media_token, editable=False)
    download_token = models.CharField(max_length=64, unique=True, default=media_token, editable=False)
    address = models.CharField(max_length=64, blank=True, default="")
    user_agent = models.CharField(max_length=512, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    last_active_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.name or self.uid}"

    def has_ended(self, now: datetime) -> bool:
        """Sessions end when unused, too; an app password is there for apps that call once a month."""
        if self.expires_at is not None and now >= self.expires_at:
            return True
        seen = self.last_active_at or self.created_at
        return self.kind == TokenKind.SESSION and now - seen > timedelta(seconds=settings.OPTIONS.session_timeout)
