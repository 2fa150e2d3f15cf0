"""A lead of a request in the cartable, by one click, and back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.cartable.models import Request
from peyvand.core.errors import NotAllowed, NotFound
from peyvand.sales.errors import DealChanged, RequestWithoutCustomer, StageGone
from peyvand.sales.models import Deal, DealRequest, Pipeline
from peyvand.sales.permissions import CHANGE
from peyvand.sales.services.holding import hold, store
from peyvand.sales.services.opening import open_deal
from peyvand.sales.types import DealDetails

UNDO = timedelta(minutes=10)


@transaction.atomic
def open_from_request(*, actor: User, request_id: int) -> Deal:
    """Make a lead of a request that the actor sees: of its customer, by its subject, his own. Asked twice it is one.

    The lead of a confidential request has the customer's name: more people see leads than that request's words.
    Errors: NotAllowed, NotFound, RequestWithoutCustomer, StageGone (there is no pipeline), Invalid.
    """
    require(actor, CHANGE)
    visible = Request.objects.visible_to(actor).filter(pk=request_id).exists()
    request = Request.objects.select_for_update(of=("self",)).filter(pk=request_id).first() if visible else None
    if request is None:
        raise NotFound
    known = lead_of(request)
    if known is not None:
        return known
    if request.party_id is None:
        raise RequestWithoutCustomer
    way = Pipeline.objects.filter(deleted_at=None).order_by("-kind", "position", "pk").first()
    if way is None:
        raise StageGone
    details = DealDetails(name=_name_of(request), source=str(request.get_medium_display())[:120])
    deal = open_deal(actor=actor, party_id=request.party_id, pipeline_id=way.pk, details=details)
    DealRequest.objects.create(deal=deal, request=request, by=actor, at=timezone.now())
    return deal


def _name_of(request: Request) -> str:
    if request.confidential and request.party is not None:
        return request.party.name[:200]
    return request.subject[:200] or request.code


@transaction.atomic
def undo_from_request(*, actor: User, deal_id: int) -> None:
    """Take back a lead that the actor has made of a request within ten minutes, while nobody changed it.

    Errors: NotFound, NotAllowed (it is another's), DealChanged.
    """
    deal = hold(actor, deal_id)
    made = DealRequest.objects.filter(deal=deal).first()
    if made is None:
        raise NotFound
    if made.by_id != actor.pk or timezone.now() - made.at > UNDO:
        raise NotAllowed
    if deal.version != 1:
        raise DealChanged
    deal.deleted_at = timezone.now()
    store(deal, actor)


def lead_of(request: Request) -> Deal | None:
    """The lead or deal that was made of a request and is there."""
    made = DealRequest.objects.filter(request=request, deal__deleted_at=None).select_related("deal__stage")
    found = made.order_by("-at").first()
    return found.deal if found else None
