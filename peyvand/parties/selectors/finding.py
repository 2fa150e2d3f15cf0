"""Finding customers by words, numbers, addresses and identifiers, in any spelling and with errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Reverse

from peyvand.accounts.policies import may
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.core.prepared import Given, Prepared, is_any
from peyvand.core.text import sort_key
from peyvand.parties.models import ContactPoint, Identifier, Party, PartyQuerySet, PartyWords
from peyvand.parties.numbers import digest_of
from peyvand.parties.search import question as asking
from peyvand.parties.search import readings
from peyvand.parties.search.question import Question
from peyvand.parties.search.readings import MISSING, Reading, Text
from peyvand.parties.selectors.own_words import Holds, in_sight
from peyvand.parties.selectors.vocabulary import readings_of
from peyvand.parties.types import normalise_address

REVEAL = "parties.reveal"
MOST = 200  # candidates that are weighed
MOST_NAMES = 40  # candidates whose names begin as the question
WHOLE, EXACT, GOOD, GUESS = -0.9, -0.3, 0.5, 1.3  # the number itself, the name itself, no guess, no bold guess
SHORT_QUESTION = 2
PHONES = ("mobile", "phone", "fax")
LONG_NUMBER = 5  # so many digits narrow enough to be looked for inside numbers
IDENTIFIER = range(5, 35)  # letters and digits of an identifier

_ROW = ("pk", "name", "search", "sort_key", "completeness", "changed_at")
_OF_EMPLOYER = ("name", "owner", "branch", "deleted_at")  # what `policies.employer_of` reads
_SHOWN = ("name", "kind", "city", *(f"organisation__{name}" for name in _OF_EMPLOYER))
_PARTY = ("party_id", *(f"party__{name}" for name in _ROW[1:]))
Row = tuple[int, str, str, str, int, dt.datetime]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A party that was found, with its name, kind, city and organisation loaded.

    found: its folded words that matched; value: the address or number that matched.
    """

    party: Party
    cost: float
    found: tuple[str, ...] = ()
    value: str = ""


@dataclass(order=True)
class _Weighed:
    cost: float
    completeness: int
    since: float
    pk: int
    found: tuple[str, ...] = ()
    value: str = ""


Ids = QuerySet[Any, Any]  # of parties, in one column


def _holding(*queries: str | Value) -> Ids:
    """Those who hold what any of these text queries asks, each by an index scan of its own."""
    wanted = Q(pk__in=[])
    for query in queries:
        wanted |= Q(Holds(F("words"), Value(query) if isinstance(query, str) else query))
    return PartyWords.objects.filter(wanted).values("party_id")


def _holds(*queries: str | Value) -> Q:
    return Q(pk__in=_holding(*queries))


# Planned as if all rows were wanted: else (so MATERIALIZED) the few that are wanted talk PostgreSQL out of the index
# and into reading the whole table.
_SOME = f"WITH found AS MATERIALIZED ({{}}) SELECT * FROM found LIMIT {MOST}"  # noqa: S608  # a number of ours
_NAMED = PreparedFor(
    lambda who: (
        Party.objects.visible_to(who)
        .filter(sort_key__gte=Given("start"), sort_key__lt=Given("end"))
        .order_by("sort_key", "id")
        .values_list(*_ROW)[:MOST_NAMES]
    )
)
_HITS = Prepared(lambda: Party.objects.filter(is_any("pk", "ids")).select_related("organisation").only(*_SHOWN))


def search(who: Who, question: str) -> PartyQuerySet:
    """The visible parties that fit a question, in no order; `ranked` says which fit best."""
    return fitting(Party.objects.visible_to(who), who, question)


def ranked(who: Who, question: str, limit: int = 10) -> list[Hit]:
    """The customers whom `who` may see that fit a question best, the best first: in about six queries.

    An empty question finds nobody.
    Words are found in names, organisation, work, city and e-mail addresses; with errors of typing, of spaces and of
    the keyboard layout; numbers in any form and in part; e-mail addresses from their beginning; identifiers whole.
    """
    asked = asking.read(question)
    if not asked:
        return []
    weighed: dict[int, _Weighed] = {}
    for way, enough in _ways(who, asked):
        for one in way:
            known = weighed.get(one.pk)
            if known is None or one.cost < known.cost:
                weighed[one.pk] = one
        if _is_enough(weighed.values(), limit, enough):
            break
    best = sorted(weighed.values())[:limit]
    parties = {party.pk: party for party in _HITS.all(ids=[one.pk for one in best])} if best else {}
    return [
        Hit(party=parties[one.pk], cost=one.cost, found=one.found, value=one.value) for one in best if one.pk in parties
    ]


def _is_enough(weighed: Collection[_Weighed], limit: int, best_until_now: float) -> bool:
    """Enough good hits, or one so good that what comes later could only be worse."""
    best = min((one.cost for one in weighed), default=MISSING)
    return best <= best_until_now or sum(one.cost < GOOD for one in weighed) >= limit


