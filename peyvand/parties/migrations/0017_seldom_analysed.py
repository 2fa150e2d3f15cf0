"""Large tables are looked through for the planner when a third of them has changed, not with each tenth.

An import of a million rows had the customers looked through three times while it ran, which took a processor's seconds
from it. What is small changes by a third soon enough.
"""

from django.db import migrations

TABLES = (
    "parties_party", "parties_partywords", "parties_partyfacts", "parties_partychange", "parties_partyevent",
    "parties_contactpoint", "parties_contactpointevent",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0016_plans_for_many"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (autovacuum_analyze_scale_factor = 0.33)",
            f"ALTER TABLE {table} RESET (autovacuum_analyze_scale_factor)",
        )
        for table in TABLES
    ]
