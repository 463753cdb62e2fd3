"""PictureVector: what the operator's own model for pictures and texts made of a photo's picture."""

from django.db import models


class PictureVector(models.Model):
    """One row a photo; one of another model, or of another picture than the photo's today, is out of date."""

    photo = models.OneToOneField(
        "library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="picture_vector"
    )
    model = models.CharField(max_length=64, db_index=True, help_text="The digest of the model's files.")
    file_hash = models.CharField(max_length=40, help_text="SHA-1 of the file that was looked at.")
    made_at = models.DateTimeField()
    vector = models.BinaryField(max_length=4096, help_text="Signed bytes; compare directions.")

    def __str__(self) -> str:
        return f"{self.photo_id}"
