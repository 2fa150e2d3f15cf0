"""Who people and organisations are, and how they are reached."""

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Branch
from peyvand.accounts.scoping import Who, fields_q
from peyvand.accounts.types import ScopeFields

PARTY_SCOPE = ScopeFields(own=("owner_id",), department=None, branch="branch_id")


class PartyQuerySet(models.QuerySet["Party"]):
    """Reads of parties; every list starts at `visible_to`."""

    def visible_to(self, who: Who, permission: str = "parties.view") -> Self:
        """The parties that `who` reaches: his own, his branch's, or all."""
        return self.filter(fields_q(who, permission, PARTY_SCOPE))


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["search", "sort_key"]
)
class Party(models.Model):
    """A person or an organisation. `search` is folded text with all addresses, `sort_key` the Persian alphabet."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    search = models.TextField(blank=True)
    sort_key = models.CharField(max_length=240, blank=True, db_collation="C")
    honorific = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    city = models.CharField(max_length=80, blank=True)
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_provisional = models.BooleanField(default=False)  # made by a channel, not yet confirmed by a person
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PartyQuerySet.as_manager()
    scope_fields = PARTY_SCOPE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person") | Q(organisation__isnull=True), name="parties_only_people_belong"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="parties_party_named"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="parties_party_order"),
            models.Index(fields=["branch", "sort_key", "id"], name="parties_party_branch"),
            models.Index(fields=["created_at", "id"], name="parties_party_added"),
            GinIndex(OpClass(F("search"), "gin_trgm_ops"), name="parties_party_search"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ContactPoint(models.Model):
    """A way to reach a party: `typed` as it was written, `value` normalised; one identifying owner per value."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        MOBILE = "mobile", _("Mobile")
        PHONE = "phone", _("Phone")
        FAX = "fax", _("Fax")
        MESSENGER = "messenger", _("Messenger")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    typed = models.CharField(max_length=320)
    value = models.CharField(max_length=320)
    identifies = models.BooleanField(default=True)
    is_primary = models.BooleanField(default=False)
    is_verified = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(identifies=True), name="parties_contact_identifies_one"
            ),
            models.UniqueConstraint(fields=["party", "kind", "value"], name="parties_contact_once"),
        ]
        indexes = [models.Index(fields=["value", "kind"], name="parties_contact_value")]

    def __str__(self) -> str:
        return self.typed
