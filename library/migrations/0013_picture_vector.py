import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0012_classification'),
    ]

    operations = [
        migrations.CreateModel(
            name='PictureVector',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='picture_vector', serialize=False, to='library.photo')),
                ('model', models.CharField(db_index=True, help_text="The digest of the model's files.", max_length=64)),
                ('file_hash', models.CharField(help_text='SHA-1 of the file that was looked at.', max_length=40)),
                ('made_at', models.DateTimeField()),
                ('vector', models.BinaryField(help_text='Signed bytes; compare directions.', max_length=4096)),
            ],
        ),
    ]
