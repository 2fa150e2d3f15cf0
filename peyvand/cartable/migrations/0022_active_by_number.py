"""Which of many requests are worked on, answered by an index alone."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_substitutions'),
        ('cartable', '0021_departments_counted'),
        ('channels', '0003_delivery'),
        ('parties', '0012_beside'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('status__in', ('new', 'open', 'referred', 'review'))), fields=['id'], include=('next_due',), name='cartable_req_active'),
        ),
    ]
