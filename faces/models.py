"""Marker (an area of a file), Face (a cluster of embeddings) and Subject (a person)."""

from django.db import models

from library.models.fields import SourceField, UIDField


class SubjectType(models.TextChoices):
    PERSON = "person"
    PET = "pet"


class Subject(models.Model):
    uid = UIDField(prefix="j")
    type = models.CharField(max_length=8, choices=SubjectType.choices, default=SubjectType.PERSON)
    src = SourceField()
    slug = models.CharField(max_length=160, db_index=True, blank=True, default="")
    name = models.CharField(max_length=160, unique=True)
    alias = models.CharField(max_length=160, blank=True, default="")
    about = models.CharField(max_length=512, blank=True, default="")
    bio = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    favorite = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    file_count = models.PositiveIntegerField(default=0)
    photo_count = models.PositiveIntegerField(default=0)
    thumb = models.CharField(max_length=64, blank=True, default="")
    thumb_src = SourceField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class FaceKind(models.IntegerChoices):
    REGULAR = 1
    CHILD = 2
    IGNORED = 3
    AMBIGUOUS = 4


class Face(models.Model):
    id = models.CharField(max_length=32, primary_key=True)
    src = SourceField()
    kind = models.PositiveSmallIntegerField(choices=FaceKind.choices, default=FaceKind.REGULAR)
    hidden = models.BooleanField(default=False)
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, blank=True, related_name="faces")
    samples = models.PositiveIntegerField(default=0)
    sample_radius = models.FloatField(default=0)
    collisions = models.PositiveIntegerField(default=0)
    collision_radius = models.FloatField(default=0)
    embedding = models.BinaryField(default=b"", help_text="Mean vector, little-endian float32.")
    model = models.CharField(max_length=32, blank=True, default="", help_text="What made the embedding.")
    matched_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.id


class MarkerType(models.TextChoices):
    FACE = "face"
    LABEL = "label"


class Marker(models.Model):
    uid = UIDField(prefix="m")
    file = models.ForeignKey("library.File", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=8, choices=MarkerType.choices, default=MarkerType.FACE)
    src = SourceField()
    name = models.CharField(max_length=160, blank=True, default="")
    review = models.BooleanField(default=False)
    invalid = models.BooleanField(default=False)
    subject = models.ForeignKey(Subject, on_delete=models.SET_NULL, null=True, blank=True, related_name="markers")
    subject_src = SourceField()
    face = models.ForeignKey(Face, on_delete=models.SET_NULL, null=True, blank=True, related_name="markers")
    face_dist = models.FloatField(default=-1)
    embedding = models.BinaryField(default=b"", help_text="Little-endian float32.")
    model = models.CharField(max_length=32, blank=True, default="", help_text="What made the embedding.")
    landmarks = models.BinaryField(default=b"")
    x = models.FloatField(default=0, help_text="All sizes are relative to the upright picture, 0 to 1.")
    y = models.FloatField(default=0)
    w = models.FloatField(default=0)
    h = models.FloatField(default=0)
    q = models.IntegerField(default=0)
    size = models.IntegerField(default=-1, help_text="Pixels.")
    score = models.SmallIntegerField(default=0)
    thumb = models.CharField(max_length=64, blank=True, default="", help_text="File hash and area.")
    matched_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "file"], name="marker_subject_file")]

    def __str__(self) -> str:
        return self.name or self.uid
