"""Open deals by the month in which they are expected to close, in the reader's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from peyvand.accounts.scoping import Who
from peyvand.activities.selectors.around import next_of
from peyvand.core.jalali import from_jalali, month_length, to_jalali
from peyvand.core.office_hours import organisation_calendar
from peyvand.sales.models import LIVE, Deal, Pipeline
from peyvand.sales.selectors.board import KIND, Card, card_of, with_parties

MONTHS = 6
CARDS = 15  # of a month; the list shows the rest
DAY = timedelta(days=1)
WHOLE = DecimalField(max_digits=30, decimal_places=0)  # an amount times hundred may be more than a bigint holds
WORTH = ExpressionWrapper(
    Cast(F("amount"), WHOLE) * Cast(Coalesce(F("probability"), F("stage__probability")), WHOLE), output_field=WHOLE
)


@dataclass(frozen=True)
class Month:
    """A column. key: «past», «later», «unknown», or «month»; first and last day; what is in it.

    «past» holds what should have been decided before today, also of this month. weighted: the amounts times their
    probabilities; amounts in Rial. The cards are the first, by day.
    """

    key: str
    first: date | None
    last: date | None
    count: int = 0
    amount: int = 0
    weighted: int = 0
    cards: list[Card] = field(default_factory=list)


def months_from(day: date, calendar: str, count: int = MONTHS) -> list[tuple[date, date]]:
    """The first and last days of so many months, beginning with that of `day`."""
    found: list[tuple[date, date]] = []
    for _number in range(count):
        first, last = _month_of(day, calendar)
        found.append((first, last))
        day = last + DAY
    return found


def months_of(
    who: Who, today: date, calendar: str, *, pipeline: Pipeline | None = None, owner_id: int | None = None
) -> list[Month]:
    """What should have been decided, six months, what comes later and what has no day; in five questions.

    pipeline: one of them, None for all that hold deals. calendar: «jalali» or «gregorian».
    """
    rows = Deal.objects.visible_to(who).filter(LIVE, pipeline__kind=Pipeline.Kind.DEAL)
    if pipeline is not None:
        rows = rows.filter(pipeline=pipeline)
    if owner_id is not None:
        rows = rows.filter(owner=owner_id)
    bounds = _bounds(today, calendar)
    sums = _sums(rows, bounds)
    cards = _cards(who, rows, bounds)
    return [Month(key, first, last, *sums[number], cards[number]) for number, (key, first, last) in enumerate(bounds)]


def _month_of(day: date, calendar: str) -> tuple[date, date]:
    if calendar == "jalali":
        there = to_jalali(day)
        first = from_jalali(there.year, there.month, 1)
        return first, first + DAY * (month_length(there.year, there.month) - 1)
    first = day.replace(day=1)
    return first, (first + DAY * 31).replace(day=1) - DAY


def _bounds(today: date, calendar: str) -> list[tuple[str, date | None, date | None]]:
    months = months_from(today, calendar)
    return [
        ("past", None, today - DAY),
        *(("month", max(first, today), last) for first, last in months),
        ("later", months[-1][1] + DAY, None),
        ("unknown", None, None),
    ]


def _within(bound: tuple[str, date | None, date | None]) -> Q:
    key, first, last = bound
    if key == "unknown":
        return Q(close_on=None)
    found = Q() if first is None else Q(close_on__gte=first)
    return found if last is None else found & Q(close_on__lte=last)


def _sums(rows: QuerySet[Deal], bounds: Sequence[tuple[str, date | None, date | None]]) -> list[tuple[int, int, int]]:
    """Number, amount and weighted amount of each column, in one question."""
    asked: dict[str, Any] = {}
    for number, bound in enumerate(bounds):
        here = _within(bound)
        asked[f"n{number}"] = Count("pk", filter=here)
        asked[f"a{number}"] = Sum("amount", filter=here)
        asked[f"w{number}"] = Sum(WORTH, filter=here)
    told = rows.order_by().aggregate(**asked)
    return [
        (told[f"n{number}"], int(told[f"a{number}"] or 0), int(told[f"w{number}"] or 0) // 100)
        for number in range(len(bounds))
    ]


def _cards(who: Who, rows: QuerySet[Deal], bounds: Sequence[tuple[str, date | None, date | None]]) -> list[list[Card]]:
    """The first cards of every column: which they are in one statement, then those themselves and what is planned."""
    firsts = [
        rows.filter(_within(bound)).order_by("close_on", "pk").values_list("pk", flat=True)[:CARDS] for bound in bounds
    ]
    ids = list(firsts[0].union(*firsts[1:], all=True))
    deals = with_parties(Deal.objects.filter(pk__in=ids)).select_related("stage").order_by("close_on", "pk")
    planned, working, now = next_of(who, KIND, ids), organisation_calendar(), timezone.now()
    found: list[list[Card]] = [[] for _bound in bounds]
    for deal in deals:
        found[_column(deal.close_on, bounds)].append(card_of(deal, deal.stage, working, now, planned))
    return found


def _column(day: date | None, bounds: Sequence[tuple[str, date | None, date | None]]) -> int:
    if day is None:
        return len(bounds) - 1
    ends = ((number, last) for number, (_key, _first, last) in enumerate(bounds[:-1]))
    return next(number for number, last in ends if last is None or day <= last)
