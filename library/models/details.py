"""Details: the long texts of a photo, each with its source."""

from django.db import models

from library.models.fields import SourceField


class Details(models.Model):
    photo = models.OneToOneField("library.Photo", on_delete=models.CASCADE, primary_key=True, related_name="details")
    keywords = models.TextField(blank=True, default="")
    keywords_src = SourceField()
    notes = models.TextField(blank=True, default="")
    notes_src = SourceField()
    subject = models.CharField(max_length=1024, blank=True, default="")
    subject_src = SourceField()
    artist = models.CharField(max_length=1024, blank=True, default="")
    artist_src = SourceField()
    copyright = models.CharField(max_length=1024, blank=True, default="")
    copyright_src = SourceField()
    license = models.CharField(max_length=1024, blank=True, default="")
    license_src = SourceField()
    software = models.CharField(max_length=1024, blank=True, default="")
    software_src = SourceField()

    class Meta:
        verbose_name_plural = "details"

    def __str__(self) -> str:
        return f"details of photo {self.photo_id}"
