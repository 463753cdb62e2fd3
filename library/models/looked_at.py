"""What other models than that of labels made of a photo's picture: its caption, and whether it shows nudity."""

from django.db import models


class Captioning(models.Model):
    """One row a photo that a vision model was asked about, whatever became of its answer."""

    photo = models.OneToOneField("library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="captioning")
    model = models.CharField(max_length=160, help_text="The name under which the server knows it.")
    captioned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.model}"


class NudityCheck(models.Model):
    """One row a photo that was checked when it was new; it is not checked again, so that people have the last word."""

    photo = models.OneToOneField(
        "library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="nudity_check"
    )
    version = models.PositiveSmallIntegerField(help_text="Of models and rules: nudity.detector.VERSION.")
    checked_at = models.DateTimeField()
    whole = models.PositiveSmallIntegerField(help_text="Percent by the model that looks at the whole picture.")
    parts = models.PositiveSmallIntegerField(help_text="Percent by the model that looks for uncovered parts.")
    made_private = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.whole} %, {self.parts} %"
