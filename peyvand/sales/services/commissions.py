"""The ledger of commissions: what won deals give is written once, taken back by counter-entries, confirmed and paid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from peyvand.accounts.models import User
from peyvand.core.errors import Invalid
from peyvand.core.text import display_norm
from peyvand.sales.commission import Case, closest, worth
from peyvand.sales.errors import AlreadyDecided
from peyvand.sales.events import DealReopened, DealWorthChanged
from peyvand.sales.models import CommissionEntry, CommissionStatement, Deal, DealPartner, Partner
from peyvand.sales.selectors.commissions import (
    case_of,
    entries_of,
    first_open_month,
    is_month,
    month_of,
    rules_in_force,
    standing,
    sum_of,
)
from peyvand.sales.services.channels import held_partner

State = CommissionStatement.State
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Line:
    """What a partner earns by a deal now: the rule, the amount (Rial), and what explains it."""

    rule_id: int
    amount: int
    details: dict[str, Any]


def count_worth(event: DealWorthChanged | DealReopened) -> None:
    """The reaction to whatever may change what a won deal is worth: the ledger says it. Idempotent."""
    settle_deal(deal_id=event.deal_id)


@transaction.atomic
def settle_deal(*, deal_id: int) -> list[CommissionEntry]:
    """Bring the ledger up to what a deal is worth to its partners now; return the lines that were added.

    An entry stays while amount, day of winning and share stay, whatever becomes of the rules; otherwise it is taken
    back by a counter-entry, and what is due now is written anew.
    """
    deal = Deal.objects.select_for_update().filter(pk=deal_id).first()
    if deal is None:
        return []
    shares = {one.partner_id: one for one in _shares(deal)}
    entries = list(standing(deal))
    concerned = sorted({*shares, *(entry.partner_id for entry in entries)})
    list(Partner.objects.select_for_update().filter(pk__in=concerned).order_by("pk").values_list("pk"))
    facts = {pk: _facts(case_of(deal, share)) for pk, share in shares.items()}
    kept = {entry.partner_id for entry in entries if _is_as(entry, facts.get(entry.partner_id))}
    added = [_take_back(entry) for entry in entries if entry.partner_id not in kept]
    for pk, line in _due(deal, (share for pk, share in shares.items() if pk not in kept)).items():
        added.append(_earn(deal, pk, line))
    return added


def _shares(deal: Deal) -> Iterable[DealPartner]:
    """The partners who earn by it: none while it is not won, lies in the trash, or its amount is not known."""
    if deal.state != Deal.State.WON or deal.deleted_at is not None or not deal.amount:
        return []
    return DealPartner.objects.filter(deal=deal).select_related("partner").order_by("pk")


def _facts(case: Case) -> dict[str, Any]:
    return {"deal": case.amount, "won_on": case.day.isoformat(), "percent": case.percent}


def _is_as(entry: CommissionEntry, facts: Mapping[str, Any] | None) -> bool:
    return facts is not None and all(entry.details.get(key) == value for key, value in facts.items())


def _due(deal: Deal, shares: Iterable[DealPartner]) -> dict[int, Line]:
    rules, found = rules_in_force(), dict[int, Line]()
    for share in shares:
        case = case_of(deal, share)
        terms = closest(rules, case)
        amount = worth(terms, case) if terms is not None else 0
        if terms is not None and amount:
            found[share.partner_id] = Line(terms.id, amount, _facts(case))
    return found


def _earn(deal: Deal, partner_id: int, line: Line) -> CommissionEntry:
    now = timezone.now()
    month = first_open_month(partner_id, month_of(deal.closed_at or now))
    return CommissionEntry.objects.create(
        partner_id=partner_id, deal=deal, rule_id=line.rule_id, amount=line.amount, month=month,
        details=line.details, at=now,
    )  # fmt: skip


def _take_back(entry: CommissionEntry) -> CommissionEntry:
    now = timezone.now()
    month = first_open_month(entry.partner_id, max(month_of(now), entry.month))
    return CommissionEntry.objects.create(
        partner_id=entry.partner_id, deal_id=entry.deal_id, rule_id=entry.rule_id, amount=-entry.amount,
        reverses=entry, month=month, details=entry.details, at=now,
    )  # fmt: skip


@transaction.atomic
def settle_partner(*, actor: User | None, partner_id: int) -> int:
    """Count the won deals of a partner that have no entry, as after a rule was written late.

    Returns how many lines were added. Errors: NotAllowed, NotFound.
    """
    partner = held_partner(actor, partner_id)
    won = Deal.objects.filter(partners__partner=partner, state=Deal.State.WON, deleted_at=None).order_by("pk")
    return sum(len(settle_deal(deal_id=pk)) for pk in won.values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def confirm_statement(*, actor: User, partner_id: int, month: int) -> CommissionStatement:
    """Confirm what stands in a month (140509) of a partner; what comes later stands in the next month.

    Errors: NotAllowed, NotFound, AlreadyDecided, Invalid (a month to come, or nothing stands in it).
    """
    partner = held_partner(actor, partner_id)
    if not is_month(month) or month > month_of(timezone.localdate()):
        raise Invalid(_("This month is still to come."))
    if CommissionStatement.objects.filter(partner=partner, month=month).exists():
        raise AlreadyDecided
    entries = list(entries_of(partner, month))
    if not entries:
        raise Invalid(_("Nothing stands in this month."))
    return CommissionStatement.objects.create(
        partner=partner, month=month, total=sum_of(entries), confirmed_by=actor, confirmed_at=timezone.now()
    )


@transaction.atomic
def pay_statement(*, actor: User, partner_id: int, month: int, reference: str = "") -> CommissionStatement:
    """Write down that a confirmed statement was paid, with the reference of the payment.

    Errors: NotAllowed, NotFound, AlreadyDecided (not confirmed, or paid already).
    """
    one = _confirmed(actor, partner_id, month)
    one.state, one.paid_by, one.paid_at = State.PAID, actor, timezone.now()
    one.reference = display_norm(reference)[:120]
    one.save()
    return one


@transaction.atomic
def unconfirm_statement(*, actor: User, partner_id: int, month: int) -> None:
    """Take a confirmation back, while it is the last one and not paid.

    Errors: NotAllowed, NotFound, AlreadyDecided, Invalid (a later month was confirmed).
    """
    one = _confirmed(actor, partner_id, month)
    if CommissionStatement.objects.filter(partner=partner_id, month__gt=month).exists():
        raise Invalid(_("A later month was confirmed already."))
    one.delete()


def _confirmed(actor: User, partner_id: int, month: int) -> CommissionStatement:
    partner = held_partner(actor, partner_id)
    one = CommissionStatement.objects.filter(partner=partner, month=month, state=State.CONFIRMED).first()
    if one is None:
        raise AlreadyDecided
    return one
