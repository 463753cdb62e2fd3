"""Album (album, folder, moment, month, state) and the photos chosen for it; Home, from which trips lead away."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from library.models.fields import SourceField, UIDField


class AlbumType(models.TextChoices):
    ALBUM = "album"
    FOLDER = "folder"
    MOMENT = "moment"
    MONTH = "month"
    STATE = "state"


TRIP = "trip"  # the template of the albums that are trips


class Album(models.Model):
    """With a `filter` the album is what the search finds now; without, what was put into it."""

    uid = UIDField(prefix="a")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    slug = models.CharField(max_length=160, db_index=True, blank=True, default="")
    path = models.CharField(max_length=1024, blank=True, default="")
    type = models.CharField(max_length=8, choices=AlbumType.choices, default=AlbumType.ALBUM)
    title = models.CharField(max_length=160, blank=True, default="")
    location = models.CharField(max_length=160, blank=True, default="")
    category = models.CharField(max_length=100, blank=True, default="", db_index=True)
    caption = models.CharField(max_length=1024, blank=True, default="")
    description = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    filter = models.TextField(blank=True, default="")
    order = models.CharField(max_length=32, blank=True, default="")
    template = models.CharField(max_length=255, blank=True, default="")
    state = models.CharField(max_length=100, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="zz")
    year = models.SmallIntegerField(default=-1)
    month = models.SmallIntegerField(default=-1)
    day = models.SmallIntegerField(default=-1)
    favorite = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    thumb = models.CharField(max_length=40, blank=True, default="")
    thumb_src = SourceField()
    created_by = models.CharField(max_length=16, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["type", "year", "month"], name="album_type_date"),
            models.Index(fields=["type", "country", "state"], name="album_type_state"),
        ]

    def __str__(self) -> str:
        return self.title or self.uid

    @property
    def is_smart(self) -> bool:
        """Whether a stored search fills it."""
        return bool(self.filter)


# Albums whose names people know; the others are called by dates and places, which are understood as such.
NAMED = models.Q(filter="") | models.Q(type=AlbumType.ALBUM) | models.Q(template=TRIP)


class Home(models.Model):
    """Where somebody said that they live; without it home is where most days were photographed."""

    owner_key = models.BigIntegerField(default=0, unique=True, help_text="Id of the account's user; 0 = everybody's.")
    lat = models.FloatField()
    lng = models.FloatField()
    since = models.DateField(null=True, blank=True, help_text="Empty = always.")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.lat:.3f}, {self.lng:.3f}"


class PhotoAlbum(models.Model):
    is_passed_on: ClassVar[bool] = True  # to the photo that is kept in place of a duplicate

    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="+")
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="entries", db_index=False)
    order = models.IntegerField(default=0)
    hidden = models.BooleanField(default=False)
    missing = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["album", "photo"], name="photo_album_unique")]

    def __str__(self) -> str:
        return f"{self.photo_id} in {self.album_id}"
