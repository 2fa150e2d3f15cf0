"""What follows from a customer's row is kept beside it for less.

The words of a search text are an expression of the trigger and no call, which PostgreSQL cannot inline and pays as much for
as for the rest of the row. The narrow copy is looked up only where it changes. The stamp is set by a call only where the
row does not have it yet.
"""

from django.db import migrations

COLUMNS = """created_at last_contact_at deleted_at category_id branch_id owner_id completeness is_provisional kind
life_cycle city province preferred_channel tag_ids custom""".split()


def _of(row: str, *more: str) -> str:
    return ", ".join(f"{row}.{name}" for name in (*COLUMNS, *more))


# As `parties_lexemes` has them.
LEXEMES = """array_to_tsvector(array_remove(string_to_array(
    split_part(search, E'\\n', 1) || ' ' || split_part(search, E'\\n', 2), ' '), ''))"""
ROLES = "CASE WHEN p.roles = '{}' THEN 0 ELSE parties_role_bits(p.roles) END"
CONSENTS = "CASE WHEN p.consents = '{}' THEN 0 ELSE parties_consent_bits(p.consents) END"
BESIDE = f"""
CREATE OR REPLACE FUNCTION parties_beside_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO parties_partywords (party_id, words) SELECT id, {LEXEMES} FROM new_rows;
  INSERT INTO parties_partychange (xid, party_id) SELECT change_xid, id FROM new_rows;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION parties_beside_change() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  now_xid bigint := pg_current_xact_id()::text::bigint;
BEGIN
  UPDATE parties_partychange c SET xid = now_xid FROM old_rows o
  WHERE c.xid = o.change_xid AND c.party_id = o.id AND o.change_xid <> now_xid;
  UPDATE parties_partywords w SET words = p.words
  FROM (SELECT id, {LEXEMES} AS words FROM new_rows OFFSET 0) p
  WHERE w.party_id = p.id AND w.words <> p.words;
  RETURN NULL;
END $$;
"""  # noqa: S608
UPDATE = f"""
UPDATE parties_partyfacts t SET ({", ".join(COLUMNS)}, role_bits, consent_bits)
= ROW({_of("p")}, {ROLES}, {CONSENTS})
FROM (
  SELECT p.id, {_of("p", "roles", "consents")} FROM new_rows p JOIN old_rows o ON o.id = p.id
  WHERE ({_of("p", "roles", "consents")}) IS DISTINCT FROM ({_of("o", "roles", "consents")}) OFFSET 0) p
WHERE t.party_id = p.id"""  # noqa: S608
FACTS = f"""
CREATE OR REPLACE FUNCTION parties_facts_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT FROM new_rows OFFSET 20) THEN
    EXECUTE $many${UPDATE}$many$;
  ELSE
    {UPDATE};
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION parties_facts_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO parties_partyfacts (party_id, {", ".join(COLUMNS)}, role_bits, consent_bits, birth_date, gender)
  SELECT p.id, {_of("p")}, {ROLES}, {CONSENTS}, f.birth_date, coalesce(f.gender, '')
  FROM new_rows p LEFT JOIN parties_profile f ON f.party_id = p.id ON CONFLICT (party_id) DO NOTHING;
  RETURN NULL;
END $$;
"""  # noqa: S608
STAMP = """
DROP TRIGGER parties_stamp ON parties_party;
CREATE TRIGGER parties_stamp BEFORE INSERT OR UPDATE ON parties_party FOR EACH ROW
WHEN (NEW.change_xid IS DISTINCT FROM pg_current_xact_id()::text::bigint) EXECUTE FUNCTION parties_stamp();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0017_seldom_analysed"),
    ]

    operations = [
        migrations.RunSQL([BESIDE, FACTS, STAMP], migrations.RunSQL.noop),
    ]
