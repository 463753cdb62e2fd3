"""The camera and the lens of photos that do not name theirs; number 1, as apps expect."""

from django.core.management.color import no_style
from django.db import migrations


def add_unknown(apps, schema_editor):
    for name in ("Camera", "Lens"):
        model = apps.get_model("library", name)
        model.objects.get_or_create(id=1, defaults={"slug": "zz", "name": "Unknown", "model": "Unknown"})
        # A number given by hand does not move PostgreSQL's sequence.
        for sql in schema_editor.connection.ops.sequence_reset_sql(no_style(), [model]):
            schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial"), ("places", "0002_unknown_place")]
    operations = [migrations.RunPython(add_unknown, migrations.RunPython.noop)]
