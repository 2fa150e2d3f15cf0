"""The index by completeness lies beside the party: a write that changes it costs that one, and not all of the party's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0019_known_addresses"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="partyfacts",
            index=models.Index(fields=["completeness", "party_id"], name="parties_facts_complete"),
        ),
        migrations.RemoveIndex(model_name="party", name="parties_party_complete"),
    ]
