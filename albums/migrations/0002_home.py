from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('albums', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Home',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_key', models.BigIntegerField(default=0, help_text="Id of the account's user; 0 = everybody's.", unique=True)),
                ('lat', models.FloatField()),
                ('lng', models.FloatField()),
                ('since', models.DateField(blank=True, help_text='Empty = always.', null=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
