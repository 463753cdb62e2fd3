"""Label: what is in a picture; PhotoLabel says where from and how sure; Category is the parent."""

from django.db import models

from library.models.fields import SourceField, UIDField


class Label(models.Model):
    uid = UIDField(prefix="l")
    slug = models.CharField(max_length=160, unique=True)
    custom_slug = models.CharField(max_length=160, db_index=True, blank=True, default="")
    name = models.CharField(max_length=160)
    priority = models.SmallIntegerField(default=0)
    favorite = models.BooleanField(default=False)
    description = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    photo_count = models.PositiveIntegerField(default=0)
    thumb = models.CharField(max_length=40, blank=True, default="")
    thumb_src = SourceField()
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="children")

    class Meta:
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["label", "parent"], name="category_unique")]

    def __str__(self) -> str:
        return f"{self.label_id} in {self.parent_id}"


class PhotoLabel(models.Model):
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="photo_labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="photo_labels", db_index=False)
    src = SourceField()
    uncertainty = models.PositiveSmallIntegerField(default=0, help_text="0 = sure, 100 = removed by a person.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "photo"], name="photo_label_unique")]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.label_id}"
