"""Whose an address is stands in the index by which it is found: an import asks for millions of them.

With a million customers this takes some ten seconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0018_lean_triggers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                fields=["value", "kind"],
                include=("party", "identifies", "is_primary"),
                name="parties_contact_known",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="contactpoint", name="parties_contact_value"),
    ]
