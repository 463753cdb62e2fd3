"""ErrorLog and Duplicate: what indexing could not use, and why."""

from django.db import models

from library.models.folder import Root


class Level(models.TextChoices):
    """Skipped: not a picture, nothing to mend. Warning: shown, with a doubt. Error: cannot be shown."""

    SKIPPED = "skipped"
    WARNING = "warning"
    ERROR = "error"


class ErrorLog(models.Model):
    """One row per file that could not be shown or was shown with a doubt; it goes when the file is read well."""

    created_at = models.DateTimeField(auto_now_add=True)
    level = models.CharField(max_length=16, choices=Level.choices, default=Level.ERROR)
    root = models.CharField(max_length=16, choices=Root.choices, default=Root.ORIGINALS)
    name = models.CharField(max_length=1024)
    path_key = models.CharField(max_length=40, unique=True)
    folder = models.ForeignKey("library.Folder", on_delete=models.CASCADE, null=True, blank=True, related_name="errors")
    reason = models.CharField(max_length=1024)
    size = models.BigIntegerField(default=0)
    mod_time = models.BigIntegerField(default=0, help_text="Nanoseconds; an unchanged broken file is not tried again.")

    class Meta:
        indexes = [models.Index(fields=["level", "-created_at"], name="error_level_date")]

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class Duplicate(models.Model):
    """A file whose content is indexed under another name that still exists."""

    root = models.CharField(max_length=16, choices=Root.choices, default=Root.ORIGINALS)
    name = models.CharField(max_length=1024)
    path_key = models.CharField(max_length=40, unique=True)
    folder = models.ForeignKey("library.Folder", on_delete=models.CASCADE, related_name="duplicates")
    hash = models.CharField(max_length=40, db_index=True)
    size = models.BigIntegerField(default=0)
    mod_time = models.BigIntegerField(default=0, help_text="Nanoseconds.")

    def __str__(self) -> str:
        return self.name
