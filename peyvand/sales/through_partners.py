"""The card of a deal that says through whom it is sold, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from peyvand.accounts.policies import may
from peyvand.sales.models import Deal, DealPartner, Partner, PartnerNote, PartnerRule
from peyvand.sales.permissions import CHANGE, PARTNERS
from peyvand.sales.policies import may_change
from peyvand.sales.selectors.channels import claims_about, shares_of
from peyvand.sales.selectors.commissions import expected, margin, rules_in_force, standing
from peyvand.web.access import signed_in

MOST_NOTES = 30


@dataclass(frozen=True)
class Worth:
    """What a deal is worth to a partner, in Rial: margin, and the commission, earned or expected; 0 for none."""

    share: DealPartner
    margin: int
    commission: int
    is_earned: bool


def _worths(deal: Deal, shares: Sequence[DealPartner]) -> list[Worth]:
    """Of an open deal what the rules of today would give, of a won one what the ledger says."""
    if not deal.amount or deal.state not in (Deal.State.OPEN, Deal.State.WON):
        return []
    is_won = deal.state == Deal.State.WON
    margins = rules_in_force(PartnerRule.Purpose.MARGIN)
    if is_won:
        earned = {entry.partner_id: entry.amount for entry in standing(deal)}
    else:
        rules = rules_in_force()
        earned = {one.partner_id: expected(deal, one, rules) for one in shares}
    return [Worth(one, margin(deal, one, margins), earned.get(one.partner_id, 0), is_won) for one in shares]


def of_deal(deal: Deal, *, request: HttpRequest | None) -> dict[str, Any] | None:
    """Its partners with their shares and notes; nothing for who has nothing to do with partners."""
    if request is None:
        return None
    user = signed_in(request)
    sees, changes = may(user, PARTNERS), may(user, CHANGE) and may_change(user, deal)
    claims = list(claims_about(user, deal)[:MOST_NOTES]) if sees else []
    if deal.partner_id is None:
        shown = {"deal": deal, "shares": [], "may_choose": sees and changes, "claims": claims}
        return shown if sees and (changes or claims) else None
    shares = shares_of(deal)
    ids = [one.partner_id for one in shares]
    notes = PartnerNote.objects.filter(deal=deal, partner__in=ids).select_related("seat", "user").order_by("-pk")
    seen = Partner.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    return {
        "deal": deal,
        "shares": shares,
        "claims": claims,
        "worths": _worths(deal, shares) if sees else [],
        "notes": list(notes[:MOST_NOTES]),
        "seen": set(seen) if sees else set(),
        "may_change": changes,
        "may_choose": sees and changes,
    }
