"""Classification: what the label model made of a photo's picture, kept so that photos can be compared without it."""

from django.db import models


class Classification(models.Model):
    """One row a photo; without one it has not been looked at."""

    photo = models.OneToOneField(
        "library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="classification"
    )
    version = models.PositiveSmallIntegerField(help_text="Of model and rules: classify.seeing.VERSION.")
    seen_at = models.DateTimeField()
    classes = models.BinaryField(max_length=30, help_text="The ten likeliest classes, by classify.packing.")
    vector = models.BinaryField(max_length=128, help_text="128 signed bytes; compare directions.")

    def __str__(self) -> str:
        return f"{self.photo_id}"
