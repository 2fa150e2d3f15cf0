"""What waits for somebody's word: the approvals that he may decide."""

from django.db.models import QuerySet

from peyvand.accounts.scoping import Who, fields_q
from peyvand.sales.models import Deal, StageApproval
from peyvand.sales.models.deals import DEAL_SCOPE
from peyvand.sales.permissions import APPROVE


def approvals_for(who: Who) -> QuerySet[StageApproval]:
    """The approvals that wait and that `who` may decide, the oldest first."""
    reached = Deal.objects.filter(fields_q(who, APPROVE, DEAL_SCOPE), deleted_at=None)
    deals = reached.filter(pk__in=Deal.objects.visible_to(who).values("pk"))
    rows = StageApproval.objects.filter(state=StageApproval.State.WAITING, deal__in=deals)
    return rows.select_related("deal__party", "stage", "asked_by").order_by("asked_at", "pk")
