"""What a customer is found by: words of an employer count only for readers who may see that employer.

The words of an employer stand among those of his people, so that «Ali of Foulad» is one question. Whoever does not see
the employer must not learn by such a question who works there; and an employer in the trash is none.
"""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Expression, F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.lookups import Contains, IsNull

from peyvand.accounts.scoping import Who
from peyvand.parties.models import Party


class Holds(Func):
    """`words @@ query`, which the index of words answers."""

    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "
    output_field = BooleanField()


def in_sight(who: Who, queries: Sequence[str | Value]) -> Q:
    """The condition for parties that hold what one of these text queries asks, and may be told to `who` for that."""
    words = Func(*_columns(""), function="parties_own_words", output_field=SearchVectorField())
    own = Q(pk__in=[])
    for query in queries:
        own |= Q(Holds(words, Value(query) if isinstance(query, str) else query))
    return _unless_hidden(who, own)


def contains(who: Who, word: str, *, at: str = "") -> Q:
    """The condition for parties that have a folded word, or a part of one, in what `who` may find them by.

    at: the path to the party from the rows that are asked for («party__»).
    """
    text = Func(*_columns(at), function="parties_own_text", output_field=TextField())
    return Q(**{f"{at}search__contains": word}) & _unless_hidden(who, Q(Contains(text, word)), at)


def _columns(at: str) -> list[Expression | F]:
    return [F(f"{at}{name}") for name in ("name", "job_title", "city", "search")]


def _unless_hidden(who: Who, own: Q, at: str = "") -> Q:
    """No employer, one whom `who` sees and who is not in the trash, or `own`.

    A scalar subquery: one look by the key for each row found, also for whom all may be seen: the words of an employer
    stay with its people while it lies in the trash, so that throwing away and bringing back cost nothing for each.
    """
    seen = Party.objects.visible_to(who).filter(pk=OuterRef(f"{at}organisation_id")).values("pk")
    return Q(**{f"{at}organisation": None}) | Q(IsNull(Subquery(seen), False)) | own
