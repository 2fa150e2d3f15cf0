"""Writing down many leads and deals at once, in a few statements however many there are, and taking them away again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.events import publish_many
from peyvand.sales.events import DealOpened
from peyvand.sales.models import Deal, DealPassage, DealSpan, Stage
from peyvand.sales.permissions import ASSIGN, CHANGE
from peyvand.sales.services.holding import GAP
from peyvand.sales.services.opening import top_of, write_details
from peyvand.sales.types import DealDetails


@dataclass(frozen=True, kw_only=True)
class NewDeal:
    """One that is written down: its customer, where it stands, since when; owner: nobody named is the actor."""

    party_id: int
    stage: Stage
    details: DealDetails
    owner: User | None = None
    state: str = "open"
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@transaction.atomic
def open_deals(*, actor: User, rows: Sequence[NewDeal], is_quiet: bool) -> list[Deal]:
    """Write down leads and deals of customers whom the caller has looked up among those that the actor sees.

    is_quiet: nobody is told and no rule runs. Errors: NotAllowed, Invalid.
    """
    require(actor, CHANGE)
    if any(row.owner is not None and row.owner != actor for row in rows):
        require(actor, ASSIGN)
    now = timezone.now()
    tops = {stage: top_of(stage) for stage in {row.stage for row in rows}}
    put, deals = Counter[Stage](), list[Deal]()
    for row in rows:
        deals.append(_deal(actor, row, tops[row.stage] - put[row.stage] * GAP, now))
        put[row.stage] += 1
    Deal.objects.bulk_create(deals, batch_size=500)
    DealSpan.objects.bulk_create([_span(deal, actor) for deal in deals], batch_size=500)
    DealPassage.objects.bulk_create(
        [
            DealPassage(
                deal=deal, pipeline_id=deal.pipeline_id, furthest_id=deal.stage_id, began_at=deal.opened_at
            )
            for deal in deals
        ],
        batch_size=500,
    )  # fmt: skip
    if not is_quiet:
        publish_many(DealOpened(deal_id=deal.pk) for deal in deals)
    return deals


def _deal(actor: User, row: NewDeal, rank: int, now: datetime) -> Deal:
    owner, began = row.owner or actor, row.opened_at or now
    closed = None if row.state == Deal.State.OPEN else max(row.closed_at or now, began)
    deal = Deal(
        party_id=row.party_id, pipeline_id=row.stage.pipeline_id, stage=row.stage, state=row.state, rank=rank,
        owner=owner, department_id=owner.department_id, branch_id=owner.branch_id, created_by=actor,
        opened_at=began, stage_since=began, closed_at=closed,
    )  # fmt: skip
    write_details(deal, row.details)
    return deal


def _span(deal: Deal, actor: User) -> DealSpan:
    """Where it stands. How it came there before it was written down is not known: one span says only where it is."""
    return DealSpan(
        deal=deal, pipeline_id=deal.pipeline_id, stage_id=deal.stage_id, state=deal.state, amount=deal.amount,
        owner_id=deal.owner_id, department_id=deal.department_id, branch_id=deal.branch_id,
        since=deal.closed_at or deal.opened_at, by=actor,
    )  # fmt: skip


@transaction.atomic
def take_away(*, actor: User, versions: Mapping[int, int]) -> set[int]:
    """Put deals that were written down at once into the trash, those that still have the version named for each.

    Returns those that went. Errors: NotAllowed.
    """
    require(actor, CHANGE)
    rows = Deal.objects.select_for_update().filter(pk__in=versions, deleted_at=None).order_by("pk")
    same = [pk for pk, version in rows.values_list("pk", "version") if versions[pk] == version]
    Deal.objects.filter(pk__in=same).update(deleted_at=timezone.now(), version=F("version") + 1)
    return set(same)
