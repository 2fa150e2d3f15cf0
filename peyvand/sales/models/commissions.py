"""What partners earn: rules, a ledger in which nothing is ever changed, and statements by Jalali month."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import tracked
from peyvand.sales.models.channels import Level, Partner, SalesChannel
from peyvand.sales.models.deals import Deal
from peyvand.sales.models.pipelines import Pipeline

USER = settings.AUTH_USER_MODEL


@tracked()
class PartnerRule(models.Model):
    """What partners get of the amount of a deal: a commission that we pay, or a margin that they keep.

    It holds for the partners, channels, levels and pipelines that it names; what it leaves empty is any. Of several
    that fit the closest one holds: named partner before level before channel before pipeline, then the newest.
    bands: [{"from": Rial, "value": …}] by rising `from`, the first of them 0; the band in which the whole amount lies
    gives hundredths of a percent of it (percent) or Rial (fixed). since, until: days on which a deal is won, both
    included.
    """

    class Purpose(models.TextChoices):
        COMMISSION = "commission", pgettext_lazy("rule", "Commission")
        MARGIN = "margin", pgettext_lazy("rule", "Margin")

    class Way(models.TextChoices):
        PERCENT = "percent", _("Percent of the amount")
        FIXED = "fixed", _("A fixed amount")

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.COMMISSION)
    way = models.CharField(max_length=7, choices=Way, default=Way.PERCENT)
    channel = models.ForeignKey(SalesChannel, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    level = models.CharField(max_length=8, choices=Level, blank=True)
    pipeline = models.ForeignKey(Pipeline, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    bands = models.JSONField(default=list)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")), name="sales_rule_forward"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommissionEntry(models.Model):
    """A line of the ledger of commissions: earned by a won deal, or a counter-entry that takes an earlier line back.

    Rows are only ever added; a trigger holds that. amount: Rial, below zero for a counter-entry. month: of the
    statement in which it stands, Jalali, as 140509. details: the rule, its value, the share and the amount of the deal
    as they were, so that a line can be explained for ever.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="entries", db_index=False)
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="commissions")
    rule = models.ForeignKey(PartnerRule, on_delete=models.PROTECT, related_name="entries")
    amount = models.BigIntegerField()
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal")
    month = models.PositiveIntegerField()
    details = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="sales_commission_only_added", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        indexes = [models.Index(fields=["partner", "month", "id"], name="sales_commission_month")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="sales_commission_sign",
            )
        ]

    @property
    def day(self) -> date:
        """The day that a statement names: when the deal was won; of a counter-entry, when it was written."""
        won_on = self.details.get("won_on")
        return date.fromisoformat(won_on) if won_on and not self.reverses_id else timezone.localtime(self.at).date()


@tracked()
class CommissionStatement(models.Model):
    """The statement of a partner for a Jalali month (صورت پورسانت): confirmed, then paid, each by a person.

    A month without a row is open. total: Rial, as confirmed; what comes later stands in the next open month.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("statement", "Open")
        CONFIRMED = "confirmed", pgettext_lazy("statement", "Confirmed")
        PAID = "paid", pgettext_lazy("statement", "Paid")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="statements")
    month = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.CONFIRMED)
    total = models.BigIntegerField()
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField()
    paid_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    paid_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "month"], name="sales_statement_once")]
