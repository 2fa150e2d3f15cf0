"""Rules that hold, what a deal gives by them, and statements by Jalali month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from peyvand.core.jalali import to_jalali
from peyvand.sales.commission import WHOLE, Case, Terms, closest, fits, worth
from peyvand.sales.models import CommissionEntry, CommissionStatement, Deal, DealPartner, Partner, PartnerRule

QUARTER = timedelta(days=92)
MOST = 5000
State = CommissionStatement.State


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of a partner: its entries' sum, and its statement when a person has confirmed it.

    carried: what the months before left unpaid. All in Rial.
    """

    number: int
    total: int
    statement: CommissionStatement | None
    carried: int = 0

    @property
    def state(self) -> str:
        return self.statement.state if self.statement is not None else str(State.OPEN)

    @property
    def paid(self) -> int:
        """What was paid of this month, in Rial."""
        return self.statement.total if self.statement is not None and self.state == State.PAID else 0

    @property
    def balance(self) -> int:
        """What is left to pay at its end, in Rial."""
        return self.carried + self.total - self.paid


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a rule would have given: of how many deals, of which sum, how much (Rial)."""

    deals: int
    amount: int
    total: int


def month_of(day: date) -> int:
    """The Jalali month of a day as one number: 140509."""
    there = to_jalali(day)
    return there.year * 100 + there.month


def month_after(month: int) -> int:
    """The month after this one."""
    return month + 1 if month % 100 < 12 else (month // 100 + 1) * 100 + 1


def is_month(number: int) -> bool:
    """Is this the number of a month?"""
    return 120001 <= number <= 149812 and 1 <= number % 100 <= 12


def terms_of(rule: PartnerRule) -> Terms:
    """A stored rule as it is applied."""
    return Terms(
        id=rule.pk or 0, way=rule.way, bands=[(band["from"], band["value"]) for band in rule.bands],
        partner=rule.partner_id, level=rule.level, channel=rule.channel_id, pipeline=rule.pipeline_id,
        since=rule.since, until=rule.until,
    )  # fmt: skip


def rules_in_force(purpose: str = PartnerRule.Purpose.COMMISSION) -> list[Terms]:
    """The rules of a purpose that were not deleted."""
    return [terms_of(rule) for rule in PartnerRule.objects.filter(purpose=purpose, deleted_at=None).order_by("pk")]


def rules_shown() -> QuerySet[PartnerRule]:
    """The rules, those of commission first."""
    rows = PartnerRule.objects.filter(deleted_at=None).select_related("channel", "partner__party", "pipeline")
    return rows.order_by("purpose", "name", "pk")


def case_of(deal: Deal, share: DealPartner, day: date | None = None) -> Case:
    """A deal and a partner of it as rules see them; an open deal as if it were won today."""
    closed = timezone.localtime(deal.closed_at).date() if deal.closed_at is not None else None
    partner = share.partner
    return Case(
        partner=partner.pk, level=partner.level, channel=partner.channel_id, pipeline=deal.pipeline_id,
        amount=deal.amount or 0, day=day or closed or timezone.localdate(), percent=share.percent,
    )  # fmt: skip


def expected(deal: Deal, share: DealPartner, rules: Sequence[Terms]) -> int:
    """What a partner would get of a deal by these rules of commission, in Rial."""
    case = case_of(deal, share)
    found = closest(rules, case)
    return worth(found, case) if found is not None else 0


def margin(deal: Deal, share: DealPartner, rules: Sequence[Terms]) -> int:
    """What the partner keeps of the amount, in Rial: by the closest of these rules, else the margin of its channel."""
    case = case_of(deal, share)
    found = closest(rules, case)
    if found is not None:
        return worth(found, case)
    return case.amount * share.partner.channel.margin * case.percent // (WHOLE * 100)


def trial(terms: Terms, today: date) -> Trial:
    """What this rule alone would have given for the deals of partners that were won in the last quarter."""
    rows = DealPartner.objects.filter(
        deal__state=Deal.State.WON, deal__deleted_at=None, deal__closed_at__date__gt=today - QUARTER
    ).select_related("deal", "partner")
    cases = [case_of(share.deal, share, today) for share in rows.order_by("-deal__closed_at")[:MOST]]
    always = replace(terms, since=None, until=None)
    known = [case for case in cases if fits(always, case)]
    return Trial(
        deals=len(known), amount=sum(case.amount for case in known), total=sum(worth(terms, case) for case in known)
    )


def standing(deal: Deal) -> QuerySet[CommissionEntry]:
    """The entries of a deal that no counter-entry took back."""
    return CommissionEntry.objects.filter(deal=deal, reverses=None, reversal=None).order_by("pk")


def first_open_month(partner_id: int, wanted: int) -> int:
    """The month in which a new entry stands: the wanted one, or the first after the last that was confirmed."""
    last = CommissionStatement.objects.filter(partner=partner_id).aggregate(last=Max("month"))["last"]
    return max(wanted, month_after(last)) if last is not None else wanted


def entries_of(partner: Partner, month: int) -> QuerySet[CommissionEntry]:
    """The lines of a month, the first first."""
    rows = CommissionEntry.objects.filter(partner=partner, month=month)
    return rows.select_related("deal", "rule").order_by("pk")


def months_of(partner: Partner) -> list[Month]:
    """The months of a partner in which something stands, the newest first."""
    sums = CommissionEntry.objects.filter(partner=partner).order_by().values("month").annotate(total=Sum("amount"))
    known = {one.month: one for one in CommissionStatement.objects.filter(partner=partner)}
    found = {row["month"]: row["total"] for row in sums}
    months, carried = list[Month](), 0
    for number in sorted({*found, *known}):
        one = Month(number=number, total=found.get(number, 0), statement=known.get(number), carried=carried)
        months, carried = [one, *months], one.balance
    return months


def month_shown(partner: Partner, month: int) -> Month:
    """One month of a partner, also one in which nothing stands."""
    months = months_of(partner)
    found = next((one for one in months if one.number == month), None)
    before = next((one.balance for one in months if one.number < month), 0)
    return found or Month(number=month, total=0, statement=None, carried=before)


def sum_of(entries: Iterable[CommissionEntry]) -> int:
    """The sum of some lines, in Rial."""
    return sum(entry.amount for entry in entries)
