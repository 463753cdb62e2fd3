from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_photo_search_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='file',
            name='unstacked',
            field=models.BooleanField(default=False, help_text='Taken out of its stack by hand: a picture of its own.'),
        ),
        migrations.AddField(
            model_name='file',
            name='video_codec',
            field=models.CharField(blank=True, default='', help_text='Of the video inside: avc1 ...', max_length=32),
        ),
        migrations.AddField(
            model_name='file',
            name='video_length',
            field=models.BigIntegerField(default=0, help_text='Bytes of the video inside; 0 = none.'),
        ),
        migrations.AddField(
            model_name='file',
            name='video_offset',
            field=models.BigIntegerField(default=0, help_text='Bytes before the video inside a motion photo.'),
        ),
    ]
