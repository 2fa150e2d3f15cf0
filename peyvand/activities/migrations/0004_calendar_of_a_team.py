"""What the calendar of a team reads: who is invited when, and the activities that last longer than a day."""

import datetime
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


# The time of an activity stands beside its guests, too: their calendars would read all they were ever invited to.
TRIGGERS = """
CREATE FUNCTION activities_guest_at() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NEW.at := (SELECT at FROM activities_activity WHERE id = NEW.activity_id);
  RETURN NEW;
END $$;
CREATE FUNCTION activities_guests_at() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE activities_invitee SET at = NEW.at WHERE activity_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER activities_guest_at BEFORE INSERT ON activities_invitee
  FOR EACH ROW EXECUTE FUNCTION activities_guest_at();
CREATE TRIGGER activities_guests_at AFTER UPDATE OF at ON activities_activity
  FOR EACH ROW WHEN (OLD.at IS DISTINCT FROM NEW.at) EXECUTE FUNCTION activities_guests_at();
UPDATE activities_invitee SET at = a.at FROM activities_activity a WHERE a.id = activity_id;
"""
NO_TRIGGERS = "DROP FUNCTION activities_guest_at, activities_guests_at CASCADE;"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_substitutions'),
        ('activities', '0003_invitations_by_mail'),
        ('parties', '0012_beside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='activity',
            name='activities_owner',
        ),
        migrations.RemoveIndex(
            model_name='activity',
            name='activities_order',
        ),
        migrations.AddField(
            model_name='invitee',
            name='at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['owner', 'at', 'id'], include=('ends_at', 'all_day', 'state', 'department', 'branch', 'created_by'), name='activities_owner'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('deleted_at', None), django.db.models.lookups.GreaterThan(django.db.models.expressions.CombinedExpression(models.F('ends_at'), '-', models.F('at')), datetime.timedelta(days=1))), fields=['owner', 'at'], name='activities_long'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.OrderBy(models.F('at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('deleted_at', None)), name='activities_by_time'),
        ),
        migrations.AddIndex(
            model_name='invitee',
            index=models.Index(condition=models.Q(('user__isnull', False)), fields=['user', 'at'], include=('activity',), name='activities_inv_when'),
        ),
    ]
