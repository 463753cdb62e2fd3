from django.db import migrations, models


def count_indexes(apps, schema_editor):
    """SQLite prefers an index that it has not counted to all that it has."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone():
            for name in ("photo_position", "photo_title", "photo_label_sure"):
                cursor.execute(f"ANALYZE {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0007_photo_moment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "photo_key",
                    models.BigIntegerField(
                        help_text=(
                            "Id of the photo that changed, or what belongs to it; 0 = a name that many photos share,"
                            " -1 = none."
                        )
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["lat", "lng"], name="photo_position"),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(fields=["listed", "title", "id"], name="photo_title"),
        ),
        migrations.AddIndex(
            model_name="photolabel",
            index=models.Index(fields=["label", "uncertainty", "photo"], name="photo_label_sure"),
        ),
        migrations.RunPython(count_indexes, migrations.RunPython.noop),
    ]
