"""Adds what cities and states are looked up by, with its indexes, and fills it in for known places."""

from typing import Any

from django.db import migrations, models

import places.models

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    place = apps.get_model("places", "Place")
    rows = place.objects.exclude(city="", state="").order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        some = list(place.objects.filter(pk__in=ids[start : start + BATCH]))
        for row in some:
            for name in ("city_slug", "state_slug"):
                place._meta.get_field(name).pre_save(row, add=False)
        place.objects.bulk_update(some, ["city_slug", "state_slug"])


class Migration(migrations.Migration):
    dependencies = [("places", "0002_unknown_place")]

    operations = [
        migrations.AddField("place", "city_slug", places.models.SlugOfField(of="city")),
        migrations.AddField("place", "state_slug", places.models.SlugOfField(of="state")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "place", models.Index(fields=["city_slug", "city", "photo_count"], name="place_city_named")
        ),
        migrations.AddIndex(
            "place", models.Index(fields=["state_slug", "state", "photo_count"], name="place_state_named")
        ),
        migrations.AddIndex("place", models.Index(fields=["country", "photo_count"], name="place_country_counted")),
        migrations.AddIndex("place", models.Index(fields=["-photo_count"], name="place_counted")),
    ]
