"""What the index of words knows of a text, asked beside the comparison itself so that no list is read through."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, Func, Q

from peyvand.core.record_fields import Op
from peyvand.parties.models import PartyWords, Word
from peyvand.parties.search import cut

SHORTEST = 3  # trigrams of the vocabulary need three letters
JOINED = 5  # letters that may have been typed for two words
MOST_WORDS = 6
MOST_FOUND = 400  # words with this part in the vocabulary; more of them narrow nothing worth an index


def worded(op: Op, text: str, *, is_joined: bool = False) -> Q:
    """A condition that every party fulfils whose name, organisation, work or city compares so with `text`.

    is_joined: a typed word may also be two words that stand beside one another («علیرضا» and «علی‌رضا»).
    """
    words = cut(text)[:MOST_WORDS]
    if op is Op.IS:
        terms = [f"'{word}'" for word in words]
    elif op is Op.STARTS:
        terms = [f"'{word}'" for word in words[:-1]] + [f"'{word}':*" for word in words[-1:]]
    else:
        terms = [term for term in (_part(word, is_joined=is_joined) for word in words) if term]
    if not terms:
        return Q()
    query = SearchQuery(" & ".join(terms), search_type="raw", config="simple")
    held = Func(F("words"), query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())
    return Q(pk__in=PartyWords.objects.filter(Q(held)).values("party_id"))


def _part(word: str, *, is_joined: bool) -> str:
    """The words that hold this part; empty when it is too short or too common to narrow, or a plain number.

    The vocabulary knows no plain numbers.
    """
    if len(word) < SHORTEST or word.isdecimal():
        return ""
    known = list(Word.objects.filter(word__contains=word).values_list("word", flat=True)[: MOST_FOUND + 1])
    if len(known) > MOST_FOUND:
        return ""
    halves = _halves(word) if is_joined and len(word) >= JOINED else []
    return "({})".format(" | ".join([f"'{word}':*", *(f"'{each}'" for each in known), *halves]))


def _halves(word: str) -> list[str]:
    """The same of a word that was typed for two: for each cut, words that end as its first half and begin as its rest.

    Halves too short to narrow, and ends that are too common, leave it to the other half alone.
    """
    cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
    ending = Q(pk__in=[])
    for left, _right in cuts:
        ending |= Q(word__endswith=left) if len(left) >= SHORTEST else Q(pk__in=[])
    known = list(Word.objects.filter(ending).values_list("word", flat=True)[: MOST_FOUND + 1])
    is_known = len(known) <= MOST_FOUND
    found: list[str] = []
    for left, right in cuts:
        if len(left) < SHORTEST or left.isdecimal() or not is_known:
            found.append(f"'{right}':*")
            continue
        ends = [f"'{each}'" for each in known if each.endswith(left)]
        start = f" & '{right}':*" if len(right) > 1 else ""
        found += [f"(({' | '.join(ends)}){start})"] if ends else []
    return found