def _ways(who: Who, asked: Question) -> Iterator[tuple[Iterable[_Weighed], float]]:
    """One after the other the ways to find something, each with the cost at which the later ones are not gone."""
    if asked.digits or asked.email:
        for way in _addresses(who, asked):
            yield way, WHOLE
    if asked.email and not asked.email.startswith("@"):
        return
    if len(asked.identifier) in IDENTIFIER and any(letter.isdigit() for letter in asked.identifier):
        yield _identified(who, asked), WHOLE
    yield _named(who, asked), WHOLE
    if sum(map(len, asked.words)) == 1:
        return
    every = [readings.as_typed(asked.words)] if asked.digits else readings_of(asked)
    weigh = _scale(asked, every)
    yield weigh(_rows(who, readings.exact_queries(every))), EXACT
    if not asked.digits:
        for queries in (readings.one_error_queries, readings.any_error_queries, readings.without_one_queries):
            yield weigh(_rows(who, queries(every))), GUESS


def _rows(who: Who, queries: Sequence[str]) -> list[Row]:
    """Some rows that hold what one of the text queries asks, whichever come first."""
    if not queries:
        return []
    return _rows_holding(len(queries)).all(who, **{f"query_{at}": query for at, query in enumerate(queries)})


@cache
def _rows_holding(number: int) -> PreparedFor:
    """Those who hold what one of so many text queries asks."""
    queries = [Given(f"query_{at}") for at in range(number)]

    def rows(who: Who) -> QuerySet[Party, Any]:
        return Party.objects.visible_to(who).filter(_holds(*queries), in_sight(who, queries)).values_list(*_ROW)

    return PreparedFor(rows, around=_SOME)


def _weighed(row: Row, cost: float, found: Sequence[str] = (), value: str = "") -> _Weighed:
    pk, _name, _search, _key, completeness, changed = row
    return _Weighed(round(cost, 3), -completeness, -changed.timestamp(), pk, tuple(found), value)


def _scale(asked: Question, ways: Sequence[Reading]) -> Callable[[Iterable[Row]], list[_Weighed]]:
    """Return what weighs rows against a question."""

    def weigh(rows: Iterable[Row]) -> list[_Weighed]:
        return [one(row) for row in rows]

    def one(row: Row) -> _Weighed:
        text = Text.of(row[2], len(row[1].replace("\u200c", " ").split()))
        cost, found = min((readings.measure(way, text) for way in ways), key=lambda each: each[0])
        return _weighed(row, cost + (readings.EXACT_NAME if row[3] == asked.key else 0.0), found)

    return weigh


def _named(who: Who, asked: Question) -> list[_Weighed]:
    """Those whose names begin with the question, by the index of the order: one letter is enough."""
    rows: list[Row] = _NAMED.all(who, start=asked.key, end=asked.key + "\x7f")
    return [_weighed(row, _begun(row[3], asked.key), asked.words) for row in rows]


def _begun(key: str, start: str) -> float:
    return readings.EXACT_NAME if key == start else 0.1 + 0.01 * (len(key) - len(start))


def _addresses(who: Who, asked: Question) -> Iterator[list[_Weighed]]:
    """Whole, begun, ended and, for longer ones, inner parts of numbers and e-mail addresses."""
    is_broad = len(asked.digits.lstrip("0")) < LONG_NUMBER and not asked.email
    for kind, value, cost in _address_questions(asked):
        rows = _reached_by(kind, is_broad=is_broad).all(who, value=value)
        yield [_weighed(row[:-1], cost, value=row[-1]) for row in rows]


@cache
def _reached_by(kind: str, *, is_broad: bool) -> PreparedFor:
    """Those with an address of a kind of question; of very many (a broad one) any are found at once."""
    wanted = _ADDRESSES[kind](Given("value"))

    def rows(who: Who) -> QuerySet[ContactPoint, Any]:
        points = ContactPoint.objects.filter(wanted, party__in=Party.objects.visible_to(who))
        return points.values_list(*_PARTY, "value")[: MOST if is_broad else None]

    return PreparedFor(rows, around="{}" if is_broad else _SOME)


def _address_questions(asked: Question) -> list[tuple[str, str, float]]:
    """What is asked of addresses: the kind of question, its value, and what an answer costs."""
    if asked.email:
        return [("email", asked.email, -1.0), ("email_start", _pattern(asked.email) + "%", 0.0)]
    whole = normalise_address("phone", ("+" if asked.is_international else "") + asked.digits.removeprefix("00"))
    part = asking.inside(asked)
    questions = [("whole", whole.value, -1.0)] if whole else []
    questions += [("start", _pattern(start) + "%", 0.1) for start in asking.beginnings(asked)]
    questions.append(("end", _pattern(part[::-1]) + "%", 0.2))
    if len(part) >= LONG_NUMBER:
        questions.append(("inside", f"%{_pattern(part)}%", 0.3))
    return questions


