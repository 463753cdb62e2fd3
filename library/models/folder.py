"""Folder: a directory of originals or of the import path."""

import hashlib

from django.db import models

from library.models.fields import UIDField


class Root(models.TextChoices):
    """The storages in which a file can be, with PhotoPrism's names."""

    ORIGINALS = "/", "originals"
    SIDECAR = "sidecar", "sidecar"
    IMPORT = "import", "import"


def path_key(root: str, path: str) -> str:
    """SHA-1 of root and path: a unique index over long names that every database can hold."""
    return hashlib.sha1(f"{root}\n{path}".encode(), usedforsecurity=False).hexdigest()


class Folder(models.Model):
    uid = UIDField(prefix="d")
    root = models.CharField(max_length=16, choices=Root.choices, default=Root.ORIGINALS)
    path = models.CharField(max_length=1024, blank=True, default="")
    path_key = models.CharField(max_length=40, unique=True, editable=False)
    title = models.CharField(max_length=200, blank=True, default="")
    category = models.CharField(max_length=100, blank=True, default="")
    description = models.TextField(blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="zz")
    year = models.SmallIntegerField(default=-1)
    month = models.SmallIntegerField(default=-1)
    day = models.SmallIntegerField(default=-1)
    favorite = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    ignore = models.BooleanField(default=False)
    watch = models.BooleanField(default=False)
    missing = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path or "/"
