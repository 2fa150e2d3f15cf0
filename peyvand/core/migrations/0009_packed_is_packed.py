"""Bytes that are packed already, or that are read once and deleted, are stored as they are.

PostgreSQL would try to make them smaller at each writing, and unpack them at each reading.
"""

from django.db import migrations

COLUMNS = (("core_importchunk", "data"), *(("core_importblock", name) for name in ("rows", "outcome", "undone")))


class Migration(migrations.Migration):
    dependencies = [("core", "0008_import_keys")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL",
            f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTENDED",
        )
        for table, column in COLUMNS
    ]
