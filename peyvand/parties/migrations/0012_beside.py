"""Words and changes go out of the row of the party, which so stays on its page when it is written.

With a million customers this takes about a minute: the table is written anew, in the order of its key and with room on
each page.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

FILL_WORDS = """
INSERT INTO parties_partywords (party_id, words) SELECT id, parties_lexemes(search) FROM parties_party ORDER BY id
ON CONFLICT (party_id) DO NOTHING;
"""
FILL_CHANGES = """
INSERT INTO parties_partychange (xid, party_id) SELECT change_xid, id FROM parties_party ORDER BY 1, 2
ON CONFLICT (xid, party_id) DO NOTHING;
"""
# Statement triggers with transition tables, as those of `party_facts`. A plan is made at the first call and kept: made
# for one row, or for a base that is empty still, it must be right for thousands.
PLANNED = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"
FUNCTIONS = f"""
CREATE FUNCTION parties_beside_add() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO parties_partywords (party_id, words) SELECT id, parties_lexemes(search) FROM new_rows;
  INSERT INTO parties_partychange (xid, party_id) SELECT change_xid, id FROM new_rows;
  RETURN NULL;
END $$;
CREATE FUNCTION parties_beside_change() RETURNS trigger LANGUAGE plpgsql {PLANNED} AS $$
DECLARE
  now_xid bigint := pg_current_xact_id()::text::bigint;
BEGIN
  UPDATE parties_partychange c SET xid = now_xid FROM old_rows o
  WHERE c.xid = o.change_xid AND c.party_id = o.id AND o.change_xid <> now_xid;
  UPDATE parties_partywords w SET words = p.words
  FROM (SELECT id, parties_lexemes(search) AS words FROM new_rows OFFSET 0) p
  WHERE w.party_id = p.id AND w.words <> p.words;
  RETURN NULL;
END $$;
CREATE FUNCTION parties_beside_remove() RETURNS trigger LANGUAGE plpgsql {PLANNED} AS $$ BEGIN
  DELETE FROM parties_partywords w USING old_rows o WHERE w.party_id = o.id;
  DELETE FROM parties_partychange c USING old_rows o WHERE c.xid = o.change_xid AND c.party_id = o.id;
  RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER parties_beside_add AFTER INSERT ON parties_party
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_beside_add();
CREATE TRIGGER parties_beside_change AFTER UPDATE ON parties_party
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_beside_change();
CREATE TRIGGER parties_beside_remove AFTER DELETE ON parties_party
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION parties_beside_remove();
"""
NO_TRIGGERS = "DROP FUNCTION parties_beside_add, parties_beside_change, parties_beside_remove CASCADE;"
# Room for two new versions on each page; the rows that lie there now are laid anew. Rows of `parties_partychange` move
# from the beginning of its key to the end, where they are read: it is vacuumed early. A search is over before a second
# process has begun.
STORAGE = """
ALTER TABLE parties_party SET (fillfactor = 85);
CLUSTER parties_party USING parties_party_pkey;
ALTER TABLE parties_party SET WITHOUT CLUSTER;
ALTER TABLE parties_partywords SET (parallel_workers = 0);
ALTER TABLE parties_partychange SET (autovacuum_vacuum_scale_factor = 0.1);
"""
OLD_STORAGE = "ALTER TABLE parties_party RESET (fillfactor);"


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0011_cheaper_writes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyWords",
            fields=[
                ("party_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name="PartyChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("xid", "party_id", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("xid", models.BigIntegerField()),
                ("party_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL([FILL_WORDS, FILL_CHANGES], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="partywords",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="parties_words_words"),
        ),
        migrations.RunSQL("ANALYZE parties_partywords, parties_partychange", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="party", name="parties_party_words"),
        migrations.RemoveIndex(model_name="party", name="parties_party_change"),
        migrations.RunSQL([FUNCTIONS, TRIGGERS], NO_TRIGGERS),
        migrations.RunSQL(STORAGE, OLD_STORAGE),
    ]
