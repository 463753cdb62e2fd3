"""Rules over many photos, by name."""

from typing import Any, Self

from django.db import models


class PhotoQuerySet(models.QuerySet[Any]):
    def with_gear(self) -> Self:
        """With the rows that a photo's page and JSON read, in the same query."""
        return self.select_related("camera", "lens", "place", "cell", "folder")


PhotoManager = models.Manager.from_queryset(PhotoQuerySet)
