"""Cell, Place and Country: where on the globe, and what it is called."""

from django.db import models

UNKNOWN = "zz"


class Place(models.Model):
    id = models.CharField(max_length=42, primary_key=True)
    label = models.CharField(max_length=400, blank=True, default="")
    district = models.CharField(max_length=100, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="", db_index=True)
    state = models.CharField(max_length=100, blank=True, default="", db_index=True)
    country = models.CharField(max_length=2, default=UNKNOWN, db_index=True)
    keywords = models.CharField(max_length=300, blank=True, default="")
    favorite = models.BooleanField(default=False)
    photo_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.label or "Unknown"


class Cell(models.Model):
    """A square of about five metres (S2 level 21); `s2:` and the token are its id."""

    id = models.CharField(max_length=42, primary_key=True)
    name = models.CharField(max_length=200, blank=True, default="")
    street = models.CharField(max_length=100, blank=True, default="")
    postcode = models.CharField(max_length=50, blank=True, default="")
    category = models.CharField(max_length=50, blank=True, default="")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, default=UNKNOWN, related_name="cells")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name or self.id


class Country(models.Model):
    id = models.CharField(max_length=2, primary_key=True)
    slug = models.CharField(max_length=160, unique=True)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    cover_uid = models.CharField(max_length=16, blank=True, default="", help_text="UID of the cover photo.")

    class Meta:
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name
