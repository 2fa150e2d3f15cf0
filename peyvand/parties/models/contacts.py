"""How parties are reached, where they are, by which numbers the state knows them, and what they consent to."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _

from peyvand.parties.models.party import Party


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class ContactPoint(models.Model):
    """A way to reach a party: `typed` as it was written, `value` normalised; one identifying owner per value."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        MOBILE = "mobile", _("Mobile")
        PHONE = "phone", _("Phone")
        FAX = "fax", _("Fax")
        MESSENGER = "messenger", _("Messenger")

    class Use(models.TextChoices):
        WORK = "work", _("Work")
        HOME = "home", _("Home")
        OTHER = "other", _("Other")

    party = models.ForeignKey(  # found by `parties_contact_once`
        Party, on_delete=models.CASCADE, related_name="contact_points", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    use = models.CharField(max_length=6, choices=Use, blank=True)
    typed = models.CharField(max_length=320)
    value = models.CharField(max_length=320)
    identifies = models.BooleanField(default=True)
    identified = models.BooleanField(default=False)  # did before its party went to the trash; restoring reclaims it
    is_primary = models.BooleanField(default=False)
    is_verified = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)  # mail came back for good; empty when it gets through
    bounce_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(identifies=True), name="parties_contact_identifies_one"
            ),
            models.UniqueConstraint(fields=["party", "kind", "value"], name="parties_contact_once"),
        ]
        indexes = [
            # Of patterns, so that it finds the beginnings of values whatever the order of the database; with what is
            # asked of an address, so that an import which asks for millions of them reads the index alone.
            models.Index(
                fields=["value", "kind"],
                opclasses=["varchar_pattern_ops"] * 2,
                include=["party", "identifies", "is_primary"],
                name="parties_contact_known",
            ),
            models.Index(
                OpClass(Reverse("value"), "text_pattern_ops"),
                condition=Q(kind__in=["mobile", "phone", "fax"]),
                name="parties_contact_end",
            ),
            GinIndex(OpClass(F("value"), "gin_trgm_ops"), name="parties_contact_part"),
            models.Index(fields=["party"], condition=Q(bounced_at__isnull=False), name="parties_contact_bounced"),
        ]

    def __str__(self) -> str:
        return self.typed


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Address(models.Model):
    """A place of a party; the main one gives the party its city and province."""

    class Use(models.TextChoices):
        WORK = "work", _("Work")
        HOME = "home", _("Home")
        DELIVERY = "delivery", _("Delivery")
        BILLING = "billing", _("Billing")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="addresses")
    use = models.CharField(max_length=8, choices=Use, blank=True)
    country = models.CharField(max_length=2, default="IR")
    province = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80, blank=True)
    street = models.TextField(blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    is_primary = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(is_primary=True), name="parties_address_one_main")
        ]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["cipher", "digest"],
    level=pghistory.Statement,
)
class Identifier(models.Model):
    """A number by which somebody else knows a party; sensitive ones are encrypted and found by their blind index.

    `value` is the plain number of the kinds that are public, `cipher` of the sensitive ones, `shown` what a page may
    always show («•••• 6789»), `digest` what it is found by. `is_insisted`: a person kept it although it failed its
    check, `flaw` says why it failed.
    """

    class Kind(models.TextChoices):
        NATIONAL_ID = "national_id", _("National ID")
        LEGAL_ID = "legal_id", _("National ID of legal person")
        ECONOMIC_CODE = "economic", _("Economic code")
        REGISTRATION = "registration", _("Registration number")
        PASSPORT = "passport", _("Passport")
        SHEBA = "sheba", _("Sheba")
        CARD = "card", _("Bank card")
        OTHER = "other", _("Other number")

    SENSITIVE = frozenset({"national_id", "passport", "sheba", "card"})

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=40, blank=True)
    cipher = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=40)
    flaw = models.CharField(max_length=40, blank=True)
    is_insisted = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "kind", "digest"], name="parties_identifier_once")]
        indexes = [models.Index(fields=["digest", "kind"], name="parties_identifier_digest")]


class Consent(models.Model):
    """One word of a party about being contacted: rows are only added, the newest of a channel and purpose counts."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        PHONE = "phone", _("Phone")
        MESSENGER = "messenger", _("Messenger")
        LETTER = "letter", _("Letter")

    class Purpose(models.TextChoices):
        SERVICE = "service", _("Service messages")
        MARKETING = "marketing", _("Marketing messages")
        SURVEY = "survey", _("Surveys")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="consent_rows")
    contact_point = models.ForeignKey(ContactPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel)
    purpose = models.CharField(max_length=12, choices=Purpose)
    is_given = models.BooleanField()
    source = models.CharField(max_length=120)
    text_version = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["party", "channel", "purpose", "-at"], name="parties_consent_latest"),
            models.Index(fields=["party", "-at", "-id"], name="parties_consent_order"),
        ]
