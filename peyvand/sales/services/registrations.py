"""Deciding what partners registered: a person looks at both sides, and both partners are told."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import require
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.events import publish
from peyvand.core.text import display_norm
from peyvand.sales.channel_types import Verdict
from peyvand.sales.errors import AlreadyDecided
from peyvand.sales.events import RegistrationDecided
from peyvand.sales.models import Deal, DealPartner, DealRegistration
from peyvand.sales.permissions import MANAGE_PARTNERS
from peyvand.sales.selectors.channels import visible_registrations
from peyvand.sales.services.channels import put_partners
from peyvand.sales.services.holding import hold, store
from peyvand.sales.services.registering import LOCK, open_registered, protect

State = DealRegistration.State
ANSWERS = ("accept", "refuse", "share")


@transaction.atomic
def decide_registration(
    *, actor: User, registration_id: int, verdict: Verdict, version: int | None = None
) -> DealRegistration:
    """Decide what waits. The remark is read by the partner; a refusal needs one.

    accept: the customer is this partner's. A deal that another has of him goes over to this partner, and that one's
    claim is refused; without one a deal is opened. share: the deal that is there goes through both, this partner has
    `percent` of the commission. refuse: nothing else changes.
    Errors: NotAllowed, NotFound, AlreadyDecided, Invalid.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    one = held_registration(actor, registration_id)
    if not one.is_waiting or (version is not None and one.version != version):
        raise AlreadyDecided
    one.memory = {"state": one.state, "party": one.party_id}
    one.remark = display_norm(verdict.remark)[:500]
    _check(one, verdict)
    if verdict.answer == "refuse":
        one.state = State.REFUSED
    elif verdict.answer == "share":
        _share(actor, one, verdict.percent)
    else:
        _accept(actor, one)
    one.decided_by, one.decided_at, one.version = actor, timezone.now(), one.version + 1
    one.save()
    publish(RegistrationDecided(registration_id=one.pk))
    return one


def held_registration(actor: User, registration_id: int) -> DealRegistration:
    """Lock a registration of a partner whom the actor manages. Errors: NotFound, NotAllowed."""
    rows = DealRegistration.objects.select_for_update(of=("self",)).select_related("partner__channel", "partner__party")
    seen = visible_registrations(actor).filter(pk=registration_id)
    one = rows.filter(pk__in=seen.values("pk")).first()
    if one is None:
        raise NotFound
    require(actor, MANAGE_PARTNERS, one.partner)
    return one


def _check(one: DealRegistration, verdict: Verdict) -> None:
    if verdict.answer not in ANSWERS:
        raise Invalid(fields={"answer": _("There is no such record.")})
    if verdict.answer == "refuse" and not one.remark:
        raise Invalid(fields={"remark": _("Say why; the partner reads it.")})
    if verdict.answer == "share" and not 1 <= verdict.percent <= 99:
        raise Invalid(fields={"percent": _("Write a percentage from 1 to 99.")})


def _deal_of(actor: User, one: DealRegistration) -> Deal | None:
    """The deal of the other side, held, while it is worked on; the actor must be allowed to change it."""
    rival = DealRegistration.objects.filter(pk=one.rival_id or 0).first()
    deal_id = (rival.deal_id if rival is not None else None) or one.rival_deal_id
    deal = Deal.objects.filter(pk=deal_id or 0, deleted_at=None, state=Deal.State.OPEN).first()
    return hold(actor, deal.pk) if deal is not None else None


def _accept(actor: User, one: DealRegistration) -> None:
    deal = _deal_of(actor, one)
    protect(one)
    _refuse_rivals(actor, one)
    if deal is None:
        one.deal = open_registered(one)
        one.memory |= {"opened": one.deal.pk}
        return
    _give(actor, one, deal, {one.partner_id: 100})


def _give(actor: User, one: DealRegistration, deal: Deal, shares: dict[int, int]) -> None:
    """The held deal goes through these partners from now on, and is what the registration is about."""
    before = shares_in(deal)
    put_partners(deal, shares)
    store(deal, actor)
    one.deal, one.party = deal, deal.party
    one.memory |= {"deal": deal.pk, "before": before, "after": shares_in(deal)}


def shares_in(deal: Deal) -> list[list[int]]:
    """The partners of a deal with their percents, the first of them first."""
    rows = DealPartner.objects.filter(deal=deal).order_by("pk").values_list("partner_id", "percent")
    return sorted(([partner, percent] for partner, percent in rows), key=lambda row: row[0] != deal.partner_id)


def _refuse_rivals(actor: User, one: DealRegistration) -> None:
    """The claim of the other partner ends with this decision, of who may decide for both. Errors: NotAllowed."""
    rival = DealRegistration.objects.select_for_update().filter(pk=one.rival_id or 0).first()
    if rival is None or rival.state == State.REFUSED:
        return
    require(actor, MANAGE_PARTNERS, rival.partner)
    kept = {name: getattr(rival, name) for name in ("state", "remark", "decided_by_id", "memory")}
    decided_at = rival.decided_at.isoformat() if rival.decided_at is not None else None
    one.memory |= {"rival": kept | {"id": rival.pk, "decided_at": decided_at, "version": rival.version + 1}}
    rival.state, rival.decided_by, rival.decided_at = State.REFUSED, actor, timezone.now()
    rival.remark, rival.version = _("The customer was given to another partner."), rival.version + 1
    rival.memory = {}  # this refusal is taken back with the decision that it follows from
    rival.save()
    publish(RegistrationDecided(registration_id=rival.pk))


def _share(actor: User, one: DealRegistration, percent: int) -> None:
    deal = _deal_of(actor, one)
    if deal is None:
        raise Invalid(fields={"answer": _("There is no open deal to share; accept or refuse it.")})
    protect(one)
    shares = dict(DealPartner.objects.filter(deal=deal).order_by("pk").values_list("partner_id", "percent"))
    rest = 100 - percent
    kept = {pk: max(each * rest // 100, 1) for pk, each in shares.items() if pk != one.partner_id}
    _give(actor, one, deal, kept | {one.partner_id: percent})


@transaction.atomic
def end_protection() -> int:
    """End each night the protection whose last day is over; the deal stays the partner's. Returns how many ended."""
    over = DealRegistration.objects.filter(state=State.ACCEPTED, exclusive_until__lt=timezone.localdate())
    return over.update(state=State.EXPIRED, lapsed_at=timezone.now())
