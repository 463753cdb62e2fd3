"""Cell, Place and Country: where on the globe, and what it is called; HomeZone: what strangers are not told."""

from typing import Any

from django.conf import settings
from django.db import models
from slugify import slugify

from places.homes import Home, aside

UNKNOWN = "zz"


class SlugOfField(models.CharField[str, str]):
    """The text of another column as it is looked up, "sao-paulo" for "São Paulo": `SlugOfField(of="city")`."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.update(max_length=100, blank=True, default="", editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("max_length", "blank", "default", "editable"):
            kwargs.pop(derived, None)
        kwargs["of"] = self.of
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        slug = slugify(getattr(model_instance, self.of), max_length=self.max_length or 0)
        setattr(model_instance, self.attname, slug)
        return slug


class Place(models.Model):
    id = models.CharField(max_length=42, primary_key=True)
    label = models.CharField(max_length=400, blank=True, default="")
    district = models.CharField(max_length=100, blank=True, default="")
    city = models.CharField(max_length=100, blank=True, default="", db_index=True)
    state = models.CharField(max_length=100, blank=True, default="", db_index=True)
    city_slug = SlugOfField(of="city")
    state_slug = SlugOfField(of="state")
    country = models.CharField(max_length=2, default=UNKNOWN, db_index=True)
    keywords = models.CharField(max_length=300, blank=True, default="")
    favorite = models.BooleanField(default=False)
    photo_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            # Each answers by itself which names begin so, and which of them have the most photos.
            models.Index(fields=["city_slug", "city", "photo_count"], name="place_city_named"),
            models.Index(fields=["state_slug", "state", "photo_count"], name="place_state_named"),
            models.Index(fields=["country", "photo_count"], name="place_country_counted"),
            models.Index(fields=["-photo_count"], name="place_counted"),
        ]

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


class HomeZone(models.Model):
    """A home of somebody: photos within are told to ten kilometres to all who are no members of the library."""

    name = models.CharField(max_length=80, blank=True, default="")
    # Without its owner a home stays one: what was hidden must not come to light with an account that is removed.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    lat = models.FloatField()
    lng = models.FloatField()
    radius = models.PositiveIntegerField(help_text="Metres.")
    hidden_lat = models.FloatField(editable=False, help_text="Middle of what is hidden, up to the radius aside.")
    hidden_lng = models.FloatField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or f"{self.lat:.3f}, {self.lng:.3f}"

    def save(self, *args: Any, **options: Any) -> None:
        """As Django's; with a new position or radius another middle is drawn."""
        known = HomeZone.objects.filter(pk=self.pk, lat=self.lat, lng=self.lng, radius=self.radius)
        if self.pk is None or not known.exists():
            self.hidden_lat, self.hidden_lng = aside(self.lat, self.lng, self.radius)
            if (fields := options.get("update_fields")) is not None:
                options["update_fields"] = {*fields, "hidden_lat", "hidden_lng"}
        super().save(*args, **options)

    @property
    def home(self) -> Home:
        """What is hidden."""
        return Home(self.hidden_lat, self.hidden_lng, 2 * self.radius / 1000)
