"""Photo: one picture or video as the user sees it; its facts and state changes."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from library.models.fields import SourceField, UIDField
from library.quality import REVIEW_BELOW
from library.querysets import PhotoManager
from places.mapgrid import code_of

HIDDEN = -1


class PhotoType(models.TextChoices):
    IMAGE = "image"
    RAW = "raw"
    LIVE = "live"
    VIDEO = "video"
    ANIMATED = "animated"
    VECTOR = "vector"
    DOCUMENT = "document"
    AUDIO = "audio"


class Stack(models.IntegerChoices):
    UNSTACKED = -1, "never stacked"
    STACKABLE = 0, "stackable"
    STACKED = 1, "stacked"


class Photo(models.Model):
    uid = UIDField(prefix="p")
    uuid = models.CharField(max_length=64, blank=True, default="", db_index=True, help_text="Document id.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        # In the timeline's index; one of its own would lead SQLite away from that, through every row.
        db_index=False,
        help_text="Empty = the shared library.",
    )
    type = models.CharField(max_length=16, choices=PhotoType.choices, default=PhotoType.IMAGE)
    type_src = SourceField()
    title = models.CharField(max_length=200, blank=True, default="")
    title_src = SourceField()
    caption = models.TextField(blank=True, default="")
    caption_src = SourceField()
    folder = models.ForeignKey("library.Folder", on_delete=models.PROTECT, related_name="photos", db_index=False)
    name = models.CharField(max_length=255, help_text="Base name without extension.")
    original_name = models.CharField(max_length=755, blank=True, default="")
    stack = models.SmallIntegerField(choices=Stack.choices, default=Stack.STACKABLE)
    private = models.BooleanField(default=False)
    scan = models.BooleanField(default=False)
    panorama = models.BooleanField(default=False)
    rating = models.SmallIntegerField(null=True, blank=True, help_text="0 to 5, -1 rejected.")
    rating_src = SourceField()

    taken_at = models.DateTimeField(help_text="UTC.")
    taken_at_local = models.DateTimeField(help_text="The wall clock, written as if it were UTC.")
    taken_src = SourceField()
    time_zone = models.CharField(max_length=64, blank=True, default="")
    year = models.SmallIntegerField(default=-1)
    month = models.SmallIntegerField(default=-1)
    day = models.SmallIntegerField(default=-1)

    cell = models.ForeignKey("places.Cell", on_delete=models.PROTECT, default="zz", related_name="+")
    cell_accuracy = models.PositiveIntegerField(default=0, help_text="Metres.")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, default="zz", related_name="+")
    place_src = SourceField()
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    map_code = models.BigIntegerField(null=True, editable=False, help_text="The position by places.mapgrid.")
    altitude = models.IntegerField(null=True, blank=True, help_text="Metres.")
    direction = models.FloatField(null=True, blank=True, help_text="Degrees clockwise from north.")
    country = models.CharField(max_length=2, default="zz")

    camera = models.ForeignKey("library.Camera", on_delete=models.PROTECT, default=1, related_name="+", db_index=False)
    camera_serial = models.CharField(max_length=160, blank=True, default="")
    camera_src = SourceField()
    lens = models.ForeignKey("library.Lens", on_delete=models.PROTECT, default=1, related_name="+")
    iso = models.PositiveIntegerField(default=0)
    exposure = models.CharField(max_length=64, blank=True, default="")
    f_number = models.FloatField(default=0)
    focal_length = models.PositiveIntegerField(default=0, help_text="Millimetres.")

    quality = models.SmallIntegerField(default=0)
    resolution = models.PositiveSmallIntegerField(default=0, help_text="Megapixels, rounded.")
    faces = models.PositiveSmallIntegerField(default=0)
    color = models.PositiveSmallIntegerField(default=0, help_text="Main colour, 0 to 15.")
    duration = models.DurationField(null=True, blank=True)

    created_by = models.CharField(max_length=16, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    estimated_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="In the archive since.")

    # One stored column for "on the timeline", so that one index serves paging whatever hides a photo.
    listed = models.GeneratedField(
        expression=Case(
            When(Q(deleted_at__isnull=True) & Q(private=False) & Q(quality__gte=REVIEW_BELOW), then=Value(True)),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = PhotoManager()

    class Meta:
        indexes = [
            # Wide, so that the common filters are answered while walking the timeline, without reading the rows.
            models.Index(
                fields=[
                    "listed",
                    "-taken_at_local",
                    "-id",
                    "owner",
                    "type",
                    "country",
                    "year",
                    "month",
                    "day",
                    "camera",
                    "lens",
                    "iso",
                    "f_number",
                    "focal_length",
                    "color",
                    "resolution",
                ],
                name="photo_timeline",
            ),
            models.Index(fields=["listed", "-taken_at", "-id"], name="photo_newest"),
            models.Index(fields=["listed", "-created_at", "-id"], name="photo_added"),
            models.Index(fields=["private", "-taken_at_local"], name="photo_private"),
            models.Index(fields=["deleted_at", "-taken_at_local"], name="photo_archived"),
            models.Index(fields=["quality", "-taken_at_local"], name="photo_quality"),
            models.Index(fields=["type", "listed", "-taken_at_local"], name="photo_type"),
            models.Index(fields=["country", "listed", "-taken_at_local"], name="photo_country"),
            models.Index(fields=["year", "listed", "-taken_at_local", "-id", "country"], name="photo_year"),
            models.Index(fields=["camera", "listed", "-taken_at_local", "-id"], name="photo_camera"),
            models.Index(fields=["folder", "name"], name="photo_name"),
            models.Index(fields=["taken_at", "camera"], name="photo_moment"),
            models.Index(fields=["taken_at_local"], name="photo_local"),
            models.Index(fields=["listed", "map_code", "owner"], name="photo_map"),
            models.Index(fields=["lat", "lng"], name="photo_position"),
            models.Index(fields=["listed", "title", "id"], name="photo_title"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """As Django's; the square of the map follows the position."""
        self.map_code = code_of(self.lat, self.lng)
        if update_fields is not None:
            update_fields = set(update_fields)
            update_fields |= {"map_code"} if update_fields & {"lat", "lng"} else set()
        super().save(*args, update_fields=update_fields, **options)

    @property
    def is_archived(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_in_review(self) -> bool:
        return HIDDEN < self.quality < REVIEW_BELOW

    @property
    def has_position(self) -> bool:
        return self.lat is not None and self.lng is not None
