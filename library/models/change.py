"""Change: which photo changed, in the order of the changes."""

from typing import Final

from django.db import models

EVERY_PHOTO: Final = 0
NO_PHOTO: Final = -1


class Change(models.Model):
    """Written by the database itself (`library.search.watching`) for whoever keeps in memory what searches find."""

    photo_key = models.BigIntegerField(
        help_text="Id of the photo that changed, or what belongs to it; 0 = a name that many photos share, -1 = none."
    )

    def __str__(self) -> str:
        return f"{self.pk}: {self.photo_key}"
