"""How fast and how well a pipeline sells: win rate, length of the way, value a day, working days in each stage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum

from peyvand.accounts.scoping import Who
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.working_time import WorkCalendar
from peyvand.sales.models import LIVE, Deal, DealPassage, DealSpan, Pipeline
from peyvand.sales.selectors.funnel import sees_all

SPANS = 5_000  # the latest that left a stage, of which the days are counted
MONTH = 30
DAY = timedelta(days=1)
WAY = ExpressionWrapper(F("deal__closed_at") - F("began_at"), output_field=DurationField())
WENT = ExpressionWrapper(F("ended_at") - F("began_at"), output_field=DurationField())


@dataclass(frozen=True, kw_only=True)
class Velocity:
    """What was decided in a period, and what that says of those that are open now.

    won: those that were won, or went on into the next pipeline; win_rate: percent of the decided ones; value: what a
    won one is worth on average (Rial); days: from its beginning in the pipeline to its end; open_amount: Rial;
    a_month: what the open ones bring in thirty days at this rate: number × win rate × value ÷ days × 30 (Rial).
    None where nothing was decided yet. in_stage: working days in each stage on average, by its number.
    """

    won: int
    lost: int
    open: int
    open_amount: int
    win_rate: int | None = None
    value: int | None = None
    days: int | None = None
    a_month: int | None = None
    in_stage: Mapping[int, int] = field(default_factory=dict)


def velocity_of(who: Who, pipeline: Pipeline, since: datetime, until: datetime) -> Velocity:
    """The figures of a pipeline for what was decided from `since` on and before `until`, in four questions."""
    closed = _seen(who, DealPassage.objects.filter(pipeline=pipeline, ended_at=None, deal__pipeline=pipeline))
    closed = closed.filter(deal__closed_at__gte=since, deal__closed_at__lt=until)
    told = closed.aggregate(
        won=Count("pk", filter=Q(deal__state="won")),
        lost=Count("pk", filter=Q(deal__state="lost")),
        amount=Avg("deal__amount", filter=Q(deal__state="won")),
        way=Avg(WAY, filter=Q(deal__state="won")),
    )
    went = _seen(who, DealPassage.objects.filter(pipeline=pipeline, ended_at__gte=since, ended_at__lt=until))
    gone = went.aggregate(won=Count("pk"), amount=Avg("deal__amount"), way=Avg(WENT))
    open_ = Deal.objects.visible_to(who).filter(LIVE, pipeline=pipeline).aggregate(n=Count("pk"), sum=Sum("amount"))
    won, lost = told["won"] + gone["won"], told["lost"]
    value = _mean((told["amount"], told["won"]), (gone["amount"], gone["won"]))
    days = _mean((_days(told["way"]), told["won"]), (_days(gone["way"]), gone["won"]))
    rate = round(won * 100 / (won + lost)) if won + lost else None
    return Velocity(
        won=won,
        lost=lost,
        open=open_["n"],
        open_amount=open_["sum"] or 0,
        win_rate=rate,
        value=None if value is None else round(value),
        days=None if days is None else max(1, round(days)),
        a_month=_a_month(open_["n"], rate, value, days),
        in_stage=_in_stages(who, pipeline, since, until),
    )


def _seen(who: Who, rows: QuerySet[DealPassage]) -> QuerySet[DealPassage]:
    if sees_all(who):
        return rows.filter(deal__deleted_at=None)
    return rows.filter(deal__in=Deal.objects.visible_to(who))


def _a_month(count: int, rate: int | None, value: float | None, days: float | None) -> int | None:
    if rate is None or value is None or days is None:
        return None
    return round(count * rate / 100 * value / max(1.0, days) * MONTH)


def _days(way: timedelta | None) -> float | None:
    return None if way is None else way / DAY


def _mean(*parts: tuple[float | None, int]) -> float | None:
    """The average of averages, each weighed by how many it is of; None when there is none."""
    known = [(float(mean), weight) for mean, weight in parts if mean is not None and weight]
    total = sum(weight for _mean, weight in known)
    return sum(mean * weight for mean, weight in known) / total if total else None


def _in_stages(who: Who, pipeline: Pipeline, since: datetime, until: datetime) -> dict[int, int]:
    """Working days in each stage on average, of the latest that came there in the period and left it again."""
    rows = DealSpan.objects.filter(
        pipeline=pipeline, state="open", since__gte=since, since__lt=until, until__isnull=False
    )
    if not sees_all(who):
        rows = rows.filter(deal__in=Deal.objects.visible_to(who))
    latest = rows.order_by("-since").values_list("deal_id", "stage_id", "since", "until")[:SPANS]
    stays: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {}
    for deal_id, stage_id, came, left in latest:
        stays.setdefault((deal_id, stage_id), []).append((came, left or came))
    return _means(organisation_calendar(), stays.items())


def _means(
    calendar: WorkCalendar, stays: Iterable[tuple[tuple[int, int], list[tuple[datetime, datetime]]]]
) -> dict[int, int]:
    """The average of whole stays: a deal whose amount changed meanwhile stood there once, not twice."""
    known: dict[date, bool] = {}
    found: dict[int, list[int]] = {}
    for (_deal, stage), times in stays:
        found.setdefault(stage, []).append(sum(_between(calendar, known, came, left) for came, left in times))
    return {stage: round(sum(days) / len(days)) for stage, days in found.items()}


def _between(calendar: WorkCalendar, known: dict[date, bool], came: datetime, left: datetime) -> int:
    first, last = (moment.astimezone(calendar.zone).date() for moment in (came, left))
    count = 0
    while first < last:
        first += DAY
        if first not in known:
            known[first] = bool(calendar.day(first))
        count += known[first]
    return count
