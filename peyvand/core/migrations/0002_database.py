"""What models cannot say: the shared cache's table, vacuuming of the busy tables."""


from django.db import migrations

BUSY = ["procrastinate_jobs", "procrastinate_events", "core_outboxdelivery", "core_outboxevent"]
OFTEN = "autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0"

CACHE = """
CREATE TABLE core_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE core_cache"),
        *[migrations.RunSQL(f"ALTER TABLE {table} SET ({OFTEN})", migrations.RunSQL.noop) for table in BUSY],
    ]
