"""Rules of routing, what people can do and how much, whose turn it was, and why each request went where it went."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peyvand.accounts.models import tracked
from peyvand.cartable.models.requests import Request

USER = settings.AUTH_USER_MODEL


@tracked()
class RoutingRule(models.Model):
    """Which requests go where: `routing_rules.Conditions` and `Outcome`, asked in the order of `position`.

    It names channels, departments, people by their ids, without foreign keys: a rule outlives what it names, is passed
    over then, and says so on its page. A new rule is off; the trash (`deleted_at`) keeps one that was deleted.
    """

    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=False)
    conditions = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["position", "id"], condition=Q(deleted_at=None), name="cartable_rule_order")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Skill(models.Model):
    """Something that some people can do and others cannot: a language, a product, a kind of repair."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


@tracked()
class Seat(models.Model):
    """How much one person is given by rules: at most `capacity` requests at a time (null: any number), by `skills`."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, primary_key=True, related_name="seat")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    skills = ArrayField(models.BigIntegerField(), default=list, blank=True)


class Turn(models.Model):
    """When a rule last gave somebody something, in microseconds since 1970: whoever waited longest is next."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, primary_key=True, related_name="+")
    number = models.BigIntegerField()


class Routed(models.Model):
    """Why a request went where it went; written once, when it is opened.

    details: {"department": id, "rule": its name then, "version", "skipped": [{"rule", "name", "why"}],
    "share": {"by", "to", "why"}}, only what there is to say.
    """

    class Reason(models.TextChoices):
        RULE = "rule", _("A rule")
        ASKED = "asked", _("The department was asked for")
        KIND = "kind", _("The department of its kind")
        CHANNEL = "channel", _("The department of its channel")
        BRANCH = "branch", _("The branch of its channel")
        PARTY = "party", _("The branch of its customer")
        FIRST = "first", _("The first department")

    request = models.OneToOneField(Request, on_delete=models.CASCADE, primary_key=True, related_name="routed")
    rule = models.ForeignKey(
        RoutingRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=8, choices=Reason)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rule", "at"], condition=Q(rule__isnull=False), name="cartable_routed_rule")]
