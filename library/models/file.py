"""File: one original or sidecar of a photo; primary, hash, type."""

from django.db import models

from library.models.fields import SourceField, UIDField
from library.models.folder import Root


class File(models.Model):
    uid = UIDField(prefix="f")
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, null=True, related_name="files")
    folder = models.ForeignKey("library.Folder", on_delete=models.CASCADE, related_name="files")
    root = models.CharField(max_length=16, choices=Root.choices, default=Root.ORIGINALS)
    name = models.CharField(max_length=1024, help_text="Relative to the root.")
    path_key = models.CharField(max_length=40, unique=True, editable=False)
    original_name = models.CharField(max_length=755, blank=True, default="")
    hash = models.CharField(max_length=40, db_index=True, help_text="SHA-1 of the whole file.")
    size = models.BigIntegerField(default=0, help_text="Bytes.")
    mod_time = models.BigIntegerField(default=0, help_text="Nanoseconds since 1970.")
    instance_id = models.CharField(max_length=64, blank=True, default="")
    type = models.CharField(max_length=16, blank=True, default="", help_text="Format: jpg, png, heic ...")
    media_type = models.CharField(max_length=16, blank=True, default="")
    mime = models.CharField(max_length=64, blank=True, default="")
    codec = models.CharField(max_length=32, blank=True, default="")
    is_primary = models.BooleanField(default=False)
    is_sidecar = models.BooleanField(default=False)
    is_missing = models.BooleanField(default=False)
    is_video = models.BooleanField(default=False)
    is_portrait = models.BooleanField(default=False)
    duration = models.DurationField(null=True, blank=True)
    fps = models.FloatField(default=0)
    frames = models.PositiveIntegerField(default=0)
    is_streamable = models.BooleanField(
        default=False, help_text="A video that players of its codec play as it is: container, pixels, sound."
    )
    video_offset = models.BigIntegerField(default=0, help_text="Bytes before the video inside a motion photo.")
    video_length = models.BigIntegerField(default=0, help_text="Bytes of the video inside; 0 = none.")
    video_codec = models.CharField(max_length=32, blank=True, default="", help_text="Of the video inside: avc1 ...")
    width = models.PositiveIntegerField(default=0, help_text="Pixels, upright.")
    height = models.PositiveIntegerField(default=0, help_text="Pixels, upright.")
    orientation = models.PositiveSmallIntegerField(default=1)
    orientation_src = SourceField()
    projection = models.CharField(max_length=64, blank=True, default="")
    aspect_ratio = models.FloatField(default=0)
    hdr = models.BooleanField(default=False)
    watermark = models.BooleanField(default=False)
    color_profile = models.CharField(max_length=64, blank=True, default="")
    main_color = models.CharField(max_length=16, blank=True, default="")
    colors = models.CharField(max_length=9, blank=True, default="", help_text="Nine hex digits, one per 3x3 field.")
    luminance = models.CharField(max_length=9, blank=True, default="")
    diff = models.IntegerField(default=-1)
    chroma = models.SmallIntegerField(default=-1)
    phash = models.BigIntegerField(
        null=True, editable=False, help_text="Perceptual hash by media.phash; 0 = no detail, empty = not looked at."
    )
    thumbhash = models.BinaryField(max_length=32, default=b"", blank=True)
    software = models.CharField(max_length=64, blank=True, default="")
    unstacked = models.BooleanField(default=False, help_text="Taken out of its stack by hand: a picture of its own.")
    error = models.CharField(max_length=512, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["photo", "is_primary"], name="file_photo_primary")]

    def __str__(self) -> str:
        return self.name

    @property
    def base_name(self) -> str:
        return self.name.rpartition("/")[2]

    @property
    def is_original(self) -> bool:
        return self.root == Root.ORIGINALS and not self.is_sidecar

    @property
    def is_playable(self) -> bool:
        """Whether it is a video or has one inside."""
        return self.is_video or self.video_length > 0
