"""Deleting leads and deals, and taking them back."""

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import NotFound
from peyvand.sales.errors import StageGone
from peyvand.sales.models import Deal, Stage
from peyvand.sales.permissions import DELETE
from peyvand.sales.services.holding import hold, store


@transaction.atomic
def delete_deal(*, actor: User, deal_id: int, version: int | None = None) -> Deal:
    """Put a deal into the trash. Errors: NotAllowed, NotFound, DealChanged."""
    deal = hold(actor, deal_id, version)
    require(actor, DELETE, deal)
    deal.deleted_at = timezone.now()
    return store(deal, actor)


@transaction.atomic
def restore_deal(*, actor: User, deal_id: int) -> Deal:
    """Take a deal out of the trash, as it was. Errors: NotAllowed, NotFound, StageGone (its pipeline was removed)."""
    deal = (
        Deal.objects.trash_of(actor).select_for_update(of=("self",)).select_related("stage").filter(pk=deal_id).first()
    )
    if deal is None:
        raise NotFound
    if deal.is_open and not Stage.objects.filter(pk=deal.stage_id, deleted_at=None, pipeline__deleted_at=None).exists():
        raise StageGone
    deal.deleted_at = None
    return store(deal, actor)
