import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0011_label_merges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='classification', serialize=False, to='library.photo')),
                ('version', models.PositiveSmallIntegerField(help_text='Of model and rules: classify.seeing.VERSION.')),
                ('seen_at', models.DateTimeField()),
                ('classes', models.BinaryField(help_text='The ten likeliest classes, by classify.packing.', max_length=30)),
                ('vector', models.BinaryField(help_text='128 signed bytes; compare directions.', max_length=128)),
            ],
        ),
    ]
