import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_notifications'),
        ('cartable', '0009_return_timers'),
        ('channels', '0002_initial'),
        ('parties', '0010_quality'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('looking', 'is looking at this'), ('typing', 'is typing')], max_length=7)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Snooze',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name='request',
            name='tag_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='request',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('tag_ids', []), _negated=True), fields=['tag_ids'], name='cartable_req_tags'),
        ),
        migrations.AddField(
            model_name='presence',
            name='request',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cartable.request'),
        ),
        migrations.AddField(
            model_name='presence',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='snooze',
            name='request',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='snoozes', to='cartable.request'),
        ),
        migrations.AddField(
            model_name='snooze',
            name='user',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='cartable_presence_once'),
        ),
        migrations.AddIndex(
            model_name='snooze',
            index=models.Index(fields=['user', 'until'], name='cartable_snooze_user'),
        ),
        migrations.AddIndex(
            model_name='snooze',
            index=models.Index(fields=['until'], name='cartable_snooze_until'),
        ),
        migrations.AddConstraint(
            model_name='snooze',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='cartable_snooze_once'),
        ),
        # Who looks at what now is worth nothing after a crash.
        migrations.RunSQL('ALTER TABLE cartable_presence SET UNLOGGED', 'ALTER TABLE cartable_presence SET LOGGED'),
    ]
