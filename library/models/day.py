"""DayCount: how many photos a day holds in each view of the timeline, per owner."""

from django.db import models


class DayCount(models.Model):
    """Kept by `library.counts.recount_days`, so that the timeline of a million photos needs no GROUP BY."""

    day = models.DateField()
    owner_key = models.BigIntegerField(default=0, help_text="Id of the owner's user; 0 = the shared library.")
    photos = models.PositiveIntegerField(default=0, help_text="Listed ones.")
    videos = models.PositiveIntegerField(default=0, help_text="Videos among the listed.")
    review = models.PositiveIntegerField(default=0, help_text="Not private.")
    archived = models.PositiveIntegerField(default=0, help_text="Private ones too.")
    private = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "owner_key"], name="day_count_unique")]

    def __str__(self) -> str:
        return f"{self.day}: {self.photos}"
