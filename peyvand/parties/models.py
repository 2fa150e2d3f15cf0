"""Who people and organisations are, and how they are reached."""

from django.conf import settings
from django.db import models

from peyvand.accounts.models import Branch


class Party(models.Model):
    """A person or an organisation. `search` is folded text, `sort_key` follows the Persian alphabet."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    search = models.TextField(blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    honorific = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    city = models.CharField(max_length=80, blank=True)
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_provisional = models.BooleanField(default=False)  # made by a channel, not yet confirmed by a person
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class ContactPoint(models.Model):
    """A way to reach a party: `typed` as it was written, `value` normalised; one identifying owner per value."""

    class Kind(models.TextChoices):
        EMAIL = "email"
        MOBILE = "mobile"
        PHONE = "phone"
        FAX = "fax"
        MESSENGER = "messenger"

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
                fields=["kind", "value"], condition=models.Q(identifies=True), name="parties_contact_identifies_one"
            ),
            models.UniqueConstraint(fields=["party", "kind", "value"], name="parties_contact_once"),
        ]
        indexes = [models.Index(fields=["value", "kind"], name="parties_contact_value")]
