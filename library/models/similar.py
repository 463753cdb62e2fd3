"""Lookalike: photos that seem to show one picture; Verdict: those of which a person said that they do not."""

from django.db import models


class Likeness(models.TextChoices):
    """Picture: one picture in other sizes or formats. Alike: cropped, changed, or another. Burst: moments apart."""

    PICTURE = "picture"
    ALIKE = "alike"
    BURST = "burst"


class Lookalike(models.Model):
    """One row for each photo of a group; the group is named by the UID that its first photo had when it was found."""

    photo = models.OneToOneField("library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="lookalike")
    group = models.CharField(max_length=16, db_index=True)
    kind = models.CharField(max_length=16, choices=Likeness.choices)

    def __str__(self) -> str:
        return f"{self.photo_id} in {self.group}"


class Verdict(models.Model):
    """Not duplicates: no two photos of one verdict are ever in a group again."""

    photo = models.ForeignKey("library.Photo", on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=16, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["photo", "verdict"], name="verdict_photo")]

    def __str__(self) -> str:
        return f"{self.photo_id} in {self.verdict}"
