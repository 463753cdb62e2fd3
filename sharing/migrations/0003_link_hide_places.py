from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0002_link_can_download'),
    ]

    operations = [
        migrations.AddField(
            model_name='link',
            name='hide_places',
            field=models.BooleanField(default=False, help_text='Visitors are not told where photos were taken.'),
        ),
    ]
