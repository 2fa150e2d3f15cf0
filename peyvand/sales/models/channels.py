"""Channels through which others sell for us, the partners in them, and who of a partner may enter the portal."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from peyvand.accounts.models import Branch, Department, tracked
from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields
from peyvand.parties.models import Party
from peyvand.sales.models.pipelines import Pipeline

USER = settings.AUTH_USER_MODEL
PARTNER_SCOPE = ScopeFields(own=("owner_id",), department="department_id", branch="branch_id")
WHOLE = 10_000  # hundredths of a percent


class Level(models.TextChoices):
    """How close a partner is to us; rules of commission and margin may differ by it."""

    STANDARD = "standard", pgettext_lazy("partner", "Standard")
    SILVER = "silver", pgettext_lazy("partner", "Silver")
    GOLD = "gold", pgettext_lazy("partner", "Gold")


@tracked()
class SalesChannel(models.Model):
    """A way on which others sell for us (کانال فروش); what nobody else sells is direct and needs no channel.

    pipeline: where registered deals of its partners begin, null for the first one of deals. margin: hundredths of a
    percent of the amount that a partner keeps where no rule says otherwise. accepts_itself: a registration that meets
    nobody else becomes a deal at once; otherwise a person decides each.
    """

    class Kind(models.TextChoices):
        DISTRIBUTOR = "distributor", pgettext_lazy("channel", "Distributors")
        RESELLER = "reseller", pgettext_lazy("channel", "Resellers")
        AGENT = "agent", pgettext_lazy("channel", "Agents")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    pipeline = models.ForeignKey(Pipeline, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    margin = models.PositiveSmallIntegerField(default=0)
    accepts_itself = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(deleted_at=None), name="sales_channel_name"),
            models.CheckConstraint(condition=Q(margin__lte=WHOLE), name="sales_channel_margin"),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Reads of partners; every list starts at `visible_to`."""

    def visible_to(self, who: Who, permission: str = "sales.partners") -> Self:
        """The partners that `who` reaches: those he cares for, his department's, his branch's, or all."""
        return self.filter(fields_q(who, permission, PARTNER_SCOPE))


@tracked()
class Partner(models.Model):
    """A customer record that sells for us (همکار فروش): an agent, reseller or distributor, in one channel.

    owner: who of us cares for it; department and branch follow him. contract_from, contract_to: it sells for us within
    these days only, where they are given. protection: days for which an accepted registration keeps a customer its own.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="partners")
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="partners")
    level = models.CharField(max_length=8, choices=Level, default=Level.STANDARD)
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    territory = models.CharField(max_length=200, blank=True)
    protection = models.PositiveSmallIntegerField(default=90)
    contract_from = models.DateField(null=True, blank=True)
    contract_to = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PartnerQuerySet.as_manager()
    scope_fields = PARTNER_SCOPE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_from=None) | Q(contract_to=None) | Q(contract_to__gte=F("contract_from")),
                name="sales_partner_contract",
            ),
            models.UniqueConstraint(fields=["party"], condition=Q(is_active=True), name="sales_partner_active_once"),
        ]

    def __str__(self) -> str:
        return self.party.name


@tracked(exclude=("name", "email"))
class PartnerSeat(models.Model):
    """A person of a partner who may enter the portal (دسترسی همکار); he is no user of the product, without password."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="seats")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="fa")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=Q(is_active=True), name="sales_seat_email"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatKey(models.Model):
    """A link that lets a person of a partner in, once and for a short time; only its digest is kept."""

    seat = models.ForeignKey(PartnerSeat, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class SeatSession(models.Model):
    """A stay in the portal, by the digest of its cookie: since when, until when at most, when last seen, from where.

    ended_at: he left, or his access was taken away. place: the address that it began from.
    """

    seat = models.ForeignKey(PartnerSeat, on_delete=models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True)
    place = models.CharField(max_length=64, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
