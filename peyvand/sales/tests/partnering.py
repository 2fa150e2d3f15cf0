"""A distributor and an agent for tests, with a person of each."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache

from peyvand.accounts.models import User
from peyvand.channels import guard
from peyvand.sales import services
from peyvand.sales.channel_types import ChannelDetails, Claim, PartnerDetails
from peyvand.sales.models import DealRegistration, Partner, PartnerSeat, SalesChannel
from peyvand.sales.services.registering import Registered
from peyvand.sales.tests.selling import House, allow, customer

CLAIM = Claim(name="کارخانهٔ یخ‌ساز البرز", product="خط تولید", mobile="0912 111 2233", city="کرج", amount=50_000_000)


@dataclass(frozen=True)
class Two:
    """Two partners of one channel, cared for by alice."""

    house: House
    channel: SalesChannel
    nour: Partner
    sahand: Partner
    negar: PartnerSeat
    saman: PartnerSeat


def within_one_window(patch: pytest.MonkeyPatch) -> None:
    """Let no five minutes end while a test counts: a limit begins anew with each."""
    patch.setattr(guard, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))


def two_partners(house: House, **channel: Any) -> Two:
    """bob manages them. What was counted of links before, in tests that commit, does not count here."""
    cache.clear()
    allow(house.cast.bob, "sales.partners", "sales.manage_partners", "sales.view", "sales.change", "parties.view")
    details = ChannelDetails(name="نمایندگان", kind="agent", pipeline_id=house.deals.pk, margin=1500, **channel)
    made = services.save_channel(actor=None, details=details)
    nour, sahand = (partner(house, made, name) for name in ("نور گستر", "سهند تجارت"))
    return Two(house, made, nour, sahand, seat(nour, "negar@nour.example"), seat(sahand, "saman@sahand.example"))


def partner(house: House, channel: SalesChannel, name: str, *, owner: User | None = None, **more: Any) -> Partner:
    """A customer record that sells for us."""
    owner = owner or house.cast.alice
    details = PartnerDetails(channel_id=channel.pk, owner_id=owner.pk, **more)
    return services.save_partner(actor=None, details=details, party_id=customer(name, owner).pk)


def seat(partner: Partner, email: str) -> PartnerSeat:
    return services.add_seat(actor=None, partner_id=partner.pk, name=email.partition("@")[0], email=email)


def register(seat: PartnerSeat, **more: Any) -> Registered:
    values = {name: getattr(CLAIM, name) for name in Claim.__dataclass_fields__} | more
    return services.register_deal(seat=fresh(seat), claim=Claim(**values))


def fresh(seat: PartnerSeat) -> PartnerSeat:
    return PartnerSeat.objects.select_related("partner__party", "partner__channel", "partner__owner").get(pk=seat.pk)


def stored(registered: Registered) -> DealRegistration:
    return DealRegistration.objects.get(pk=registered.registration.pk)
