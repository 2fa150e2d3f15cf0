"""Of several active partnerships of one customer, as a merge left them once, the first goes on."""

from django.db import migrations

END_LATER_ONES = """
    UPDATE sales_partner AS one SET is_active = FALSE, version = version + 1, changed_at = now()
    WHERE is_active AND EXISTS (
        SELECT 1 FROM sales_partner AS other
        WHERE other.party_id = one.party_id AND other.is_active AND other.id < one.id
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ('sales', '0007_partners_undone'),
    ]

    operations = [
        migrations.RunSQL(END_LATER_ONES, migrations.RunSQL.noop),
    ]
