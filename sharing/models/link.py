"""Link: a share link with a token, for an album, photo or label."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from library.models.fields import UIDField


class Link(models.Model):
    uid = UIDField(prefix="s")
    share_uid = models.CharField(max_length=16, db_index=True, help_text="UID of what is shared.")
    slug = models.CharField(max_length=160, blank=True, default="", db_index=True)
    token = models.CharField(max_length=160, db_index=True)
    expires = models.PositiveIntegerField(default=0, help_text="Seconds after the last change; 0 = never.")
    views = models.PositiveIntegerField(default=0)
    max_views = models.PositiveIntegerField(default=0, help_text="0 = any number.")
    password = models.CharField(max_length=255, blank=True, default="", help_text="Hashed.")
    comment = models.CharField(max_length=512, blank=True, default="")
    can_comment = models.BooleanField(default=False)
    can_edit = models.BooleanField(default=False)
    can_download = models.BooleanField(default=True, help_text="Originals; without it the web sizes only.")
    hide_places = models.BooleanField(default=False, help_text="Visitors are not told where photos were taken.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share_uid", "token"], name="link_share_token")]

    def __str__(self) -> str:
        return self.slug or self.uid

    @property
    def ends_at(self) -> datetime | None:
        """When the link ends by itself; None = never."""
        return self.modified_at + timedelta(seconds=self.expires) if self.expires else None

    @property
    def is_used_up(self) -> bool:
        """Nobody else may open it; who has opened it before may still look."""
        return 0 < self.max_views <= self.views

    def has_ended(self, now: datetime) -> bool:
        return self.ends_at is not None and now >= self.ends_at
