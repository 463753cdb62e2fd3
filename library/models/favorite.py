"""Favorite: a photo that an account has marked."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Favorite(models.Model):
    is_passed_on: ClassVar[bool] = True  # to the photo that is kept in place of a duplicate

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="favorites")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "photo"], name="favorite_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.photo_id}"