def _pattern(text: str) -> str:
    """Text as LIKE takes it letter by letter."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class _Like(Func):
    template = "%(expressions)s"
    arg_joiner = "::text LIKE "
    output_field = BooleanField()


_ADDRESSES: dict[str, Callable[[Value], Q]] = {
    "email": lambda value: Q(kind="email", value=value),
    "email_start": lambda value: Q(kind="email") & Q(_Like(F("value"), value)),
    "whole": lambda value: Q(kind__in=PHONES, value=value),
    "start": lambda value: Q(kind__in=PHONES) & Q(_Like(F("value"), value)),
    # The index of reversed numbers finds how a number ends.
    "end": lambda value: Q(kind__in=PHONES) & Q(_Like(Reverse(F("value")), value)),
    "inside": lambda value: Q(kind__in=PHONES) & Q(_Like(F("value"), value)),
}
PUBLIC = [kind for kind in Identifier.Kind.values if kind not in Identifier.SENSITIVE]
PROTECTED = sorted(Identifier.SENSITIVE)


def _identifiers(who: Who) -> QuerySet[Identifier, Any]:
    """By a whole identifier; protected ones only among those whose protected numbers `who` may see."""
    wanted = Q(kind__in=PUBLIC) & is_any("digest", "public")
    if may(who, REVEAL):
        open_to_him = Party.objects.visible_to(who, REVEAL)
        wanted |= Q(kind__in=PROTECTED, party__in=open_to_him) & is_any("digest", "protected")
    rows = Identifier.objects.filter(wanted, party__in=Party.objects.visible_to(who))
    return rows.values_list(*_PARTY, "shown")


_IDENTIFIED = PreparedFor(_identifiers, around=_SOME)


def _identified(who: Who, asked: Question) -> list[_Weighed]:
    public, protected = (_digests(asked.identifier, kinds) for kinds in (PUBLIC, PROTECTED))
    rows = _IDENTIFIED.all(who, public=public, protected=protected)
    return [_weighed(row[:-1], -1.0, value=row[-1]) for row in rows]


def _digests(text: str, kinds: Iterable[str]) -> list[str]:
    return [digest_of(kind, text) for kind in kinds]


def fitting(parties: PartyQuerySet, who: Who, question: str) -> PartyQuerySet:
    """Narrow a list of parties to those that fit a question, in the list's own order; an empty one narrows nothing.

    Errors of typing are forgiven where no party of the list has the words as they are typed.
    """
    if not question.strip():
        return parties
    asked = asking.read(question)
    if not asked:
        return parties.none()
    if asked.email and not asked.email.startswith("@"):
        return parties.filter(pk__in=_at_address(asked))
    plain = " & ".join(map(readings.lexeme, asked.words))
    if asked.digits:
        return parties.filter(pk__in=_at_address(asked).union(_named_so(who, plain)))
    if sum(map(len, asked.words)) <= SHORT_QUESTION:
        begun = Party.objects.filter(sort_key__gte=asked.key, sort_key__lt=asked.key + "\x7f", deleted_at=None)
        return parties.filter(pk__in=begun.values("pk").union(_named_so(who, plain)))
    begun_words = " & ".join(readings.lexeme(word, start=len(word) > 1) for word in asked.words)
    found = _worded(parties, who, [begun_words])
    if found.exists():
        return found
    ways = readings_of(asked)
    found = _worded(parties, who, readings.one_error_queries(ways))
    return found if found.exists() else _worded(parties, who, readings.any_error_queries(ways))


def _worded(parties: PartyQuerySet, who: Who, queries: Sequence[str]) -> PartyQuerySet:
    return parties.filter(_holds(*queries), in_sight(who, queries))


def _named_so(who: Who, query: str) -> Ids:
    """Those who hold all words of a query, to be joined with others: so two indexes answer, and no table is read."""
    return _worded(Party.objects.all(), who, [query]).values("pk")


def _at_address(asked: Question) -> Ids:
    wanted = Q(pk__in=[])
    for kind, value, _cost in _address_questions(asked):
        wanted |= _ADDRESSES[kind](Value(value))
    return ContactPoint.objects.filter(wanted).values("party_id")


def by_address(who: Who, kind: str, typed: str) -> Party | None:
    """The visible party that an address identifies."""
    address = normalise_address(kind, typed)
    if address is None:
        return None
    return (
        Party.objects.visible_to(who)
        .filter(contact_points__kind=address.kind, contact_points__value=address.value, contact_points__identifies=True)
        .first()
    )


def organisation_named(who: Who, name: str) -> Party | None:
    """The visible organisation of this name, in any spelling; the oldest when there are several."""
    organisations = Party.objects.visible_to(who).filter(kind=Party.Kind.ORGANISATION, sort_key=sort_key(name))
    return organisations.order_by("id").first()
