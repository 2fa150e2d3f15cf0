from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cartable', '0002_customer_file'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='request',
            index=models.Index(condition=models.Q(('status__in', ('new', 'open', 'referred', 'review'))), fields=['party'], name='cartable_req_party_open'),
        ),
    ]
