import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0014_duplicates'),
    ]

    operations = [
        migrations.CreateModel(
            name='Captioning',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='captioning', serialize=False, to='library.photo')),
                ('model', models.CharField(help_text='The name under which the server knows it.', max_length=160)),
                ('captioned_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='NudityCheck',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='nudity_check', serialize=False, to='library.photo')),
                ('version', models.PositiveSmallIntegerField(help_text='Of models and rules: nudity.detector.VERSION.')),
                ('checked_at', models.DateTimeField()),
                ('whole', models.PositiveSmallIntegerField(help_text='Percent by the model that looks at the whole picture.')),
                ('parts', models.PositiveSmallIntegerField(help_text='Percent by the model that looks for uncovered parts.')),
                ('made_private', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Recognition',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='recognition', serialize=False, to='library.photo')),
                ('version', models.PositiveSmallIntegerField(help_text='Of models and rules: ocr.recognizer.VERSION.')),
                ('hash', models.CharField(help_text='The file whose picture was read.', max_length=40)),
                ('read_at', models.DateTimeField()),
                ('lines', models.JSONField(default=list, help_text='For each line its text, its confidence and its corners.')),
                ('phrases', models.TextField(blank=True, default='', help_text='The lines as ocr.words.line has them.')),
            ],
        ),
        migrations.CreateModel(
            name='TextWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='PhotoTextWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_words', to='library.photo')),
                ('word', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='library.textword')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'photo'), name='photo_text_word_unique')],
            },
        ),
    ]
