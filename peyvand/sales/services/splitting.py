"""Cutting a deal into two, and joining deals that are one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.events import publish
from peyvand.sales.errors import NotOpen
from peyvand.sales.events import DealClosed, DealOpened, DealReopened
from peyvand.sales.models import Deal, DealPartner, DealPerson, DealRegistration, DealShare, StageApproval
from peyvand.sales.services.channels import put_partners
from peyvand.sales.services.holding import hold, hold_open, note_place, store
from peyvand.sales.services.opening import top_of

_COPIED = (
    "party",
    "pipeline",
    "stage",
    "close_on",
    "probability",
    "is_hot",
    "source",
    "channel",
    "partner",
    "owner",
    "department",
    "branch",
    "tag_ids",
    "custom",
)


@transaction.atomic
def split_deal(*, actor: User, deal_id: int, name: str, amount: int, version: int | None = None) -> Deal:
    """Cut a part off an open deal: a new one of the same customer in the same stage, with this amount (Rial) of it.

    What was known when stays with the old one; people, shares and partners are in both. Returns the new one.
    Errors: NotAllowed, NotFound, DealChanged, NotOpen, Invalid (the part is larger than the whole).
    """
    deal = hold_open(actor, deal_id, version)
    if deal.amount is None or not 0 < amount < deal.amount:
        raise Invalid(fields={"amount": _("The part must be smaller than the whole.")})
    name = " ".join(name.split())[:200]
    if not name:
        raise Invalid(fields={"name": _("Write a name.")})
    now = timezone.now()
    part = Deal(
        name=name,
        amount=amount,
        split_from=deal,
        created_by=actor,
        opened_at=deal.opened_at,
        stage_since=deal.stage_since,
    )
    for field in _COPIED:
        setattr(part, field, getattr(deal, field))
    part.rank, part.search = top_of(deal.stage), deal.search
    part.save()
    note_place(part, actor, now)
    _copy_people(deal, part)
    deal.amount -= amount
    store(deal, actor, now)
    publish(DealOpened(deal_id=part.pk))
    return part


def _copy_people(deal: Deal, part: Deal) -> None:
    for person in DealPerson.objects.filter(deal=deal):
        DealPerson.objects.create(deal=part, party_id=person.party_id, role=person.role, influence=person.influence)
    for share in DealShare.objects.filter(deal=deal):
        DealShare.objects.create(deal=part, user_id=share.user_id, percent=share.percent)
    for through in DealPartner.objects.filter(deal=deal):
        DealPartner.objects.create(deal=part, partner_id=through.partner_id, percent=through.percent)


@transaction.atomic
def join_deals(*, actor: User, deal_id: int, others: Sequence[int], version: int | None = None) -> Deal:
    """Take other open deals of the same customer into this one: amounts are added, people and partners come along.

    The others are closed as «joined»; their pages lead here.
    Errors: NotAllowed, NotFound, DealChanged, NotOpen, Invalid (also for shares of partners beyond hundred percent).
    """
    held = {pk: hold_open(actor, pk) for pk in sorted({deal_id, *others})}  # always in one order
    deal = held.pop(deal_id)
    if version is not None and deal.version != version:
        hold(actor, deal_id, version)
    if not held or any(other.party_id != deal.party_id for other in held.values()):
        raise Invalid(fields={"others": _("Only deals of the same customer can be joined.")})
    now = timezone.now()
    for other in held.values():
        _take_in(deal, other, actor, now)
    return store(deal, actor, now)


def _take_in(deal: Deal, other: Deal, actor: User, now: datetime) -> None:
    if other.amount is not None:
        deal.amount = (deal.amount or 0) + other.amount
    known = set(DealPerson.objects.filter(deal=deal).values_list("party_id", flat=True))
    for person in DealPerson.objects.filter(deal=other).exclude(party__in=known):
        DealPerson.objects.create(deal=deal, party_id=person.party_id, role=person.role, influence=person.influence)
    _take_partners(deal, other)
    other.state, other.closed_at, other.joined_into = Deal.State.JOINED, now, deal
    store(other, actor, now)
    waiting = StageApproval.objects.filter(deal=other, state=StageApproval.State.WAITING)
    waiting.update(state=StageApproval.State.OVERTAKEN, decided_at=other.closed_at)
    publish(DealClosed(deal_id=other.pk, state=str(Deal.State.JOINED)))


def _take_partners(deal: Deal, other: Deal) -> None:
    """Who sold the other deal sells this one; what he registered is about it."""
    shares = [dict(DealPartner.objects.filter(deal=one).order_by("pk").values_list("partner_id", "percent"))
              for one in (other, deal)]  # fmt: skip
    if not shares[0]:
        return
    first = {deal.partner_id: shares[1][deal.partner_id]} if deal.partner_id in shares[1] else {}
    put_partners(deal, first | {**shares[0], **shares[1]})
    came = [pk for pk in shares[0] if pk not in shares[1]]
    DealPartner.objects.filter(deal=deal, partner__in=came).update(via=other)
    claims = DealRegistration.objects.filter(deal=other)
    claims.filter(came_with=None).update(came_with=other)
    claims.update(deal=deal)


@transaction.atomic
def separate_deal(*, actor: User, deal_id: int) -> Deal:
    """Take a joined deal out again: its amount leaves the other one, which must not be smaller, and it is open.

    Partners that came with it leave with it, unless another deal that is joined still has them; so do their claims.

    Errors: NotAllowed, NotFound, NotOpen, Invalid.
    """
    joined = hold(actor, deal_id)
    if joined.joined_into_id is None:
        raise NotOpen
    into = hold_open(actor, joined.joined_into_id)
    if (joined.amount or 0) > (into.amount or 0):
        raise Invalid(fields={"amount": _("The part must be smaller than the whole.")})
    if joined.amount is not None and into.amount is not None:
        into.amount -= joined.amount
    _give_back_partners(into, joined)
    store(into, actor)
    joined.state, joined.closed_at, joined.joined_into = Deal.State.OPEN, None, None
    joined.rank = top_of(joined.stage)
    store(joined, actor)
    publish(DealReopened(deal_id=joined.pk))
    return joined


def _give_back_partners(into: Deal, joined: Deal) -> None:
    """What the joined deal brought goes with it: its partners and what they registered, and what it had taken in."""
    came = list(DealPartner.objects.filter(deal=into, via=joined))
    for share in came:
        others = Deal.objects.filter(joined_into=into, partners__partner=share.partner_id).exclude(pk=joined.pk)
        share.via = others.order_by("pk").first()
        if share.via is None:
            share.delete()
        else:
            share.save()
    if came:
        rest = dict(DealPartner.objects.filter(deal=into).order_by("pk").values_list("partner_id", "percent"))
        first = {into.partner_id: rest[into.partner_id]} if into.partner_id in rest else {}
        put_partners(into, first | rest)
    DealRegistration.objects.filter(deal=into, came_with__in=_taken_in(joined.pk)).update(deal=joined)
    DealRegistration.objects.filter(deal=joined, came_with=joined).update(came_with=None)


def _taken_in(deal_id: int) -> set[int]:
    """A deal with all that were joined into it, and into those."""
    found, fresh = {deal_id}, {deal_id}
    while fresh:
        fresh = set(Deal.objects.filter(joined_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found
