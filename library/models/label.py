"""Label: what is in a picture; PhotoLabel: where from, how sure; Category: the parent; LabelMerge: what became one."""

from typing import Any

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
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="Hidden, or merged into another.")
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged", help_text="What it is now."
    )

    class Meta:
        indexes = [
            # Which labels begin so, and which of them have the most photos, without reading the rows.
            models.Index(fields=["custom_slug", "photo_count", "deleted_at"], name="label_named"),
            models.Index(fields=["-photo_count"], name="label_counted"),
        ]

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


class LabelMerge(models.Model):
    """What a label brought to another, so that it can be taken back."""

    label = models.OneToOneField(Label, on_delete=models.CASCADE, related_name="+")
    into = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="+")
    first_row = models.BigIntegerField(default=0, help_text="The first PhotoLabel that was added to `into`.")
    last_row = models.BigIntegerField(default=0)
    before: Any = models.JSONField(default=list, help_text="Rows of `into` that changed: id, source, uncertainty.")
    categories: Any = models.JSONField(default=list, help_text="The ids of Categories that were added.")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.label_id} in {self.into_id}"


class PhotoLabel(models.Model):
    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="photo_labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="photo_labels", db_index=False)
    src = SourceField()
    uncertainty = models.PositiveSmallIntegerField(default=0, help_text="0 = sure, 100 = removed by a person.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "photo"], name="photo_label_unique")]
        # All photos of a label without reading the rows.
        indexes = [models.Index(fields=["label", "uncertainty", "photo"], name="photo_label_sure")]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.label_id}"
