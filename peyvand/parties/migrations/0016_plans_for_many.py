"""Triggers that compare old rows with new ones do so in proportion to them, whatever a connection wrote before.

PostgreSQL keeps the plan of a statement in a trigger: made when one customer was changed, it compares each row with each,
so a thousand changed together cost a million comparisons. Two copies of rows are now joined by their hash; where a table
with an index takes part, the plan for many is made anew each time.
"""

from django.db import migrations

COLUMNS = """created_at last_contact_at deleted_at category_id branch_id owner_id completeness is_provisional kind
life_cycle city province preferred_channel tag_ids custom""".split()


def _of(row: str, *more: str) -> str:
    return ", ".join(f"{row}.{name}" for name in (*COLUMNS, *more))


UPDATE = f"""
UPDATE parties_partyfacts t SET ({", ".join(COLUMNS)}, role_bits, consent_bits)
= ROW({_of("p")}, parties_role_bits(p.roles), parties_consent_bits(p.consents))
FROM new_rows p JOIN old_rows o ON o.id = p.id
WHERE t.party_id = p.id AND ({_of("p", "roles", "consents")}) IS DISTINCT FROM ({_of("o", "roles", "consents")})"""  # noqa: S608
FUNCTION = f"""
CREATE OR REPLACE FUNCTION parties_facts_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT FROM new_rows OFFSET 20) THEN
    EXECUTE $many${UPDATE}$many$;
  ELSE
    {UPDATE};
  END IF;
  RETURN NULL;
END $$;
"""
HASHED = """
DO $$ DECLARE name regproc; BEGIN
  FOR name IN SELECT tgfoid::regproc FROM pg_trigger
    WHERE tgrelid::regclass::text LIKE 'parties\\_%' AND tgname LIKE 'pgtrigger_update_update_%' AND tgoldtable <> ''
  LOOP
    EXECUTE format('ALTER FUNCTION %s() SET enable_nestloop = off', name);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0015_history_by_statement"),
    ]

    operations = [
        migrations.RunSQL([FUNCTION, HASHED], migrations.RunSQL.noop),
    ]
