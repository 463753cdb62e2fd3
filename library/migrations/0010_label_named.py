from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0009_photo_map_code"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["custom_slug", "photo_count", "deleted_at"], name="label_named"),
        ),
        migrations.AddIndex(
            model_name="label",
            index=models.Index(fields=["-photo_count"], name="label_counted"),
        ),
    ]
