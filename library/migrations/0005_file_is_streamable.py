from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_file_video_inside"),
    ]

    operations = [
        migrations.AddField(
            model_name="file",
            name="is_streamable",
            field=models.BooleanField(
                default=False, help_text="A video that players of its codec play as it is: container, pixels, sound."
            ),
        ),
    ]
