"""Asking whether a deal may come to a stage, and deciding it."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_norm
from peyvand.sales import checks
from peyvand.sales.errors import AlreadyDecided, ApprovalWaits, MoveBlocked, StageGone
from peyvand.sales.events import ApprovalAsked, ApprovalDecided
from peyvand.sales.models import Deal, Stage, StageApproval
from peyvand.sales.policies import may_approve
from peyvand.sales.services.holding import hold_open
from peyvand.sales.services.moving import entered, move_deal


@transaction.atomic
def ask_approval(*, actor: User, deal_id: int, stage_id: int) -> StageApproval:
    """Ask whether a deal may come to a stage; what is missing for it otherwise is said first.

    Errors: NotAllowed, NotFound, NotOpen, StageGone, MoveBlocked, ApprovalWaits.
    """
    deal = hold_open(actor, deal_id)
    stage = Stage.objects.filter(pk=stage_id, pipeline=deal.pipeline_id, deleted_at=None).first()
    if stage is None:
        raise StageGone
    missing = [words for each in entered(deal, stage) for words in checks.missing_for(deal, each)]
    if missing:
        raise MoveBlocked(" ".join(dict.fromkeys(missing)))
    if StageApproval.objects.filter(deal=deal, state=StageApproval.State.WAITING).exists():
        raise ApprovalWaits
    approval = StageApproval.objects.create(deal=deal, stage=stage, asked_by=actor, asked_at=timezone.now())
    publish(ApprovalAsked(approval_id=approval.pk))
    return approval


@transaction.atomic
def decide_approval(*, actor: User, approval_id: int, is_approved: bool, remark: str = "") -> StageApproval:
    """Say whether a deal may come to the stage; approved, it is moved at once.

    Errors: NotAllowed, NotFound, AlreadyDecided, and those of `move_deal` when something is missing by now.
    """
    approval = StageApproval.objects.select_for_update().filter(pk=approval_id).first()
    if approval is None or not Deal.objects.visible_to(actor).filter(pk=approval.deal_id).exists():
        raise NotFound
    if not may_approve(actor, Deal.objects.get(pk=approval.deal_id)):
        raise NotAllowed
    if approval.state != StageApproval.State.WAITING:
        raise AlreadyDecided
    approval.state = StageApproval.State.APPROVED if is_approved else StageApproval.State.REFUSED
    approval.decided_by, approval.decided_at, approval.remark = actor, timezone.now(), display_norm(remark)[:500]
    approval.save()
    if is_approved:
        move_deal(actor=None, deal_id=approval.deal_id, stage_id=approval.stage_id)
    publish(ApprovalDecided(approval_id=approval.pk))
    return approval
