"""Writing down leads and deals, and changing what is written about them."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core.custom_fields.records import laid
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.core.prepared import Given, Prepared
from peyvand.core.text import display_norm, display_text, search_norm
from peyvand.parties.models import Party
from peyvand.sales.deal_fields import HOST
from peyvand.sales.events import DealAssigned, DealOpened
from peyvand.sales.models import LIVE, Deal, Stage
from peyvand.sales.permissions import ASSIGN, CHANGE
from peyvand.sales.services.holding import GAP, hold, note_place, require_sees, store
from peyvand.sales.types import CardDetails, DealDetails

LARGEST = 10**17  # Rial
LONGEST_NOTE = 20_000
_TOP = Prepared(lambda: Deal.objects.filter(LIVE, stage=Given("stage")).order_by("rank").values_list("rank")[:1])


@transaction.atomic
def open_deal(
    *,
    actor: User | None,
    party_id: int,
    details: DealDetails,
    stage_id: int | None = None,
    pipeline_id: int | None = None,
    owner_id: int | None = None,
) -> Deal:
    """Write down a lead or a deal of a customer; it stands on top of its stage, the first one when none is named.

    Entry conditions of a stage are asked when a deal moves, not when somebody writes down where one stands already.
    owner_id: who sells it; the actor when nobody is named. What comes from outside and nobody has stands in the branch
    of its customer. Errors: NotAllowed, NotFound, Invalid.
    """
    if actor is not None:
        require(actor, CHANGE)
    stage = _stage(stage_id, pipeline_id)
    seen = Party.objects.visible_to(actor) if actor is not None else Party.objects.filter(deleted_at=None)
    party = seen.only("pk", "branch_id").answering(party_id)
    if party is None:
        raise Invalid(fields={"party": _("There is no such customer.")})
    now = timezone.now()
    deal = Deal(party=party, pipeline=stage.pipeline, stage=stage, stage_since=now, opened_at=now)
    deal.created_by, deal.rank = actor, top_of(stage)
    deal.branch_id = party.branch_id if actor is None else None
    write_details(deal, details)
    _give(deal, actor, owner_id if owner_id is not None or actor is None else actor.pk)
    deal.save()
    note_place(deal, actor, now)
    publish(DealOpened(deal_id=deal.pk))
    if actor is not None and deal.owner_id is not None:
        publish(DealAssigned(deal_id=deal.pk, owner_id=deal.owner_id, by_id=actor.pk))
    return deal


@transaction.atomic
def change_deal(*, actor: User, deal_id: int, details: DealDetails, version: int | None = None) -> Deal:
    """Change what is written about a deal, whatever its state. Errors: NotAllowed, NotFound, DealChanged, Invalid."""
    deal = hold(actor, deal_id, version)
    write_details(deal, details)
    return store(deal, actor)


@transaction.atomic
def change_on_card(*, actor: User, deal_id: int, card: CardDetails, version: int | None = None) -> Deal:
    """Change at once what a card shows of a deal: amount, expected close, who sells it, fields of the business.

    Errors: NotAllowed (also for giving it away without that right), NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    if card.amount is not None and not 0 <= card.amount <= LARGEST:
        raise Invalid(fields={"amount": _("This amount cannot be read; write a whole number.")})
    deal.amount, deal.close_on = card.amount, card.close_on
    deal.custom = laid(HOST, deal.custom, card.custom)
    owner_id = card.owner_id
    if owner_id == deal.owner_id:
        return store(deal, actor)
    if owner_id != actor.pk:
        require(actor, ASSIGN, deal)
    _give(deal, actor, owner_id)
    store(deal, actor)
    require_sees(actor, deal)
    publish(DealAssigned(deal_id=deal.pk, owner_id=owner_id))
    return deal


@transaction.atomic
def assign_deal(*, actor: User | None, deal_id: int, owner_id: int | None, version: int | None = None) -> Deal:
    """Give a deal to somebody else, or to nobody; branch and department follow him.

    Errors: NotAllowed (also when the actor would no longer see it), NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    if actor is not None and owner_id != actor.pk:
        require(actor, ASSIGN, deal)
    _give(deal, actor, owner_id)
    store(deal, actor)
    if actor is not None:
        require_sees(actor, deal)
    publish(DealAssigned(deal_id=deal.pk, owner_id=owner_id, by_id=actor.pk if actor is not None else None))
    return deal


@transaction.atomic
def give_back(*, actor: User, deal_id: int, was: Mapping[str, int | None], version: int) -> Deal:
    """Give a deal back to whom it was before it was given away, unless somebody changed it since.

    was: owner_id, department_id and branch_id of then. Errors: NotAllowed, NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    require(actor, ASSIGN, deal)
    _give(deal, actor, was["owner_id"])
    deal.department_id, deal.branch_id = was["department_id"], was["branch_id"]
    store(deal, actor)
    publish(DealAssigned(deal_id=deal.pk, owner_id=deal.owner_id))
    return deal


def top_of(stage: Stage) -> int:
    """The place on top of a stage's column."""
    first = _TOP.first(stage=stage.pk)
    return (first[0] if first else 0) - GAP


def _stage(stage_id: int | None, pipeline_id: int | None) -> Stage:
    stages = Stage.objects.filter(deleted_at=None, pipeline__deleted_at=None).select_related("pipeline")
    if stage_id is not None:
        stages = stages.filter(pk=stage_id)
    if pipeline_id is not None:
        stages = stages.filter(pipeline=pipeline_id)
    stage = stages.order_by("pipeline__kind", "pipeline__position", "position").first()
    if stage is None:
        raise Invalid(fields={"stage": _("There is no such stage.")})
    return stage


def _give(deal: Deal, actor: User | None, owner_id: int | None) -> None:
    """Set the owner, and department and branch after him; nobody's deal stays where its maker is."""
    if owner_id is None:
        deal.owner = None
        if deal.branch_id is None and actor is not None:
            deal.department_id, deal.branch_id = actor.department_id, actor.branch_id
        return
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None or not may(owner, "sales.view"):
        raise Invalid(fields={"owner": _("This person works here no longer, or may not see deals.")})
    if actor is not None and owner.pk != actor.pk and deal._state.adding:
        require(actor, ASSIGN)
    deal.owner, deal.department_id, deal.branch_id = owner, owner.department_id, owner.branch_id


def write_details(deal: Deal, details: DealDetails) -> None:
    """Lay what somebody writes over a deal that is held or new; the caller stores it. Errors: Invalid."""
    name = display_norm(details.name)[:200]
    wrong = {} if name else {"name": _("Write a name.")}
    if details.amount is not None and not 0 <= details.amount <= LARGEST:
        wrong["amount"] = _("This amount cannot be read; write a whole number.")
    if details.probability is not None and not 0 <= details.probability <= 100:
        wrong["probability"] = _("Write a percentage from 0 to 100.")
    if details.channel not in Deal.SalesChannel.values:
        wrong["channel"] = _("There is no such record.")
    elif deal.partner_id is not None and details.channel == Deal.SalesChannel.DIRECT:
        wrong["channel"] = _("It goes through a partner; take the partner away first.")
    if wrong:
        raise Invalid(fields=wrong)
    deal.custom = laid(HOST, deal.custom, details.custom)
    for key, value in asdict(details).items():
        if key != "custom":
            setattr(deal, key, value)
    deal.name, deal.source = name, display_norm(details.source)[:120]
    deal.note = display_text(details.note)[:LONGEST_NOTE]
    deal.search = search_norm(f"{deal.name} {deal.source}")
