from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sales', '0008_one_active_partner'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('party',), name='sales_partner_active_once'),
        ),
    ]
