"""Rules over many photos, by name."""

from typing import Any, Self

from django.db import models

from library.quality import REVIEW_BELOW


class PhotoQuerySet(models.QuerySet[Any]):
    def listed(self) -> Self:
        """What the timeline shows: not archived, not private, good enough."""
        return self.filter(listed=True)

    def archived(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def not_archived(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def in_review(self) -> Self:
        return self.filter(quality__gte=0, quality__lt=REVIEW_BELOW, deleted_at__isnull=True)

    def hidden(self) -> Self:
        """Without a picture to show: every file is missing or broken."""
        return self.filter(quality__lt=0)

    def private(self) -> Self:
        return self.filter(private=True, deleted_at__isnull=True, quality__gte=0)

    def with_gear(self) -> Self:
        return self.select_related("camera", "lens", "place", "cell", "folder")


PhotoManager = models.Manager.from_queryset(PhotoQuerySet)
