"""What partners claim: registered deals, which partners a deal goes through, and notes that pass between us."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import tracked
from peyvand.parties.models import Party
from peyvand.sales.models.channels import Partner, PartnerSeat
from peyvand.sales.models.deals import Deal

USER = settings.AUTH_USER_MODEL


@tracked()
class DealPartner(models.Model):
    """A partner through whom a deal goes, with the percent of the commission that is his.

    via: the joined deal with which he came; he leaves with it when it is separated.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="partners", db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="deals")
    percent = models.PositiveSmallIntegerField(default=100)
    via = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal", "partner"], name="sales_deal_partner_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="sales_deal_partner_percent"),
        ]


@tracked(exclude=("name", "mobile", "email", "number", "city", "note", "keys", "memory"))
class DealRegistration(models.Model):
    """A partner says: this customer is mine (ثبت معامله). What he typed stays as it came.

    number: national id, encrypted. keys: by which it is compared with other registrations. fingerprint: the same for
    the same customer and product, so that one partner has one. party: whose claim it is, once known. deal: what it
    became, or the deal that it is about. rival, rival_deal: whom it meets. exclusive_until: nobody else gets this
    customer before. remark: why it was decided so; the partner reads it. lapsed_at: when the protection was over.
    memory: what the decision changed, so that it can be taken back. came_with: the joined deal that it was about first.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("registration", "Waits for a decision")
        CONFLICT = "conflict", pgettext_lazy("registration", "Meets another")
        ACCEPTED = "accepted", pgettext_lazy("registration", "Accepted")
        REFUSED = "refused", pgettext_lazy("registration", "Refused")
        EXPIRED = "expired", pgettext_lazy("registration", "Protection is over")

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    seat = models.ForeignKey(PartnerSeat, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=12, choices=Party.Kind, default=Party.Kind.ORGANISATION)
    name = models.CharField(_("Customer"), max_length=200)
    mobile = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    number = models.TextField(blank=True)
    city = models.CharField(max_length=80, blank=True)
    product = models.CharField(max_length=200)
    amount = models.BigIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    keys = ArrayField(models.BigIntegerField(), default=list)
    fingerprint = models.CharField(max_length=32)
    state = models.CharField(max_length=9, choices=State, default=State.SUBMITTED)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    deal = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    rival = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="rivals")
    rival_deal = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    exclusive_until = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    memory = models.JSONField(default=dict, blank=True)
    came_with = models.ForeignKey(Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["partner", "-received_at", "-id"], name="sales_registration_partner"),
            models.Index(
                fields=["received_at", "id"],
                condition=Q(state__in=["submitted", "conflict"]),
                name="sales_registration_waiting",
            ),
            models.Index(fields=["party", "-received_at", "-id"], name="sales_registration_party"),
            models.Index(
                fields=["-decided_at"], condition=Q(decided_at__isnull=False), name="sales_registration_decided"
            ),
            GinIndex(fields=["keys"], name="sales_registration_keys"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "fingerprint"],
                condition=Q(state__in=["submitted", "conflict", "accepted"]),
                name="sales_registration_once",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="sales_registration_amount"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(exclusive_until__isnull=False), name="sales_registration_protected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}، {self.name}"

    @property
    def is_waiting(self) -> bool:
        """Must a person decide it?"""
        return self.state in (self.State.SUBMITTED, self.State.CONFLICT)


class PartnerNote(models.Model):
    """A few words between a partner and us about a deal: by one of his people, or by one of ours."""

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="partner_notes", db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(PartnerSeat, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["deal", "partner", "-id"], name="sales_partner_note_order")]
