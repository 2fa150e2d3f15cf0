"""Channels, the partners in them, and which partners a deal goes through."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may, require
from peyvand.core.errors import Invalid, NotFound
from peyvand.core.text import display_norm
from peyvand.parties.models import Party
from peyvand.sales.channel_types import ChannelDetails, PartnerDetails
from peyvand.sales.errors import ChannelInUse, NameTaken, PartnerThere, RuleChanged
from peyvand.sales.models import (
    WHOLE,
    Deal,
    DealPartner,
    Level,
    Partner,
    Pipeline,
    SalesChannel,
    SeatKey,
    SeatSession,
)
from peyvand.sales.permissions import MANAGE_PARTNERS, VIEW
from peyvand.sales.policies import require_configure
from peyvand.sales.selectors.channels import shares_of
from peyvand.sales.services.holding import hold, store, tell_worth

LONGEST_PROTECTION = 1000  # days


@transaction.atomic
def save_channel(
    *, actor: User | None, details: ChannelDetails, channel_id: int | None = None, version: int | None = None
) -> SalesChannel:
    """Write a channel. Errors: NotAllowed, NotFound, RuleChanged, NameTaken, Invalid."""
    require_configure(actor)
    channel = SalesChannel() if channel_id is None else _held_channel(channel_id)
    if channel_id is not None and version is not None and channel.version != version:
        raise RuleChanged
    name = display_norm(details.name)[:120]
    wrong = {} if name else {"name": _("Write a name.")}
    if details.kind not in SalesChannel.Kind.values:
        wrong["kind"] = _("There is no such record.")
    if not 0 <= details.margin <= WHOLE:
        wrong["margin"] = _("Write a percentage from 0 to 100.")
    if details.pipeline_id is not None and not _has_pipeline(details.pipeline_id):
        wrong["pipeline"] = _("There is no such record.")
    if wrong:
        raise Invalid(fields=wrong)
    if SalesChannel.objects.filter(name=name, deleted_at=None).exclude(pk=channel.pk).exists():
        raise NameTaken
    for key, value in (asdict(details) | {"name": name}).items():
        setattr(channel, key, value)
    channel.version += 0 if channel._state.adding else 1
    channel.save()
    return channel


@transaction.atomic
def delete_channel(*, actor: User, channel_id: int) -> None:
    """Offer a channel no longer. Errors: NotAllowed, NotFound, ChannelInUse (active partners sell through it)."""
    require_configure(actor)
    channel = _held_channel(channel_id)
    if channel.partners.filter(is_active=True).exists():
        raise ChannelInUse
    channel.deleted_at, channel.version = timezone.now(), channel.version + 1
    channel.save()


def _held_channel(channel_id: int) -> SalesChannel:
    channel = SalesChannel.objects.select_for_update().filter(pk=channel_id, deleted_at=None).first()
    if channel is None:
        raise NotFound
    return channel


def _has_pipeline(pipeline_id: int) -> bool:
    return Pipeline.objects.filter(pk=pipeline_id, deleted_at=None).exists()


@transaction.atomic
def save_partner(
    *,
    actor: User | None,
    details: PartnerDetails,
    party_id: int | None = None,
    partner_id: int | None = None,
    version: int | None = None,
) -> Partner:
    """Make a customer record (party_id) a partner, or change one (partner_id); branch and department follow its owner.

    A record is one active partner at a time. Whoever takes away `is_active` shuts the portal for its people at once.
    Errors: NotAllowed, NotFound, RuleChanged, PartnerThere, Invalid.
    """
    partner = _new_partner(actor, party_id) if partner_id is None else held_partner(actor, partner_id)
    if partner_id is not None and version is not None and partner.version != version:
        raise RuleChanged
    owner = _checked(actor, details)
    if details.is_active and _other_of(partner).exists():
        raise PartnerThere
    for key, value in (asdict(details) | {"territory": display_norm(details.territory)[:200]}).items():
        setattr(partner, key, value)
    if owner is not None:
        partner.department_id, partner.branch_id = owner.department_id, owner.branch_id
    if actor is not None:
        require(actor, MANAGE_PARTNERS, partner)
    partner.version += 0 if partner._state.adding else 1
    partner.save()
    if not partner.is_active:
        end_stays(partner.seats.values_list("pk", flat=True))
    return partner


def end_stays(seats: Iterable[int]) -> None:
    """End the stays of people of partners, and use up their links: what comes back needs a new link."""
    ids, now = list(seats), timezone.now()
    SeatKey.objects.filter(seat__in=ids, used_at=None).update(used_at=now)
    SeatSession.objects.filter(seat__in=ids, ended_at=None).update(ended_at=now)


def _new_partner(actor: User | None, party_id: int | None) -> Partner:
    if actor is not None:
        require(actor, MANAGE_PARTNERS)
    seen = Party.objects.visible_to(actor) if actor is not None else Party.objects.filter(deleted_at=None)
    party = seen.select_for_update(of=("self",)).answering(party_id)
    if party is None:
        raise Invalid(fields={"party": _("There is no such customer.")})
    partner = Partner(party=party)
    if actor is not None:
        partner.department_id, partner.branch_id = actor.department_id, actor.branch_id
    return partner


def held_partner(actor: User | None, partner_id: int) -> Partner:
    """Lock a partner that the actor sees and may manage. Errors: NotFound, NotAllowed."""
    rows = Partner.objects.select_for_update(of=("self",)).select_related("party", "channel")
    if actor is not None:
        rows = rows.filter(pk__in=Partner.objects.visible_to(actor).filter(pk=partner_id).values("pk"))
    partner = rows.filter(pk=partner_id).first()
    if partner is None:
        raise NotFound
    if actor is not None:
        require(actor, MANAGE_PARTNERS, partner)
    return partner


def _other_of(partner: Partner) -> Any:
    return Partner.objects.filter(party=partner.party_id, is_active=True).exclude(pk=partner.pk)


def _checked(actor: User | None, details: PartnerDetails) -> User | None:
    """The owner that is named. Errors: Invalid."""
    wrong = {}
    if not SalesChannel.objects.filter(pk=details.channel_id, deleted_at=None).exists():
        wrong["channel"] = _("There is no such record.")
    if details.level not in Level.values:
        wrong["level"] = _("There is no such record.")
    if not 0 <= details.protection <= LONGEST_PROTECTION:
        wrong["protection"] = _("Write a number of days from 0 to 1000.")
    if details.contract_from and details.contract_to and details.contract_to < details.contract_from:
        wrong["contract_to"] = _("It ends before it begins.")
    owner = User.objects.filter(pk=details.owner_id or 0, is_active=True).first()
    if details.owner_id is not None and (owner is None or not may(owner, VIEW)):
        wrong["owner"] = _("This person works here no longer, or may not see deals.")
    if wrong:
        raise Invalid(fields=wrong)
    return owner


@transaction.atomic
def set_deal_partners(*, actor: User, deal_id: int, partners: Mapping[int, int], version: int | None = None) -> Deal:
    """Say through which partners a deal goes, with the percent of the commission that each has; none makes it direct.

    partners: percent by the id of the partner, the first of them is shown in lists. Newly named ones must be active
    and seen by the actor. Errors: NotAllowed, NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    kept = set(DealPartner.objects.filter(deal=deal).values_list("partner_id", flat=True))
    fresh = set(partners) - kept
    if Partner.objects.visible_to(actor).filter(pk__in=fresh, is_active=True).count() < len(fresh):
        raise Invalid(fields={"partner": _("There is no such record.")})
    put_partners(deal, partners)
    store(deal, actor)
    if not partners:
        tell_worth(deal)  # of a deal that has partners it is told when it is stored
    return deal


@transaction.atomic
def remove_deal_partner(*, actor: User, deal_id: int, partner_id: int) -> Deal:
    """A deal goes through this partner no more; the others keep their shares. Errors: NotAllowed, NotFound."""
    shares = shares_of(hold(actor, deal_id))
    rest = {one.partner_id: one.percent for one in shares if one.partner_id != partner_id}
    return set_deal_partners(actor=actor, deal_id=deal_id, partners=rest)


def put_partners(deal: Deal, partners: Mapping[int, int]) -> None:
    """Write through whom a held deal goes; the caller stores it. Errors: Invalid (shares beyond hundred)."""
    if any(not 1 <= percent <= 100 for percent in partners.values()) or sum(partners.values()) > 100:
        raise Invalid(fields={"percent": _("The shares together are at most 100 percent.")})
    DealPartner.objects.filter(deal=deal).exclude(partner__in=partners).delete()
    for partner_id, percent in partners.items():
        DealPartner.objects.update_or_create(deal=deal, partner_id=partner_id, defaults={"percent": percent})
    deal.partner_id = next(iter(partners), None)
    deal.channel = Deal.SalesChannel.PARTNER if partners else Deal.SalesChannel.DIRECT
