"""Keeping the vocabulary of the search: a little with every write, all of it at night."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.utils import timezone

from peyvand.parties.models import Party, Word
from peyvand.parties.search import spelling, vocabulary_of

_LOCK = 7_403_155_201
_COUNT = """
CREATE TEMP TABLE counted ON COMMIT DROP AS
SELECT word COLLATE "C" AS word, count(*)::int AS uses
FROM parties_party, string_to_table(split_part(search, E'\\n', 1), ' ') AS word
WHERE word ~ '[^0-9]' GROUP BY 1
"""
_SETTLE = (
    # A word that was learned within the hour may belong to a party whose transaction is not seen yet.
    "DELETE FROM parties_word w WHERE created_at < now() - interval '1 hour'"
    " AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.word = w.word)",
    "DELETE FROM parties_word w USING parties_word older WHERE w.word = older.word AND w.id > older.id",
    "UPDATE parties_word w SET uses = c.uses FROM counted c WHERE c.word = w.word AND w.uses <> c.uses",
)
_NEW = "SELECT word, uses FROM counted c WHERE NOT EXISTS (SELECT 1 FROM parties_word w WHERE w.word = c.word)"


def learn(texts: Iterable[str]) -> None:
    """Add the words of search texts that are not known yet; inside the transaction that writes the texts.

    One statement when nothing is new. No row is locked or changed that another writer could want.
    """
    words = sorted({word for text in texts for word in vocabulary_of(text)})
    if not words:
        return
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    Word.objects.bulk_create(Word(word=word, keys=spelling.keys(word)) for word in words if word not in known)


def start() -> None:
    """Count for the first time where there are customers but no words yet: after an upgrade or a load in bulk."""
    if not Word.objects.exists() and Party.objects.exists():
        rebuild()


@transaction.atomic
def rebuild() -> int:
    """Count all words again and forget those that nobody has any more; return how many there are.

    Safe beside writers; two of them wait for one another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_COUNT)
        cursor.execute("CREATE INDEX ON counted (word)")
        for statement in _SETTLE:
            cursor.execute(statement)
        cursor.execute(_NEW)
        new = cursor.fetchall()
        with cursor.copy("COPY parties_word (word, uses, keys, created_at) FROM STDIN") as copy:
            for row in _rows(new):
                copy.write_row(row)
        cursor.execute("SELECT count(*) FROM parties_word")
        return int(cursor.fetchone()[0])


def _rows(words: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int, list[int], object]]:
    now = timezone.now()
    return ((word[:60], uses, spelling.keys(word), now) for word, uses in words)
