"""One deal: the stages it went through with its time in each, the people around it, what waits for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.scoping import Who
from peyvand.core.errors import NotFound
from peyvand.core.office_hours import organisation_calendar
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


def visible_deal(who: Who, deal_id: int) -> Deal:
    """A deal that `who` may see. Errors: NotFound."""
    rows = Deal.objects.visible_to(who).select_related("party", "pipeline", "stage", "owner", "branch")
    rows = rows.defer("search", "party__search", "owner__password", "owner__search", "owner__preferences")
    deal = next(iter(rows.filter(pk=deal_id)), None)
    if deal is None:
        raise NotFound
    return deal


def deal_page(who: User, deal_id: int) -> DealPage:
    """The page of a deal, in as many questions for a long history as for a short one. Errors: NotFound."""
    deal, now = visible_deal(who, deal_id), timezone.now()
    stages = list(Stage.objects.filter(pipeline=deal.pipeline_id, deleted_at=None).order_by("position"))
    spans = list(DealSpan.objects.filter(deal=deal).select_related("stage", "by").order_by("-since", "-id"))
    days = _days_by_stage(spans, now)
    people, hidden = _people_of(who, deal)
    shares = list(DealShare.objects.filter(deal=deal).select_related("user").order_by("-percent", "id"))
    approvals = list(
        StageApproval.objects.filter(deal=deal).select_related("stage", "asked_by", "decided_by").order_by("-id")[:10]
    )
    here = working_days(organisation_calendar(), deal.stage_since, now)
    limit = deal.stage.rot_days
    return DealPage(
        deal=deal,
        steps=[_step(stage, deal, days) for stage in stages],
        days=here,
        usual=usual_days(deal.stage),
        is_rotten=deal.is_open and limit is not None and here > limit,
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


def usual_days(stage: Stage) -> int | None:
    """How many days deals usually stood in a stage, by the last two hundred that left it; None for fewer than five."""
    left = DealSpan.objects.filter(pipeline=stage.pipeline_id, stage=stage, until__isnull=False, state="open")
    recent = left.order_by("-since").values("since", "until")[:200]
    rows = [(row["until"] - row["since"]).total_seconds() / 86_400 for row in recent if row["until"]]
    return round(sum(rows) / len(rows)) if len(rows) >= 5 else None


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
    rows = list(DealPerson.objects.filter(deal=deal).select_related("party").order_by("position", "id"))
    if not rows:
        return [], 0
    seen = set(Party.objects.visible_to(who).filter(pk__in=[row.party_id for row in rows]).values_list("pk", flat=True))
    people = [row for row in rows if row.party_id in seen]
    return people, len(rows) - len(people)
