import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.CharField(max_length=2, primary_key=True, serialize=False)),
                ('slug', models.CharField(max_length=160, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('description', models.TextField(blank=True, default='')),
                ('notes', models.TextField(blank=True, default='')),
                ('cover_uid', models.CharField(blank=True, default='', help_text='UID of the cover photo.', max_length=16)),
            ],
            options={
                'verbose_name_plural': 'countries',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.CharField(max_length=42, primary_key=True, serialize=False)),
                ('label', models.CharField(blank=True, default='', max_length=400)),
                ('district', models.CharField(blank=True, default='', max_length=100)),
                ('city', models.CharField(blank=True, db_index=True, default='', max_length=100)),
                ('state', models.CharField(blank=True, db_index=True, default='', max_length=100)),
                ('country', models.CharField(db_index=True, default='zz', max_length=2)),
                ('keywords', models.CharField(blank=True, default='', max_length=300)),
                ('favorite', models.BooleanField(default=False)),
                ('photo_count', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.CharField(max_length=42, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('street', models.CharField(blank=True, default='', max_length=100)),
                ('postcode', models.CharField(blank=True, default='', max_length=50)),
                ('category', models.CharField(blank=True, default='', max_length=50)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('place', models.ForeignKey(default='zz', on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='places.place')),
            ],
        ),
    ]
