"""Rules over many photos, by name."""

from typing import Any, Self

from django.db import models

from places.mapgrid import code_of


class PhotoQuerySet(models.QuerySet[Any]):
    def with_gear(self) -> Self:
        """With the rows that a photo's page and JSON read, in the same query."""
        return self.select_related("camera", "lens", "place", "cell", "folder")

    def update(self, **values: Any) -> int:
        """As Django's; the square of the map follows the position."""
        if "lat" in values and "lng" in values:
            values["map_code"] = code_of(values["lat"], values["lng"])
        return super().update(**values)


PhotoManager = models.Manager.from_queryset(PhotoQuerySet)
