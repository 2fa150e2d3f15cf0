"""Adds two partners who sell for the journeys' company; runs in a process of that installation (stack.py)."""

from peyvand.accounts.models import User
from peyvand.parties.services import people
from peyvand.parties.types import PartyDetails
from peyvand.sales import services
from peyvand.sales.channel_types import Band, ChannelDetails, PartnerDetails, RuleDetails


def make() -> None:
    """A channel of agents with a tenth as commission, and a person of each of two agents, cared for by Mina."""
    mina = User.objects.get(username="mina")
    channel = services.save_channel(actor=None, details=ChannelDetails(name="نمایندگان", kind="agent"))
    rule = RuleDetails(name="ده درصد", bands=(Band(start=0, value=1000),), channel_id=channel.pk)
    services.save_partner_rule(actor=None, details=rule)
    for name, person, email in (
        ("نور گستر", "نگار", "negar@nour.example"),
        ("سهند تجارت", "سامان", "saman@sahand.example"),
    ):
        party = people.create_party(actor=mina, details=PartyDetails(kind="organisation", name=name))
        details = PartnerDetails(channel_id=channel.pk, owner_id=mina.pk)
        partner = services.save_partner(actor=None, details=details, party_id=party.pk)
        services.add_seat(actor=None, partner_id=partner.pk, name=person, email=email)
