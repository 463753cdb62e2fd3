from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="link",
            name="can_download",
            field=models.BooleanField(default=True, help_text="Originals; without it the web sizes only."),
        ),
    ]
