"""Requests are found by the beginnings of their words; what is referred, copied or reviewed is counted from an index."""

import django.contrib.postgres.indexes
from django.db import migrations, models

# The words of a text, and once more what stands between the marks in them, as in addresses. A call costs as much as
# looking at some hundred numbers, so that PostgreSQL asks the index rather than many rows.
LEXEMES = r"""
CREATE FUNCTION cartable_lexemes(search text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 600 AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT left(word, 60) FROM string_to_table(
      search || ' ' || translate(search, E'()[]{}<>«»"''`.,:;!?/\\|_@#&*+=~%^$-،؛؟…', repeat(' ', 60)), ' ') AS words (word)
    WHERE word <> ''
  ))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cartable", "0016_ready_texts")]

    operations = [
        migrations.RunSQL(LEXEMES, "DROP FUNCTION cartable_lexemes(text)"),
        migrations.RemoveIndex("request", "cartable_req_search"),
        migrations.AddIndex(
            "request",
            django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("search"), function="cartable_lexemes"), name="cartable_req_words"
            ),
        ),
        migrations.RemoveIndex("request", "cartable_req_review"),
        migrations.AddIndex(
            "request",
            models.Index(
                fields=["next_due", "id"],
                include=["assignee", "officer", "department", "branch", "confidential"],
                condition=models.Q(status="review"),
                name="cartable_req_review",
            ),
        ),
        migrations.RemoveIndex("referral", "cartable_ref_by_open"),
        migrations.AddIndex(
            "referral",
            models.Index(
                fields=["by", "request"],
                condition=models.Q(("state__in", ("waiting", "read", "answered")), ("role", "original")),
                name="cartable_ref_sent",
            ),
        ),
    ]
