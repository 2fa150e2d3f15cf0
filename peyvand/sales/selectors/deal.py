"""One deal: the stages it went through with its time in each, the people around it, what waits for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.prepared import PreparedFor
from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.core.known import Known
from peyvand.core.office_hours import organisation_calendar
from peyvand.core.prepared import Given, Prepared, is_any
from peyvand.parties.models import Party
from peyvand.sales.ageing import working_days
from peyvand.sales.models import Deal, DealPerson, DealShare, DealSpan, Stage, StageApproval
from peyvand.sales.policies import may_approve, may_change


@dataclass(frozen=True)
class Step:
    """A stage of the bar: passed («done»), where it stands («on»), still to come («»), and working days in it."""

    stage: Stage
    place: str
    days: int | None


@dataclass(frozen=True)
class DealPage:
    """What the page of a deal shows. usual: working days that deals usually stand in this stage, None if unknown."""

    deal: Deal
    steps: list[Step]
    days: int
    usual: int | None
    is_rotten: bool
    people: list[DealPerson]
    hidden_people: int
    shares: list[DealShare]
    owner_share: int
    waiting: StageApproval | None
    decided: list[StageApproval]
    spans: list[DealSpan]
    may_change: bool
    may_decide: bool


def _with_names(rows: QuerySet[Deal]) -> QuerySet[Deal]:
    found = rows.filter(pk=Given("deal")).select_related("party", "pipeline", "stage", "owner", "branch")
    return found.defer(
        "search", "party__search", "party__custom", "owner__password", "owner__search", "owner__preferences"
    )


def _of_deal(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(deal=Given("deal"))


_DEAL = PreparedFor(lambda who: _with_names(Deal.objects.visible_to(who)))
_STAGES = Prepared(lambda: Stage.objects.filter(pipeline=Given("pipeline"), deleted_at=None).order_by("position"))
_SPANS = Prepared(
    lambda: (
        _of_deal(DealSpan.objects.select_related("stage", "by"))
        .only("since", "until", "state", "amount", "deal_id", "stage__name", "by__full_name", "by__username")
        .order_by("-since", "-id")
    )
)
_SHARES = Prepared(
    lambda: (
        _of_deal(DealShare.objects.select_related("user"))
        .only("percent", "deal_id", "user__full_name", "user__username")
        .order_by("-percent", "id")
    )
)
_APPROVALS = Prepared(
    lambda: _of_deal(StageApproval.objects.select_related("stage", "asked_by", "decided_by")).order_by("-id")[:10]
)
_PEOPLE = Prepared(
    lambda: (
        _of_deal(DealPerson.objects.select_related("party"))
        .only("role", "influence", "position", "deal_id", "party__name", "party__kind")
        .order_by("position", "id")
    )
)
_SEEN_PARTIES = PreparedFor(lambda who: Party.objects.visible_to(who).filter(is_any("pk", "ids")).values_list("pk"))


def visible_deal(who: Who, deal_id: int) -> Deal:
    """A deal that `who` may see. Errors: NotFound."""
    deal: Deal | None = _DEAL.first(who, deal=deal_id)
    if deal is None:
        raise NotFound
    return deal


def deal_page(who: User, deal_id: int) -> DealPage:
    """The page of a deal, in as many questions for a long history as for a short one. Errors: NotFound."""
    deal, now = visible_deal(who, deal_id), timezone.now()
    stages: list[Stage] = _STAGES.all(pipeline=deal.pipeline_id)
    spans: list[DealSpan] = _SPANS.all(deal=deal.pk)
    days = _days_by_stage(spans, now)
    people, hidden = _people_of(who, deal)
    shares: list[DealShare] = _SHARES.all(deal=deal.pk)
    approvals: list[StageApproval] = _APPROVALS.all(deal=deal.pk)
    here = working_days(organisation_calendar(), deal.stage_since, now)
    limit = deal.stage.rot_days
    is_rotten = deal.is_open and limit is not None and here > limit
    return DealPage(
        deal=deal,
        steps=[_step(stage, deal, days) for stage in stages],
        days=here,
        usual=_usual((deal.pipeline_id, deal.stage_id)) if is_rotten else None,
        is_rotten=is_rotten,
        people=people,
        hidden_people=hidden,
        shares=shares,
        owner_share=100 - sum(share.percent for share in shares),
        waiting=next((each for each in approvals if each.state == StageApproval.State.WAITING), None),
        decided=[each for each in approvals if each.state != StageApproval.State.WAITING],
        spans=spans,
        may_change=may_change(who, deal),
        may_decide=may_approve(who, deal),
    )


def _usual_days(place: tuple[int, int]) -> int | None:
    """How many days deals usually stood in a stage, by the last two hundred that left it; None for fewer than five.

    place: pipeline and stage.
    """
    left = _LEFT.all(pipeline=place[0], stage=place[1])
    rows = [(until - since).total_seconds() / 86_400 for since, until in left]
    return round(sum(rows) / len(rows)) if len(rows) >= 5 else None


_LEFT = Prepared(
    lambda: (
        DealSpan.objects.filter(stage=Given("stage"), pipeline=Given("pipeline"), until__isnull=False, state="open")
        .order_by("-since")
        .values_list("since", "until")[:200]
    )
)
_usual: Known[tuple[int, int], int | None] = Known(_usual_days, seconds=60)


def deals_of(who: Who, party: Party) -> QuerySet[Deal]:
    """The deals of a customer that `who` may see, the newest first."""
    rows = Deal.objects.visible_to(who).filter(party=party).select_related("stage", "pipeline", "owner")
    return rows.order_by("-opened_at", "-id")


def _days_by_stage(spans: Iterable[DealSpan], now: datetime) -> dict[int, int]:
    calendar, found = organisation_calendar(), dict[int, int]()
    for span in spans:
        if span.state == Deal.State.OPEN:
            days = working_days(calendar, span.since, span.until or now)
            found[span.stage_id] = found.get(span.stage_id, 0) + days
    return found


def _step(stage: Stage, deal: Deal, days: dict[int, int]) -> Step:
    if stage.pk == deal.stage_id:
        return Step(stage, "on", days.get(stage.pk, 0))
    is_passed = stage.position < deal.stage.position
    return Step(stage, "done" if is_passed else "", days.get(stage.pk))


def _people_of(who: User, deal: Deal) -> tuple[list[DealPerson], int]:
    """Those on the customer's side whom the reader may see, and how many others there are."""
    rows: list[DealPerson] = _PEOPLE.all(deal=deal.pk)
    if not rows:
        return [], 0
    seen = {pk for (pk,) in _SEEN_PARTIES.all(who, ids=[row.party_id for row in rows])}
    people = [row for row in rows if row.party_id in seen]
    return people, len(rows) - len(people)
