"""The stamp of a change costs a customer's row nothing but itself, and points are found by an index that is there anyway.

pgtrigger asks in every row whether the trigger is to be ignored, in a block that fails when nobody has said so: a
transaction within the transaction, ended and rolled back for each row, which looks through all checks that wait for the
commit. A statement that wrote a thousand customers spent a third of its time so.
"""

import django.db.models.deletion
import pgtrigger.migrations
from django.db import migrations, models

STAMP = """
CREATE FUNCTION parties_stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  NEW.change_xid = pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER parties_stamp BEFORE INSERT OR UPDATE ON parties_party FOR EACH ROW EXECUTE FUNCTION parties_stamp();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0012_beside"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="party", name="parties_party_stamp"),
        migrations.RunSQL(STAMP, "DROP FUNCTION parties_stamp CASCADE"),
        migrations.AlterField(
            model_name="contactpoint",
            name="party",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_points",
                to="parties.party",
            ),
        ),
    ]
