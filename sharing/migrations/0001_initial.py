import django.db.models.deletion
import library.models.fields
import sharing.models.account
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='u')),
                ('role', models.CharField(choices=[('admin', 'Admin'), ('user', 'User'), ('viewer', 'Viewer'), ('guest', 'Guest')], default='user', max_length=16)),
                ('display_name', models.CharField(blank=True, default='', max_length=200)),
                ('webdav', models.BooleanField(default=True)),
                ('base_path', models.CharField(blank=True, default='', max_length=1024)),
                ('upload_path', models.CharField(blank=True, default='', max_length=1024)),
                ('preview_token', models.CharField(default=sharing.models.account.media_token, editable=False, max_length=64, unique=True)),
                ('download_token', models.CharField(default=sharing.models.account.media_token, editable=False, max_length=64, unique=True)),
                ('theme', models.CharField(choices=[('system', 'System'), ('light', 'Light'), ('dark', 'Dark')], default='system', max_length=8)),
                ('language', models.CharField(blank=True, default='', max_length=16)),
                ('time_zone', models.CharField(blank=True, default='', max_length=64)),
                ('settings', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='account', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FailedLogin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Address or account name, with its kind in front.', max_length=200)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'created_at'], name='failed_login_key')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='s')),
                ('share_uid', models.CharField(db_index=True, help_text='UID of what is shared.', max_length=16)),
                ('slug', models.CharField(blank=True, db_index=True, default='', max_length=160)),
                ('token', models.CharField(db_index=True, max_length=160)),
                ('expires', models.PositiveIntegerField(default=0, help_text='Seconds after the last change; 0 = never.')),
                ('views', models.PositiveIntegerField(default=0)),
                ('max_views', models.PositiveIntegerField(default=0, help_text='0 = any number.')),
                ('password', models.CharField(blank=True, default='', help_text='Hashed.', max_length=255)),
                ('comment', models.CharField(blank=True, default='', max_length=512)),
                ('can_comment', models.BooleanField(default=False)),
                ('can_edit', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('modified_at', models.DateTimeField(auto_now=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='AccessToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', library.models.fields.UIDField(prefix='t')),
                ('hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('kind', models.CharField(choices=[('session', 'Session'), ('app', 'App'), ('client', 'Client'), ('visitor', 'Visitor')], default='session', max_length=8)),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('scope', models.CharField(blank=True, default='*', help_text='Resources, or * for all.', max_length=1024)),
                ('preview_token', models.CharField(default=sharing.models.account.media_token, editable=False, max_length=64, unique=True)),
                ('download_token', models.CharField(default=sharing.models.account.media_token, editable=False, max_length=64, unique=True)),
                ('address', models.CharField(blank=True, default='', max_length=64)),
                ('user_agent', models.CharField(blank=True, default='', max_length=512)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('last_active_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='sharing.link')),
            ],
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('share_uid', 'token'), name='link_share_token'),
        ),
    ]
