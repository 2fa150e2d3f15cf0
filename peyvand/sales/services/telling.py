"""Telling people what waits for them: an approval that is asked, one that was decided, a deal that became theirs."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from peyvand.accounts.models import User
from peyvand.accounts.services.notifications import forget, notify
from peyvand.sales.events import ApprovalAsked, ApprovalDecided, DealAssigned
from peyvand.sales.models import Deal, Pipeline, StageApproval
from peyvand.sales.policies import approvers_of

KIND = "deal"
ASKED = gettext_noop("%(who)s asks whether «%(deal)s» may come to «%(stage)s»")
DECIDED = {
    StageApproval.State.APPROVED: gettext_noop("%(who)s approved that «%(deal)s» comes to «%(stage)s»"),
    StageApproval.State.REFUSED: gettext_noop("%(who)s refused that «%(deal)s» comes to «%(stage)s»"),
}
GIVEN = {
    Pipeline.Kind.LEAD: gettext_noop("A lead became yours: %(deal)s"),
    Pipeline.Kind.DEAL: gettext_noop("A deal became yours: %(deal)s"),
}


def tell_approvers(event: ApprovalAsked) -> None:
    """Tell everybody who may decide it that an approval is asked; not him who asks."""
    approval = _approval(event.approval_id)
    if approval is None or approval.state != StageApproval.State.WAITING:
        return
    users = [user for user in approvers_of(approval.deal) if user.pk != approval.asked_by_id]
    url = reverse("sales:approval", args=[approval.pk])
    data = {"who": str(approval.asked_by or ""), "deal": approval.deal.name, "stage": approval.stage.name}
    notify(users=users, kind=KIND, text=ASKED, data=data, url=url)


def tell_asker(event: ApprovalDecided) -> None:
    """Tell him who asked how it was decided, while he may see the deal; whoever else might decide waits no longer."""
    approval = _approval(event.approval_id)
    if approval is None or approval.asked_by is None or approval.state not in DECIDED:
        return
    forget(pages=[reverse("sales:approval", args=[approval.pk])])
    told = approval.asked_by
    if approval.decided_by_id == told.pk or not Deal.objects.visible_to(told).filter(pk=approval.deal_id).exists():
        return
    data = {"who": str(approval.decided_by or ""), "deal": approval.deal.name, "stage": approval.stage.name}
    text = DECIDED[StageApproval.State(approval.state)]
    notify(users=[told], kind=KIND, text=text, data=data, url=deal_page(approval.deal))


def tell_owner(event: DealAssigned) -> None:
    """Tell somebody that a lead or a deal became his, unless he took it himself or it is somebody else's by now."""
    if event.owner_id is None or event.owner_id == event.by_id:
        return
    deal = (
        Deal.objects.filter(pk=event.deal_id, owner=event.owner_id, deleted_at=None).select_related("pipeline").first()
    )
    owner = User.objects.filter(pk=event.owner_id, is_active=True).first()
    if deal is not None and owner is not None and Deal.objects.visible_to(owner).filter(pk=deal.pk).exists():
        text, url = GIVEN[Pipeline.Kind(deal.pipeline.kind)], deal_page(deal)
        notify(users=[owner], kind=KIND, text=text, data={"deal": deal.name}, url=url)


def deal_page(deal: Deal) -> str:
    """The address of a deal's page."""
    return reverse("sales:deal", args=[deal.pk])


def _approval(approval_id: int) -> StageApproval | None:
    rows = StageApproval.objects.select_related("deal", "stage", "asked_by", "decided_by")
    return rows.filter(pk=approval_id).first()
