"""Tables that the business itself fills: kinds of requests, targets, what a referral can ask for."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import Department


class Kind(models.Model):
    """A kind of request (enquiry, complaint, …) with the department it usually goes to."""

    code = models.CharField(max_length=40, unique=True)
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.JSONField(default=list, blank=True)  # a message that holds one of them is of this kind
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name_fa if get_language() == "fa" else self.name_en


class SlaPolicy(models.Model):
    """Targets in working minutes for a kind and a priority; the most specific one counts."""

    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.CASCADE, related_name="policies")
    priority = models.CharField(max_length=8, blank=True)
    first_answer_minutes = models.PositiveIntegerField()
    resolution_minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "priority"], nulls_distinct=False, name="cartable_sla_policy_once")
        ]


class ReferralAction(models.Model):
    """What a referral asks for: for action, for information, for opinion, for approval, for signature …"""

    code = models.CharField(max_length=40, unique=True)
    name_fa = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name_fa if get_language() == "fa" else self.name_en


class ReturnRule(models.Model):
    """When a referral that nobody touches comes back: for a department and a kind; the most specific one counts."""

    class When(models.TextChoices):
        UNREAD = "unread", _("Not read")
        UNTOUCHED = "untouched", _("Not worked on")

    class To(models.TextChoices):
        REFERRER = "referrer", _("Back to the referrer")
        HEAD = "head", _("Up to the head of the department")

    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(Kind, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveIntegerField()  # of working time
    when = models.CharField(max_length=9, choices=When, default=When.UNREAD)
    to = models.CharField(max_length=8, choices=To, default=To.REFERRER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "kind"], nulls_distinct=False, name="cartable_return_rule_once"
            )
        ]
