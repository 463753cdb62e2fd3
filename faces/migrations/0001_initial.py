import django.db.models.deletion
import library.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('library', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Subject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='j')),
                ('type', models.CharField(choices=[('person', 'Person'), ('pet', 'Pet')], default='person', max_length=8)),
                ('src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('slug', models.CharField(blank=True, db_index=True, default='', max_length=160)),
                ('name', models.CharField(max_length=160, unique=True)),
                ('alias', models.CharField(blank=True, default='', max_length=160)),
                ('about', models.CharField(blank=True, default='', max_length=512)),
                ('bio', models.TextField(blank=True, default='')),
                ('notes', models.TextField(blank=True, default='')),
                ('favorite', models.BooleanField(default=False)),
                ('hidden', models.BooleanField(default=False)),
                ('private', models.BooleanField(default=False)),
                ('excluded', models.BooleanField(default=False)),
                ('file_count', models.PositiveIntegerField(default=0)),
                ('photo_count', models.PositiveIntegerField(default=0)),
                ('thumb', models.CharField(blank=True, default='', max_length=64)),
                ('thumb_src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Face',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'Regular'), (2, 'Child'), (3, 'Ignored'), (4, 'Ambiguous')], default=1)),
                ('hidden', models.BooleanField(default=False)),
                ('samples', models.PositiveIntegerField(default=0)),
                ('sample_radius', models.FloatField(default=0)),
                ('collisions', models.PositiveIntegerField(default=0)),
                ('collision_radius', models.FloatField(default=0)),
                ('embedding', models.BinaryField(default=b'', help_text='Mean vector, little-endian float32.')),
                ('model', models.CharField(blank=True, default='', help_text='What made the embedding.', max_length=32)),
                ('matched_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='faces', to='faces.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Marker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='m')),
                ('type', models.CharField(choices=[('face', 'Face'), ('label', 'Label')], default='face', max_length=8)),
                ('src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('name', models.CharField(blank=True, default='', max_length=160)),
                ('review', models.BooleanField(default=False)),
                ('invalid', models.BooleanField(default=False)),
                ('subject_src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('face_dist', models.FloatField(default=-1)),
                ('embedding', models.BinaryField(default=b'', help_text='Little-endian float32.')),
                ('model', models.CharField(blank=True, default='', help_text='What made the embedding.', max_length=32)),
                ('landmarks', models.BinaryField(default=b'')),
                ('x', models.FloatField(default=0, help_text='All sizes are relative to the upright picture, 0 to 1.')),
                ('y', models.FloatField(default=0)),
                ('w', models.FloatField(default=0)),
                ('h', models.FloatField(default=0)),
                ('q', models.IntegerField(default=0)),
                ('size', models.IntegerField(default=-1, help_text='Pixels.')),
                ('score', models.SmallIntegerField(default=0)),
                ('thumb', models.CharField(blank=True, default='', help_text='File hash and area.', max_length=64)),
                ('matched_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('face', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='markers', to='faces.face')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.file')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='markers', to='faces.subject')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'file'], name='marker_subject_file')],
            },
        ),
    ]
