"""What the index of words knows of a text, asked beside the comparison itself so that no list is read through."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Func, Q

from peyvand.core.record_fields import Op
from peyvand.parties.models import Word
from peyvand.parties.models.party import LEXEMES
from peyvand.parties.search import cut

SHORTEST = 3  # trigrams of the vocabulary need three letters
MOST_WORDS = 6
MOST_FOUND = 400  # words with this part in the vocabulary; more of them narrow nothing worth an index


def worded(op: Op, text: str) -> Q:
    """A condition that every party fulfils whose name, organisation, work or city compares so with `text`."""
    words = cut(text)[:MOST_WORDS]
    if op is Op.IS:
        terms = [f"'{word}'" for word in words]
    elif op is Op.STARTS:
        terms = [f"'{word}'" for word in words[:-1]] + [f"'{word}':*" for word in words[-1:]]
    else:
        terms = [term for term in map(_part, words) if term]
    if not terms:
        return Q()
    query = SearchQuery(" & ".join(terms), search_type="raw", config="simple")
    return Q(Func(LEXEMES, query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField()))


def _part(word: str) -> str:
    """The words of the vocabulary that hold this part; empty when it is too short or too common to narrow."""
    if len(word) < SHORTEST:
        return ""
    known = list(Word.objects.filter(word__contains=word).values_list("word", flat=True)[: MOST_FOUND + 1])
    if len(known) > MOST_FOUND:
        return ""
    return "({})".format(" | ".join([f"'{word}':*", *(f"'{each}'" for each in known)]))
