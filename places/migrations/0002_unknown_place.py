"""The rows that stand for "somewhere": every photo has a cell and a place."""

from django.db import migrations

UNKNOWN = "zz"


def add_unknown(apps, schema_editor):
    place, _ = apps.get_model("places", "Place").objects.get_or_create(id=UNKNOWN, defaults={"country": UNKNOWN})
    apps.get_model("places", "Cell").objects.get_or_create(id=UNKNOWN, defaults={"place": place})
    apps.get_model("places", "Country").objects.get_or_create(id=UNKNOWN, defaults={"slug": UNKNOWN, "name": "Unknown"})


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(add_unknown, migrations.RunPython.noop)]
