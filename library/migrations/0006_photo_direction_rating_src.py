import library.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0005_file_is_streamable'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='direction',
            field=models.FloatField(blank=True, help_text='Degrees clockwise from north.', null=True),
        ),
        migrations.AddField(
            model_name='photo',
            name='rating_src',
            field=library.models.fields.SourceField(blank=True, default='', max_length=8),
        ),
    ]
