"""Sums of a board from its index alone, and the deals of a department."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_substitutions'),
        ('parties', '0012_beside'),
        ('sales', '0003_capture_and_assignment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='deal',
            name='sales_deal_sums',
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(condition=models.Q(('deleted_at', None), ('state', 'open')), fields=['pipeline', 'stage'], include=('amount', 'stage_since', 'owner', 'department', 'branch', 'id'), name='sales_deal_sums'),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['department', 'state', '-id'], name='sales_deal_department'),
        ),
    ]
