from django.db import migrations, models

from places.mapgrid import code_of

AT_ONCE = 20_000


def fill(apps, schema_editor):
    """Gives every photo with a position its square; a million take half a minute."""
    photos = apps.get_model("library", "Photo").objects.filter(lat__isnull=False, lng__isnull=False).order_by("pk")
    table = schema_editor.quote_name(photos.model._meta.db_table)
    last = 0
    while rows := list(photos.filter(pk__gt=last).values_list("lat", "lng", "pk")[:AT_ONCE]):
        values = [(code_of(lat, lng), pk) for lat, lng, pk in rows]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET map_code = %s WHERE id = %s", values)
        last = rows[-1][2]


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0008_change_and_covering_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="map_code",
            field=models.BigIntegerField(editable=False, help_text="The position by places.mapgrid.", null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["listed", "map_code", "owner"], name="photo_map"),
        ),
    ]
