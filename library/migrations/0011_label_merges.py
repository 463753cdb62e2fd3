import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0010_label_named'),
    ]

    operations = [
        migrations.AddField(
            model_name='label',
            name='merged_into',
            field=models.ForeignKey(blank=True, help_text='What it is now.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='library.label'),
        ),
        migrations.AlterField(
            model_name='label',
            name='deleted_at',
            field=models.DateTimeField(blank=True, help_text='Hidden, or merged into another.', null=True),
        ),
        migrations.CreateModel(
            name='LabelMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_row', models.BigIntegerField(default=0, help_text='The first PhotoLabel that was added to `into`.')),
                ('last_row', models.BigIntegerField(default=0)),
                ('before', models.JSONField(default=list, help_text='Rows of `into` that changed: id, source, uncertainty.')),
                ('categories', models.JSONField(default=list, help_text='The ids of Categories that were added.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.label')),
                ('label', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.label')),
            ],
        ),
    ]
