"""Text that is found by its words: an index of `tsvector`, asked with all words of a question."""

from django.db.models import BooleanField, Func, Value
from django.db.models.expressions import BaseExpression

from peyvand.core.text import search_norm

MOST_WORDS = 6
LONGEST = 60  # letters of a word that the index keeps


class _Holds(Func):
    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "
    output_field = BooleanField()


def holds(lexemes: BaseExpression, query: str | Value) -> Func:
    """The condition that the words of a record hold a query: the text of `words_query`, or a name for it (`Given`)."""
    return _Holds(lexemes, Value(query) if isinstance(query, str) else query)


def words_query(question: str) -> str:
    """A question as PostgreSQL reads it: whole words, the last of them perhaps only begun; empty when it has none.

    Were each word only begun, a frequent one would be read from the index as often as it occurs.
    """
    words = [_quoted(word[:LONGEST]) for word in search_norm(question).split()[:MOST_WORDS]]
    return " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""


def _quoted(word: str) -> str:
    """A word of a text query, whatever signs it has."""
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
