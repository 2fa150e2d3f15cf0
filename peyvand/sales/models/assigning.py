"""Rules that say who gets a lead that nobody has yet, and why each went where it went."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import tracked
from peyvand.sales.models.deals import Deal

USER = settings.AUTH_USER_MODEL


def _ids() -> "ArrayField[list[int], list[int]]":
    return ArrayField(models.BigIntegerField(), default=list, blank=True)


def _words() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=120), default=list, blank=True)


@tracked()
class AssignmentRule(models.Model):
    """Which new leads and deals go to whom: rules are asked in the order of `position`, the first that fits decides.

    pipelines, branches (of the customer, else of the deal), provinces, cities, sources: an empty condition holds; of
    one that says something any value must fit; words are compared folded, a source by how it begins. people,
    departments: who may get it; share: in turn, or whoever has the fewest open ones; most: nobody gets more than so
    many open ones, null for any number. They are named without foreign keys: a rule outlives what it names.
    """

    class Share(models.TextChoices):
        TURNS = "turns", _("In turn, one after the other")
        LEAST = "least", _("To whoever has the fewest open ones")

    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    pipelines = _ids()
    branches = _ids()
    provinces = _words()
    cities = _words()
    sources = _words()
    people = _ids()
    departments = _ids()
    share = models.CharField(max_length=5, choices=Share, default=Share.TURNS)
    most = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["position", "id"], condition=Q(deleted_at=None), name="sales_rule_order")]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(deleted_at=None), name="sales_rule_name"),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gte=1), name="sales_rule_most"),
        ]

    def __str__(self) -> str:
        return self.name


class Assigned(models.Model):
    """Why a lead or a deal got its first owner without a person's word; written once for each.

    details: {"rule": its name then, "by": its share, "skipped": [{"rule", "why"}]}; why: away, full, nobody.
    """

    class Reason(models.TextChoices):
        RULE = "rule", _("By a rule")
        FALLBACK = "fallback", _("No rule gave it to anybody")
        NOBODY = "nobody", _("Nobody could take it")

    deal = models.OneToOneField(Deal, on_delete=models.CASCADE, primary_key=True, related_name="assigned")
    rule = models.ForeignKey(
        AssignmentRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    reason = models.CharField(max_length=8, choices=Reason)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["rule", "owner", "-at"], condition=Q(rule__isnull=False), name="sales_assigned_turn")
        ]
