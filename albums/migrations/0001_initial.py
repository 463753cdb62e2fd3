import django.db.models.deletion
import library.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('library', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Album',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='a')),
                ('slug', models.CharField(blank=True, db_index=True, default='', max_length=160)),
                ('path', models.CharField(blank=True, default='', max_length=1024)),
                ('type', models.CharField(choices=[('album', 'Album'), ('folder', 'Folder'), ('moment', 'Moment'), ('month', 'Month'), ('state', 'State')], default='album', max_length=8)),
                ('title', models.CharField(blank=True, default='', max_length=160)),
                ('location', models.CharField(blank=True, default='', max_length=160)),
                ('category', models.CharField(blank=True, db_index=True, default='', max_length=100)),
                ('caption', models.CharField(blank=True, default='', max_length=1024)),
                ('description', models.TextField(blank=True, default='')),
                ('notes', models.TextField(blank=True, default='')),
                ('filter', models.TextField(blank=True, default='')),
                ('order', models.CharField(blank=True, default='', max_length=32)),
                ('template', models.CharField(blank=True, default='', max_length=255)),
                ('state', models.CharField(blank=True, default='', max_length=100)),
                ('country', models.CharField(blank=True, default='zz', max_length=2)),
                ('year', models.SmallIntegerField(default=-1)),
                ('month', models.SmallIntegerField(default=-1)),
                ('day', models.SmallIntegerField(default=-1)),
                ('favorite', models.BooleanField(default=False)),
                ('private', models.BooleanField(default=False)),
                ('thumb', models.CharField(blank=True, default='', max_length=40)),
                ('thumb_src', library.models.fields.SourceField(blank=True, default='', max_length=8)),
                ('created_by', models.CharField(blank=True, default='', max_length=16)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='albums.album')),
            ],
        ),
        migrations.CreateModel(
            name='PhotoAlbum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.IntegerField(default=0)),
                ('hidden', models.BooleanField(default=False)),
                ('missing', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('album', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='albums.album')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.photo')),
            ],
        ),
        migrations.AddIndex(
            model_name='album',
            index=models.Index(fields=['type', 'year', 'month'], name='album_type_date'),
        ),
        migrations.AddIndex(
            model_name='album',
            index=models.Index(fields=['type', 'country', 'state'], name='album_type_state'),
        ),
        migrations.AddConstraint(
            model_name='photoalbum',
            constraint=models.UniqueConstraint(fields=('album', 'photo'), name='photo_album_unique'),
        ),
    ]
