import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0013_picture_vector'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lookalike',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='lookalike', serialize=False, to='library.photo')),
                ('group', models.CharField(db_index=True, max_length=16)),
                ('kind', models.CharField(choices=[('picture', 'Picture'), ('alike', 'Alike'), ('burst', 'Burst')], max_length=16)),
            ],
        ),
        migrations.AddField(
            model_name='file',
            name='phash',
            field=models.BigIntegerField(editable=False, help_text='Perceptual hash by media.phash; 0 = no detail, empty = not looked at.', null=True),
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(db_index=True, max_length=16)),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='library.photo')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('photo', 'verdict'), name='verdict_photo')],
            },
        ),
    ]
