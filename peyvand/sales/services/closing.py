"""Winning and losing deals, and working on them again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.core.text import display_norm, display_text
from peyvand.sales.errors import StageGone, StillOpen
from peyvand.sales.events import DealClosed, DealReopened
from peyvand.sales.models import Deal, LostReason, Stage, StageApproval
from peyvand.sales.services.holding import hold, hold_open, store
from peyvand.sales.services.opening import top_of
from peyvand.sales.types import Loss


@transaction.atomic
def win_deal(*, actor: User, deal_id: int, version: int | None = None) -> Deal:
    """A deal is won; it keeps the stage in which it was. Errors: NotAllowed, NotFound, DealChanged, NotOpen."""
    return _close(actor, hold_open(actor, deal_id, version), Deal.State.WON)


@transaction.atomic
def lose_deal(*, actor: User, deal_id: int, loss: Loss, version: int | None = None) -> Deal:
    """A deal is lost, for a reason. Errors: NotAllowed, NotFound, DealChanged, NotOpen, Invalid."""
    deal = hold_open(actor, deal_id, version)
    reason = LostReason.objects.filter(pk=loss.reason_id, deleted_at=None).first()
    if reason is None:
        raise Invalid(fields={"reason": _("Say why it was lost.")})
    deal.lost_reason, deal.competitor = reason, display_norm(loss.competitor)[:120]
    deal.lost_note = display_text(loss.note)[:2000]
    return _close(actor, deal, Deal.State.LOST)


@transaction.atomic
def reopen_deal(*, actor: User, deal_id: int, version: int | None = None) -> Deal:
    """Work on a deal again that was won or lost: it stands on top of its stage, or of the next one that is still there.

    Errors: NotAllowed, NotFound, DealChanged, StillOpen, StageGone (its pipeline was removed).
    """
    deal = hold(actor, deal_id, version)
    if deal.state not in (Deal.State.WON, Deal.State.LOST):
        raise StillOpen
    stages = Stage.objects.filter(pipeline=deal.pipeline_id, pipeline__deleted_at=None, deleted_at=None)
    stage = stages.filter(pk=deal.stage_id).first() or stages.order_by("position").first()
    if stage is None:
        raise StageGone
    deal.state, deal.closed_at, deal.stage = Deal.State.OPEN, None, stage
    deal.lost_reason, deal.competitor, deal.lost_note = None, "", ""
    deal.stage_since, deal.rank = timezone.now(), top_of(stage)
    store(deal, actor, deal.stage_since)
    publish(DealReopened(deal_id=deal.pk))
    return deal


def _close(actor: User, deal: Deal, state: Deal.State) -> Deal:
    deal.state, deal.closed_at = state, timezone.now()
    store(deal, actor, deal.closed_at)
    waiting = StageApproval.objects.filter(deal=deal, state=StageApproval.State.WAITING)
    waiting.update(state=StageApproval.State.OVERTAKEN, decided_at=deal.closed_at)
    publish(DealClosed(deal_id=deal.pk, state=str(state)))
    return deal
