"""Who takes part in a deal: on the customer's side, and of us."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.accounts.policies import may
from peyvand.core.errors import Invalid
from peyvand.core.text import display_norm
from peyvand.parties.models import Party
from peyvand.sales.models import Deal, DealPerson, DealShare
from peyvand.sales.services.holding import hold, store
from peyvand.sales.types import PersonDetails

MOST = 50


@transaction.atomic
def set_people(*, actor: User, deal_id: int, people: Sequence[PersonDetails], version: int | None = None) -> Deal:
    """Say who takes part on the customer's side, in this order, instead of those before.

    People whom the actor may not see stay as they are. Errors: NotAllowed, NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    wanted = {one.party_id: one for one in people}
    if len(wanted) < len(people) or len(people) > MOST:
        raise Invalid(fields={"people": _("Name each person once, and at most 50.")})
    seen = Party.objects.visible_to(actor)
    now = seen.answers(wanted)
    people = [replace(one, party_id=now.get(one.party_id, one.party_id)) for one in people]
    wanted = {one.party_id: one for one in people}
    if len(now) < len(people) or len(wanted) < len(people):
        raise Invalid(fields={"people": _("There is no such customer.")})
    if any(one.influence not in DealPerson.Influence.values for one in people):
        raise Invalid(fields={"people": _("There is no such record.")})
    DealPerson.objects.filter(deal=deal, party__in=seen).exclude(party__in=wanted).delete()
    for position, one in enumerate(people, 1):
        values = {"role": display_norm(one.role)[:80], "influence": one.influence, "position": position}
        DealPerson.objects.update_or_create(deal=deal, party_id=one.party_id, defaults=values)
    return store(deal, actor)


@transaction.atomic
def set_shares(*, actor: User, deal_id: int, shares: Mapping[int, int], version: int | None = None) -> Deal:
    """Say who of us sells along and with how many percent; the owner has what is left of hundred.

    shares: percent by the id of the user, of whom each may see deals.
    Errors: NotAllowed, NotFound, DealChanged, Invalid.
    """
    deal = hold(actor, deal_id, version)
    if deal.owner_id in shares:
        raise Invalid(fields={"shares": _("The owner has what is left; name the others.")})
    if any(not 1 <= percent <= 100 for percent in shares.values()) or sum(shares.values()) > 100:
        raise Invalid(fields={"shares": _("The shares together are at most 100 percent.")})
    users = User.objects.filter(pk__in=shares, is_active=True)
    if len([user for user in users if may(user, "sales.view")]) < len(shares):
        raise Invalid(fields={"shares": _("This person works here no longer, or may not see deals.")})
    DealShare.objects.filter(deal=deal).exclude(user__in=shares).delete()
    for user_id, percent in shares.items():
        DealShare.objects.update_or_create(deal=deal, user_id=user_id, defaults={"percent": percent})
    return store(deal, actor)
