"""How many deals stand in each column of a board, what they are worth together, and how many stand too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.prepared import Given, is_any
from peyvand.sales.ageing import fresh_since
from peyvand.sales.models import LIVE, Deal, Pipeline, Stage


@dataclass(frozen=True)
class Sums:
    """Of one column. amount, weighted (by the probability of the stage): Rial."""

    count: int = 0
    amount: int = 0
    rotten: int = 0
    weighted: int = 0


@dataclass(frozen=True)
class Rest:
    """Of the columns of which an open board knows the sums already. weighted: Rial."""

    weighted: int = 0
    rotten: int = 0


def rotten_q(stages: Sequence[Stage] | QuerySet[Stage], now: datetime) -> Q:
    """The deals that stand in these stages longer than the stages allow."""
    calendar, found = organisation_calendar(), Q(pk__in=[])
    for stage in stages:
        if stage.rot_days is not None:
            found |= Q(stage=stage.pk, stage_since__lt=fresh_since(calendar, stage.rot_days, now))
    return found


def sums_of(
    who: Who,
    pipeline: Pipeline,
    now: datetime,
    *,
    only: Collection[int] | None = None,
    owner_id: int | None = None,
    narrowed: QuerySet[Deal] | None = None,
) -> dict[int, Sums]:
    """The sums of each column in one question. only: the stages that are asked, None for all.

    narrowed: the rows of a board that is narrowed to more than an owner.
    """
    stages = [stage for stage in pipeline.stages.all() if only is None or stage.pk in only]
    if narrowed is not None:
        rows = _summed(narrowed.filter(stage__in=[stage.pk for stage in stages]), rotten_q(stages, now))
        found = [(*row,) for row in rows]
    else:
        ageing = [stage for stage in stages if stage.rot_days is not None]
        calendar, values = organisation_calendar(), {"pipeline": pipeline.pk, "owner": owner_id}
        given: dict[str, Any] = {**values, "stages": [stage.pk for stage in stages]}
        for place, stage in enumerate(ageing):
            given |= {f"stage{place}": stage.pk, f"since{place}": fresh_since(calendar, stage.rot_days or 0, now)}
        found = _prepared(len(ageing), owner_id is not None, only is not None).all(who, **given)
    chances = {stage.pk: stage.probability for stage in stages}
    return {
        stage: Sums(count, int(amount or 0), rotten, int(amount or 0) * chances.get(stage, 0) // 100)
        for stage, count, amount, rotten in found
    }


def _summed(rows: QuerySet[Deal], rotten: Q) -> QuerySet[Any, Any]:
    sums: Any = {"count": Count("pk"), "amount_sum": Sum("amount"), "rotten": Count("pk", filter=rotten)}
    found: QuerySet[Any, Any] = rows.order_by().values("stage").annotate(**sums)
    return found.values_list("stage", *sums)


@lru_cache(maxsize=128)
def _prepared(ageing: int, is_of_owner: bool, is_part: bool) -> PreparedFor:
    """The question for so many stages in which one may stand too long."""

    def rows(who: Who) -> QuerySet[Any, Any]:
        found = Deal.objects.visible_to(who).filter(LIVE, pipeline=Given("pipeline"))
        found = found.filter(owner=Given("owner")) if is_of_owner else found
        found = found.filter(is_any("stage", "stages")) if is_part else found
        rotten = Q(pk__in=[])
        for place in range(ageing):
            rotten |= Q(stage=Given(f"stage{place}"), stage_since__lt=Given(f"since{place}"))
        return _summed(found, rotten)

    return PreparedFor(rows)
