"""Camera and Lens: what a photo was taken with."""

from django.db import models

UNKNOWN = "zz"


class Gear(models.Model):
    slug = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=160, blank=True, default="")
    make = models.CharField(max_length=160, blank=True, default="")
    model = models.CharField(max_length=160, blank=True, default="")
    type = models.CharField(max_length=100, blank=True, default="")
    description = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or "Unknown"


class Camera(Gear):
    """The type "film" or "scanner" marks pictures of this camera as scans."""

    @property
    def makes_scans(self) -> bool:
        return self.type in {"film", "scanner"} or "scan" in self.slug


class Lens(Gear):
    class Meta(Gear.Meta):
        verbose_name_plural = "lenses"
