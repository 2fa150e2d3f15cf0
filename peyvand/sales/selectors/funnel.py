"""How far leads and deals came: the funnel of a pipeline, and how a pipeline stood on a past day."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, Sum

from peyvand.accounts.scoping import Who, fields_q
from peyvand.sales.models import Deal, DealPassage, DealSpan, Pipeline, Stage
from peyvand.sales.models.deals import DEAL_SCOPE


@dataclass(frozen=True)
class Narrowing:
    """A stage of the funnel. reached: how many came at least this far, and what they are worth (Rial).

    kept: percent of those of the stage before, None at the first; of_all: percent of all that began.
    """

    stage: Stage
    reached: int
    amount: int
    kept: int | None
    of_all: int


@dataclass(frozen=True)
class Funnel:
    """The cohort that began in a period: how far each came, in the order of the stages, and how it ended."""

    stages: list[Narrowing]
    began: int
    won: int
    won_amount: int
    lost: int
    is_open: int


@dataclass(frozen=True)
class Standing:
    """How many deals stood in a stage on a day, and what they were worth (Rial)."""

    stage: Stage
    count: int
    amount: int


def funnel_of(who: Who, pipeline: Pipeline, since: datetime, until: datetime) -> Funnel:
    """The funnel of the leads or deals that came into a pipeline from `since` on and before `until`.

    Whoever passed a stage without standing in it reached it, too: the furthest stage counts.
    """
    rows = DealPassage.objects.filter(pipeline=pipeline, began_at__gte=since, began_at__lt=until)
    rows = (
        rows.filter(deal__in=Deal.objects.visible_to(who)) if not sees_all(who) else rows.filter(deal__deleted_at=None)
    )
    here, went_on = Q(deal__pipeline=F("pipeline")), Q(ended_at__isnull=False)
    found = (
        rows.order_by()
        .values(position=F("furthest__position"))
        .annotate(
            count=Count("pk"),
            amount=Sum("deal__amount"),
            won=Count("pk", filter=went_on | (here & Q(deal__state="won"))),
            won_amount=Sum("deal__amount", filter=went_on | (here & Q(deal__state="won"))),
            lost=Count("pk", filter=here & Q(deal__state__in=("lost", "joined"))),
        )
    )
    by_position = list(found)
    stages = list(Stage.objects.filter(pipeline=pipeline, deleted_at=None).order_by("position"))
    began = sum(row["count"] for row in by_position)
    narrowed: list[Narrowing] = []
    for number, stage in enumerate(stages):
        reached = [row for row in by_position if number == 0 or row["position"] >= stage.position]
        count, before = sum(row["count"] for row in reached), narrowed[-1].reached if narrowed else 0
        kept = _percent(count, before) if narrowed else None
        amount = sum(row["amount"] or 0 for row in reached)
        narrowed.append(Narrowing(stage, count, amount, kept, _percent(count, began)))
    won, lost = sum(row["won"] for row in by_position), sum(row["lost"] for row in by_position)
    won_amount = sum(row["won_amount"] or 0 for row in by_position)
    return Funnel(narrowed, began, won, won_amount, lost, began - won - lost)


def standing_at(who: Who, pipeline: Pipeline, at: datetime) -> list[Standing]:
    """How a pipeline stood at a past moment: the open deals of each stage then, by where they were then.

    What `who` may see is decided by today's place of a deal. Stages that are gone since are shown, too.
    """
    rows = DealSpan.objects.filter(pipeline=pipeline, state="open", since__lte=at).exclude(until__lte=at)
    rows = (
        rows.filter(deal__in=Deal.objects.visible_to(who)) if not sees_all(who) else rows.filter(deal__deleted_at=None)
    )
    sums = {row["stage"]: row for row in rows.order_by().values("stage").annotate(n=Count("pk"), amount=Sum("amount"))}
    stages = Stage.objects.filter(Q(deleted_at=None) | Q(pk__in=sums), pipeline=pipeline).order_by("position", "id")
    nothing = {"n": 0, "amount": None}
    found = [(stage, sums.get(stage.pk, nothing)) for stage in stages]
    return [Standing(stage, int(row["n"] or 0), int(row["amount"] or 0)) for stage, row in found]


def sees_all(who: Who) -> bool:
    """Does `who` see every deal, so that nothing needs to be narrowed?"""
    return fields_q(who, "sales.view", DEAL_SCOPE) == Q()


def _percent(part: int, whole: int) -> int:
    return round(part * 100 / whole) if whole else 0
