"""What a person is found by without his employer, who may be hidden from the one who searches.

`parties_own_text` folds as `core.text.search_norm` does (a test compares them); it runs only on the few rows that were
found and whose employer the reader does not see.
"""

from django.db import migrations

LETTERS = "يىېۍےكڪة\u06d5\u06c1\u06be\u06c3ٱ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\u200c\u200b٬٫" + "ءـ"  # the last two go
FOLDED = "یییییککههههها" + "0123456789" * 2 + "  ,."
MARKS = (
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
FUNCTIONS = f"""
CREATE FUNCTION parties_own_text(name text, work text, city text, search text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(translate(
      lower(normalize(concat_ws(' ', name, work, city), NFKD)), '{LETTERS}', '{FOLDED}'), '{MARKS}', '', 'g'),
    '\\s+', ' ', 'g')) || substr(search, length(split_part(search, E'\\n', 1)) + 1)
$$;
CREATE FUNCTION parties_own_words(name text, work text, city text, search text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array(
    SELECT DISTINCT left(word, 60) FROM (SELECT parties_own_text(name, work, city, search) AS own) o,
      regexp_split_to_table(split_part(own, E'\\n', 1) || ' ' || split_part(own, E'\\n', 2), '[^[:alnum:]]+') AS word
    WHERE word <> ''))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0013_lean_stamp"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION parties_own_words, parties_own_text"),
    ]
