"""Through whom else the demo company sells: a distributor and an agent with deals, one of their claims in conflict."""

import datetime as dt
import random

from django.utils import timezone

from peyvand.accounts.models import User
from peyvand.config.demo.organisation import Company
from peyvand.parties.models import ContactPoint, Party
from peyvand.sales.channel_types import Band, ChannelDetails, Claim, PartnerDetails, RuleDetails
from peyvand.sales.models import Deal, DealPartner, Partner, PartnerSeat, SalesChannel
from peyvand.sales.selectors.commissions import months_of
from peyvand.sales.services import (
    add_seat,
    confirm_statement,
    pay_statement,
    register_deal,
    save_channel,
    save_partner,
    save_partner_rule,
    settle_partner,
)

WANTED = (("تصفیهٔ مرکزی ساختمان", 4_200_000_000), ("آب‌شیرین‌کن کارگاهی", 7_900_000_000))  # Rial
RIVAL = ("تصفیهٔ صنعتی", 6_500_000_000)
THROUGH = 8  # deals of the last months that went through each


def sell_through_others(company: Company, dice: random.Random, now: dt.datetime) -> None:
    """Make two channels with a partner in each, give them deals, and let them meet at one customer."""
    sellers = [company.users[name] for name, code in company.roles.items() if code == "salesperson"]
    firms = list(Party.objects.filter(kind=Party.Kind.ORGANISATION, deleted_at=None).order_by("-pk")[:2])
    wide = save_channel(actor=None, details=ChannelDetails(name="توزیع‌کنندگان", kind="distributor", margin=1500))
    near = save_channel(actor=None, details=ChannelDetails(name="نمایندگان استانی", kind="agent"))
    partners = [
        _partner(firms[0], wide, sellers[0], "gold", "اصفهان، یزد"),
        _partner(firms[1], near, sellers[1], "standard", "اصفهان"),
    ]
    for partner in partners:
        _give(partner, dice)
    first, second = (_seat(partner, f"seat{place}@partner.example") for place, partner in enumerate(partners, 1))
    for (product, amount), firm in zip(WANTED, _free(len(WANTED)), strict=True):
        register_deal(seat=first, claim=_claim(firm, product, amount))
    last = Deal.objects.filter(partner=partners[0], registrations__isnull=False).order_by("-pk")[:1].get()
    register_deal(seat=second, claim=_claim(last.party, *RIVAL))
    _pay(company, partners, wide, near)


def _pay(company: Company, partners: list[Partner], wide: SalesChannel, near: SalesChannel) -> None:
    """Rules of commission, what the won deals gave by them, and the oldest month of each confirmed and paid."""
    steps = (Band(start=0, value=200), Band(start=5_000_000_000, value=300), Band(start=10_000_000_000, value=400))
    save_partner_rule(
        actor=None, details=RuleDetails(name="پورسانت توزیع‌کنندگان، پله‌ای", bands=steps, channel_id=wide.pk)
    )
    save_partner_rule(
        actor=None,
        details=RuleDetails(name="پورسانت نمایندگان", bands=(Band(start=0, value=500),), channel_id=near.pk),
    )
    for partner in partners:
        settle_partner(actor=None, partner_id=partner.pk)
        months = months_of(partner)
        if len(months) > 1:
            actor, month = company.users["kamyar"], months[-1].number
            confirm_statement(actor=actor, partner_id=partner.pk, month=month)
            pay_statement(actor=actor, partner_id=partner.pk, month=month, reference="حوالهٔ بانکی ۱۱۸۲")


def _free(number: int) -> list[Party]:
    """Organisations that have a phone and no deal."""
    rows = Party.objects.filter(kind=Party.Kind.ORGANISATION, deleted_at=None, deals=None, partners=None)
    return list(
        rows.filter(contact_points__kind="phone", contact_points__identifies=True).order_by("pk").distinct()[:number]
    )


def _claim(firm: Party, product: str, amount: int) -> Claim:
    phone = ContactPoint.objects.filter(party=firm, kind="phone", identifies=True).order_by("pk")[:1].get()
    return Claim(name=firm.name, product=product, mobile=phone.typed, city=firm.city, amount=amount)


def _partner(party: Party, channel: SalesChannel, owner: User, level: str, territory: str) -> Partner:
    details = PartnerDetails(
        channel_id=channel.pk, owner_id=owner.pk, level=level, territory=territory,
        contract_from=timezone.localdate() - dt.timedelta(days=200),
        contract_to=timezone.localdate() + dt.timedelta(days=165),
    )  # fmt: skip
    return save_partner(actor=None, details=details, party_id=party.pk)


def _seat(partner: Partner, email: str) -> PartnerSeat:
    made = add_seat(actor=None, partner_id=partner.pk, name="نماینده", email=email)
    rows = PartnerSeat.objects.select_related("partner__party", "partner__channel", "partner__owner")
    return rows.get(pk=made.pk)


def _give(partner: Partner, dice: random.Random) -> None:
    """Some deals of whoever cares for the partner went through it."""
    rows = Deal.objects.filter(owner=partner.owner_id, partner=None, pipeline__kind="deal").order_by("pk")
    mine = list(rows)
    won = [deal for deal in mine if deal.state == Deal.State.WON]
    chosen = {*won[: THROUGH // 2], *dice.sample(mine, min(THROUGH // 2, len(mine)))}
    for deal in sorted(chosen, key=lambda one: one.pk):
        deal.partner, deal.channel = partner, Deal.SalesChannel.PARTNER
        deal.save(update_fields=["partner", "channel"])
        DealPartner.objects.create(deal=deal, partner=partner, percent=100)
