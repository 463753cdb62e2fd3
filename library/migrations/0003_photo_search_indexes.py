import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0002_unknown_gear'),
        ('places', '0002_unknown_place'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='photo',
            name='photo_timeline',
        ),
        migrations.RemoveIndex(
            model_name='photo',
            name='photo_date',
        ),
        migrations.AlterField(
            model_name='photo',
            name='camera',
            field=models.ForeignKey(db_index=False, default=1, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.camera'),
        ),
        migrations.AlterField(
            model_name='photo',
            name='owner',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Empty = the shared library.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['listed', '-taken_at_local', '-id', 'owner', 'type', 'country', 'year', 'month', 'day', 'camera', 'lens', 'iso', 'f_number', 'focal_length', 'color', 'resolution'], name='photo_timeline'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['year', 'listed', '-taken_at_local', '-id', 'country'], name='photo_year'),
        ),
        migrations.AddIndex(
            model_name='photo',
            index=models.Index(fields=['camera', 'listed', '-taken_at_local', '-id'], name='photo_camera'),
        ),
    ]
